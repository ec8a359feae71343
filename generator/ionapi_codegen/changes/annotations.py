"""Whether a value of one annotation may stand where another is expected, as type checkers see it.

A type becomes the set of the members that its annotation joins with `|`. A pair of schemas counts as one
type: what changed inside it is told where it is declared.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeAlias, assert_never

from ionapi_codegen.changes.identity import Identity
from ionapi_codegen.ir.api import Protocol
from ionapi_codegen.ir.schema import (
    Alias,
    Anything,
    Array,
    Enumeration,
    Kind,
    Map,
    Nothing,
    Nullable,
    Record,
    Ref,
    Scalar,
    Schema,
    SchemaId,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.types import fits_literal

Atom: TypeAlias = tuple[Hashable, ...]
Annotation: TypeAlias = frozenset[Atom]

NONE: Atom = ("None",)
OBJECT: Atom = ("object",)
UNSET: Atom = ("Unset",)

_CLASSES = {
    Kind.STRING: "str",
    Kind.INTEGER: "int",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.NULL: "None",
    Kind.DATE: "date",
    Kind.DATE_TIME: "datetime",
    Kind.TIME: "time",
    Kind.DURATION: "str",
    Kind.UUID: "UUID",
    Kind.DECIMAL_STRING: "Decimal",
    Kind.DECIMAL: "Decimal",
    Kind.BASE64: "bytes",
    Kind.BINARY: "raw",
}
_OF_RECORDS = {Kind.DATE: "DateText", Kind.DECIMAL_STRING: "NumberText"}
"""The texts of M3's records."""
_ABOVE: Mapping[str, tuple[str, ...]] = {
    "bool": ("int", "float"),
    "int": ("float",),
    "datetime": ("date",),
    "DateText": ("str",),
    "NumberText": ("str",),
}
"""What a class passes for: base classes, and numbers as PEP 484 promotes them."""
_LITERAL_KINDS = frozenset({Kind.STRING, Kind.INTEGER, Kind.BOOLEAN})
_OF_LITERALS = {bool: "bool", int: "int", Text: "str"}


class Annotations:
    """The annotations of both sides."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        is_m3 = identity.new.protocol is Protocol.M3
        self._classes = _CLASSES | (_OF_RECORDS if is_m3 else {})

    def old(self, type: Type) -> Annotation:
        return self._atoms(type, self._identity.old.schemas, self._identity.partner, ())

    def new(self, type: Type) -> Annotation:
        return self._atoms(type, self._identity.new.schemas, None, ())

    def _atoms(
        self,
        type: Type,
        schemas: Mapping[SchemaId, Schema],
        partner: Mapping[SchemaId, SchemaId] | None,
        above: tuple[SchemaId, ...],
    ) -> Annotation:
        def inner(type: Type) -> Annotation:
            return self._atoms(type, schemas, partner, above)

        match type:
            case Scalar(kind):
                return frozenset({(self._classes[kind],)})
            case Enumeration():
                return frozenset(_of_enumeration(type))
            case Array(items):
                return frozenset({("list", inner(items))})
            case Map(values):
                return frozenset({("dict", inner(values))})
            case TupleOf(items, rest):
                last = None if rest is None else inner(rest)
                return frozenset({("tuple", *map(inner, items), last)})
            case Anything() | Nothing():
                return frozenset({OBJECT})
            case Ref(target):
                schema = schemas[target]
                if isinstance(schema, Record) or target in above:
                    known = target if partner is None else partner.get(target, ("old", target))
                    return frozenset({("model", known)})
                assert isinstance(schema, Alias)
                return self._atoms(schema.type, schemas, partner, (*above, target))
            case Nullable(of):
                return inner(of) | {NONE}
            case Union(members):
                return frozenset().union(*map(inner, members))
            case _:
                assert_never(type)


def _of_enumeration(type: Enumeration) -> set[Atom]:
    values = [value for value in type.values if fits_literal(value)]
    closed = len(values) == len(type.values) == 1 and type.kinds <= _LITERAL_KINDS
    atoms: set[Atom] = {
        ("Literal", _OF_LITERALS[value.__class__], value.raw if isinstance(value, Text) else value)
        for value in values
        if not isinstance(value, float)
    }
    return atoms if closed else {(_CLASSES[kind],) for kind in type.kinds}


def assignable(value: Annotation, target: Annotation) -> bool:
    """Whether each value of the one annotation may be passed where the other is declared."""
    return value <= target or all(any(_passes(one, other) for other in target) for one in value)


def equivalent(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations stand for the same values, as the items of a list must."""
    return assignable(one, other) and assignable(other, one)


def _passes(one: Atom, other: Atom) -> bool:
    if one == other or other == OBJECT:
        return True
    match one, other:
        case ("Literal", name, _), (target,):
            return name == target or target in _ABOVE.get(str(name), ())
        case (("list", frozenset() as inner), ("list", frozenset() as outer)) | (
            ("dict", frozenset() as inner),
            ("dict", frozenset() as outer),
        ):
            return equivalent(inner, outer)
        case ("tuple", *items), ("tuple", *others) if len(items) == len(others):
            return all(
                one == other
                or (isinstance(one, frozenset) and isinstance(other, frozenset) and assignable(one, other))
                for one, other in zip(items, others, strict=True)
            )
        case (name,), (target,):
            return target in _ABOVE.get(str(name), ())
        case _:
            return False
