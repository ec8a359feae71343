"""Which names mean nothing but each other, and what they then stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.schema import Alias, Anything, Nullable, Record, Ref, Schema, SchemaId, Type, Union
from ionapi_codegen.lower.unions import nullable, union


def without_hollow_cycles(
    schemas: Mapping[SchemaId, Schema], diagnostics: Diagnostics
) -> dict[SchemaId, Schema]:
    """The schemas, no alias of which comes back to itself through aliases, unions and null alone.

    `A = B`, `B = A` says nothing of any value: the name that closes the circle becomes `Anything`, and a
    union that lists itself loses that member. Recursion through arrays, maps and records is left as it is.
    """
    result = dict(schemas)
    done: set[SchemaId] = set()
    for start in schemas:
        if start in done:
            continue
        open_: dict[SchemaId, Iterator[SchemaId]] = {start: iter(_direct(result[start]))}
        while open_:
            name = next(reversed(open_))
            reached = next(open_[name], None)
            if reached is None:
                done.add(name)
                del open_[name]
            elif reached in open_:
                schema = result[name]
                if isinstance(schema, Alias):
                    result[name] = replace(schema, type=_without(schema.type, reached))
                    diagnostics.warning(
                        "schema-circular",
                        "This schema means itself, through references only.",
                        schema.place,
                        "Write the schema that is meant.",
                    )
            elif reached not in done:
                open_[reached] = iter(_direct(result[reached]))
    return result


def _direct(schema: Schema) -> list[SchemaId]:
    """The schemas that a value of this one is, without being inside of it."""
    return [] if isinstance(schema, Record) else list(_names(schema.type))


def _names(type: Type) -> Iterator[SchemaId]:
    match type:
        case Ref(target):
            yield target
        case Nullable(of):
            yield from _names(of)
        case Union(members=members):
            for member in members:
                yield from _names(member)
        case _:
            return


def _without(type: Type, target: SchemaId) -> Type:
    match type:
        case Ref() if type.target == target:
            return Anything()
        case Nullable(of):
            return nullable(_without(of, target))
        case Union(members, discriminator):
            return union([member for member in members if target not in _names(member)], discriminator)
        case _:
            return type
