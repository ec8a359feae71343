"""Whether what one side sends the other can take: types as sets of values on the wire.

A server takes what its document says, to the last limit. A client that reads is lenient: enumerations are
open, limits are not looked at, and only what the caller would hold a wrong kind of value for does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ionapi_codegen.changes.identity import Identity
from ionapi_codegen.ir.schema import (
    Access,
    Alias,
    Anything,
    Array,
    Constraints,
    Enumeration,
    Kind,
    Map,
    Nothing,
    Nullable,
    Property,
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

_TEXTS = frozenset(
    {
        Kind.DATE,
        Kind.DATE_TIME,
        Kind.TIME,
        Kind.DURATION,
        Kind.UUID,
        Kind.DECIMAL_STRING,
        Kind.BASE64,
        Kind.BINARY,
    }
)
_WIDER: Mapping[Kind, frozenset[Kind]] = {
    **{kind: frozenset({Kind.STRING}) for kind in _TEXTS},
    Kind.INTEGER: frozenset({Kind.NUMBER, Kind.DECIMAL}),
    Kind.NUMBER: frozenset({Kind.DECIMAL}),
    Kind.DECIMAL: frozenset({Kind.NUMBER}),
}
_READ_AS_TEXT = frozenset({Kind.DURATION, Kind.BINARY})
"""What a client reads as the text that came."""
_OF_VALUES = {bool: Kind.BOOLEAN, int: Kind.INTEGER, float: Kind.NUMBER, Text: Kind.STRING}

_Schemas: TypeAlias = Mapping[SchemaId, Schema]


@dataclass(frozen=True, slots=True)
class Wire:
    """What fits what. `reads` is whether the target is a client that reads and not a server that checks;
    `in_text` whether values are written as text, as in a query, where every value is one."""

    identity: Identity
    reads: bool
    in_text: bool = False

    def sent(self, old: Type, new: Type) -> bool:
        """Whether a server takes every value that the old client may send."""
        return self._fits(old, new, self.identity.old.schemas, self.identity.new.schemas, frozenset())

    def received(self, old: Type, new: Type) -> bool:
        """Whether the old client can read every value that the server may send."""
        return self._fits(new, old, self.identity.new.schemas, self.identity.old.schemas, frozenset())

    def _fits(
        self,
        given: Type,
        taken: Type,
        of_given: _Schemas,
        of_taken: _Schemas,
        above: frozenset[tuple[SchemaId, SchemaId]],
    ) -> bool:
        def fits(one: Type, other: Type) -> bool:
            return self._fits(one, other, of_given, of_taken, above)

        if isinstance(given, Ref) and isinstance(taken, Ref):
            if (given.target, taken.target) in above or self._are_one(given.target, taken.target):
                return True
            above = above | {(given.target, taken.target)}
            one, other = of_given[given.target], of_taken[taken.target]
            if isinstance(one, Record) and isinstance(other, Record):
                return self._record(one, other, of_given, of_taken, above)
        if isinstance(given, Ref) and isinstance(alias := of_given[given.target], Alias):
            return self._fits(alias.type, taken, of_given, of_taken, above)
        if isinstance(taken, Ref) and isinstance(alias := of_taken[taken.target], Alias):
            return self._fits(given, alias.type, of_given, of_taken, above)
        match given, taken:
            case (Nothing(), _) | (_, Anything()):
                return True
            case Union(members), _:
                return all(fits(one, taken) for one in members)
            case Nullable(of), _:
                return fits(of, taken) and fits(Scalar(Kind.NULL), taken)
            case _, Nullable(of):
                return given == Scalar(Kind.NULL) or fits(given, of)
            case _, Union(members):
                return any(fits(given, one) for one in members)
            case Scalar(), Scalar():
                return self._kind(given.kind, taken.kind) and self._within(
                    given.constraints, taken.constraints
                )
            case Enumeration(values), Enumeration(others):
                return (
                    all(value in others for value in values) if not self.reads else self._kinds(given, taken)
                )
            case Enumeration(values), Scalar():
                return self._kinds(given, taken)
            case Scalar(kind), Enumeration(kinds=kinds):
                return self.reads and any(self._kind(kind, one) for one in kinds)
            case Array(items, limits), Array(others, bounds):
                return fits(items, others) and self._within(limits, bounds)
            case _, Array(items) if self.in_text:
                return fits(given, items)  # a list of one is written like its item
            case Map(values, limits), Map(others, bounds):
                return fits(values, others) and self._within(limits, bounds)
            case TupleOf(items, rest), TupleOf(others, tail):
                return (
                    len(items) == len(others)
                    and all(map(fits, items, others))
                    and (rest is None) == (tail is None)
                    and (rest is None or tail is None or fits(rest, tail))
                )
            case Ref(), Map():
                return isinstance(taken.values, Anything)
            case _:
                return False

    def _are_one(self, given: SchemaId, taken: SchemaId) -> bool:
        return self.identity.are_one(taken, given) if self.reads else self.identity.are_one(given, taken)

    def _record(
        self,
        given: Record,
        taken: Record,
        of_given: _Schemas,
        of_taken: _Schemas,
        above: frozenset[tuple[SchemaId, SchemaId]],
    ) -> bool:
        hidden = Access.WRITE if self.reads else Access.READ
        offered = {name: one for name, one in properties(given, of_given).items() if one.access is not hidden}
        for name, wanted in properties(taken, of_taken).items():
            if wanted.access is hidden:
                continue
            one = offered.get(name)
            if (one is None or not one.required) and wanted.required:
                return False
            if one is not None and not self._fits(one.type, wanted.type, of_given, of_taken, above):
                return False
        return True

    def _kinds(self, given: Enumeration, taken: Enumeration | Scalar) -> bool:
        kinds = taken.kinds if isinstance(taken, Enumeration) else (taken.kind,)
        if not self.reads and isinstance(taken, Scalar) and taken.kind in _TEXTS:
            return False
        return all(any(self._kind(one, other) for other in kinds) for one in given.kinds)

    def _kind(self, given: Kind, taken: Kind) -> bool:
        if given is taken or taken in _WIDER.get(given, ()):
            return True
        if self.reads:
            return given in _TEXTS | {Kind.STRING} and taken in _READ_AS_TEXT
        return self.in_text and taken is Kind.STRING

    def _within(self, given: Constraints, taken: Constraints) -> bool:
        return self.reads or not tighter(given, taken)


def properties(record: Record, schemas: _Schemas) -> dict[str, Property]:
    """All properties of a record by wire name, those of its bases included."""
    found: dict[str, Property] = {}
    for base in record.bases:
        schema = schemas[base.target]
        if isinstance(schema, Record):
            found |= properties(schema, schemas)
    return found | {one.name.raw: one for one in record.properties}


_LIMITS = (
    *("minimum", "exclusive_minimum", "min_length", "min_items"),
    *("maximum", "exclusive_maximum", "max_length", "max_items", "multiple_of"),
)


def tighter(old: Constraints, new: Constraints) -> bool:
    """Whether the new limits refuse anything that the old ones allow."""
    if old == new:
        return False
    return (
        any(limit_is_tighter(name, getattr(old, name), getattr(new, name)) for name in _LIMITS)
        or (new.pattern is not None and new.pattern != old.pattern)
        or (new.unique_items and not old.unique_items)
    )


def limit_is_tighter(name: str, old: int | float | None, new: int | float | None) -> bool:
    """Whether one limit, by the name of its field, refuses anything that it allowed."""
    if new is None or new == old:
        return False
    if name == "multiple_of":
        return old is None or new == 0 or old % new != 0
    if name in ("min_length", "min_items"):
        return (old or 0) < new
    if name in ("minimum", "exclusive_minimum"):
        return old is None or old < new
    return old is None or old > new
