"""Which bodies are bytes as they are: also those whose schema has a name, which JSON has no use for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ionapi_codegen.ir.operation import Content, Operation
from ionapi_codegen.ir.schema import Alias, Kind, Nullable, Ref, Scalar, Schema, SchemaId, Type


def with_raw_bodies(
    operations: Iterable[Operation], schemas: Mapping[SchemaId, Schema]
) -> tuple[Operation, ...]:
    """The operations; a body or an answer whose schema is a name for raw bytes is of raw bytes."""
    raw = _names_of_bytes(schemas)
    return tuple(_in_full(each, raw) for each in operations) if raw else tuple(operations)


def _names_of_bytes(schemas: Mapping[SchemaId, Schema]) -> dict[SchemaId, Type]:
    """What each name for raw bytes stands for, names for names among them."""
    aliases = {name: schema.type for name, schema in schemas.items() if isinstance(schema, Alias)}
    found = {name: of for name, of in aliases.items() if _is_bytes(of)}
    while more := {
        name: found[of.target]
        for name, of in aliases.items()
        if name not in found and isinstance(of, Ref) and of.target in found
    }:
        found |= more
    return found


def _is_bytes(type: Type) -> bool:
    of = type.of if isinstance(type, Nullable) else type
    return isinstance(of, Scalar) and of.kind is Kind.BINARY


def _in_full(operation: Operation, raw: Mapping[SchemaId, Type]) -> Operation:
    def read(contents: tuple[Content, ...]) -> tuple[Content, ...]:
        return tuple(
            (
                replace(each, type=raw[each.type.target])
                if isinstance(each.type, Ref) and each.type.target in raw
                else each
            )
            for each in contents
        )

    body = operation.body
    return replace(
        operation,
        body=None if body is None else replace(body, contents=read(body.contents)),
        responses=tuple(replace(each, contents=read(each.contents)) for each in operation.responses),
    )
