"""Whether both sides make the same of what tells objects apart: the values of a property, and any other
value, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ionapi_codegen.changes.identity import Identity
from ionapi_codegen.changes.scene import Way
from ionapi_codegen.changes.wire import Wire, properties
from ionapi_codegen.ir.schema import Discriminator, Enumeration, Record, Ref, Schema, SchemaId
from ionapi_codegen.ir.text import Text


@dataclass(frozen=True, slots=True)
class Telling:
    """A discriminator of both sides, and the ways in which the objects travel that it tells apart."""

    identity: Identity
    way: Way
    old: Discriminator
    new: Discriminator

    def moved(self) -> list[tuple[Text, Ref, Ref]]:
        """The values of both sides that stand for another schema now: the old and the new one."""
        after = dict(self.new.mapping)
        return [
            (value, one, after[value])
            for value, one in self.old.mapping
            if value in after and not self.identity.same(one, after[value])
        ]

    def mistaken(self, one: Ref, other: Ref) -> bool:
        """Whether a side is sent the one schema where it expects the other, and cannot take it."""
        return (self.way.sent_on_wire and not Wire(self.identity, reads=False).sent(one, other)) or (
            self.way.received_on_wire and not Wire(self.identity, reads=True).received(one, other)
        )

    def moves_rest(self) -> bool:
        """Whether another schema, or none, is meant by values that stand for nothing."""
        return not self.identity.same(self.old.default, self.new.default)

    def mistakes_rest(self) -> bool:
        """Whether some side cannot take an object that has no value, or another than those listed. Where the
        old side gave such objects no meaning, there were none that a new one could be mistaken for."""
        one, other = self.old.default, self.new.default
        if one is None or not self.moves_rest():
            return False
        if other is None:
            return self.way.sent_on_wire and _tells_nothing(self.old, one, self.identity.old.schemas)
        if not (
            _tells_nothing(self.old, one, self.identity.old.schemas)
            or _tells_nothing(self.new, other, self.identity.new.schemas)
        ):
            return False
        return self.mistaken(one, other)

    def confuses(self) -> bool:
        """Whether some side cannot make of an object of a union what the other means by it."""
        if self.old.property != self.new.property:
            return self.way.sent_on_wire or self.way.received_on_wire
        if any(self.mistaken(one, other) for _, one, other in self.moved()) or self.mistakes_rest():
            return True
        return (self.way.sent_on_wire and self._lacks(self.old, self.new)) or (
            self.way.received_on_wire and self._lacks(self.new, self.old)
        )

    def _lacks(self, one: Discriminator, other: Discriminator) -> bool:
        """Whether one side sends a value of which the other does not know what it stands for, nor takes it to
        be that in any case."""
        known = {value for value, _ in other.mapping}
        return any(value not in known and not self._is_rest(ref, other) for value, ref in one.mapping)

    def _is_rest(self, ref: Ref, other: Discriminator) -> bool:
        if other.default is None:
            return False
        pair = (ref, other.default) if other is self.new else (other.default, ref)
        return self.identity.same(*pair)


def _tells_nothing(told: Discriminator, target: Ref, schemas: Mapping[SchemaId, Schema]) -> bool:
    """Whether an object of a schema may come without a value of the discriminator, or with one that is not
    listed."""
    schema = schemas[target.target]
    found = properties(schema, schemas).get(told.property.raw) if isinstance(schema, Record) else None
    if found is None or not found.required or not isinstance(found.type, Enumeration):
        return True
    known = {value for value, _ in told.mapping}
    return any(value not in known for value in found.type.values)
