"""What changed in the properties of a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ionapi_codegen.changes.annotations import UNSET
from ionapi_codegen.changes.facets import Facets
from ionapi_codegen.changes.parameters import are_alike
from ionapi_codegen.changes.scene import Scene, Way, differ, digest, side
from ionapi_codegen.changes.spelling import short, value
from ionapi_codegen.ir.schema import Access, Property, Record, Schema, SchemaId
from ionapi_codegen.targets.python.fields import const

_WORDS = {Access.BOTH: "sent and received", Access.READ: "only received", Access.WRITE: "only sent"}


@dataclass(frozen=True, slots=True)
class _Owned:
    """A property, the record of the hierarchy that declares it, and its attribute there."""

    property: Property
    owner: SchemaId
    called: str


def compare_properties(scene: Scene, old: Record, new: Record, where: str, way: Way) -> None:
    """Notes what changed in the properties of a record that both sides have. What it inherits on both sides
    from the same record is told there."""
    if old.properties == new.properties and not old.bases and not new.bases:
        return
    before = _all(old, scene.old.schemas.__getitem__, scene.before.fields)
    after = _all(new, scene.new.schemas.__getitem__, scene.after.fields)
    comparison = _Comparison(scene, where, way)
    removed = [
        one for name, one in before.items() if name not in after and not _inherited(one, old, new, scene)
    ]
    added = [one for name, one in after.items() if name not in before and not _gained(one, old, new, scene)]
    for one in list(removed):
        twins = [other for other in added if comparison.is_twin(one, other)]
        if len(twins) == 1 and sum(comparison.is_twin(each, twins[0]) for each in removed) == 1:
            removed.remove(one)
            added.remove(twins[0])
            comparison.compare(one, twins[0])
    for name, one in before.items():
        other = after.get(name)
        if other is not None and (one.owner == old.id or other.owner == new.id):
            comparison.compare(one, other)
    for one in removed:
        comparison.remove(one)
    for one in added:
        comparison.add(one)


def _inherited(one: _Owned, old: Record, new: Record, scene: Scene) -> bool:
    """Whether a base that both sides have tells of it."""
    if one.owner == old.id:
        return False
    partner = scene.identity.partner.get(one.owner)
    return partner in _bases(new, scene.new.schemas.__getitem__)


def _gained(one: _Owned, old: Record, new: Record, scene: Scene) -> bool:
    if one.owner == new.id:
        return False
    origin = scene.identity.origin.get(one.owner)
    return origin in _bases(old, scene.old.schemas.__getitem__)


def _bases(record: Record, schema: Callable[[SchemaId], Schema]) -> set[SchemaId]:
    found: set[SchemaId] = set()
    for base in record.bases:
        above = schema(base.target)
        found.add(base.target)
        if isinstance(above, Record):
            found |= _bases(above, schema)
    return found


def _all(
    record: Record,
    schema: Callable[[SchemaId], Schema],
    called: Callable[[Record], Mapping[str, str]],
) -> dict[str, _Owned]:
    found: dict[str, _Owned] = {}
    for base in record.bases:
        above = schema(base.target)
        if isinstance(above, Record):
            found |= _all(above, schema, called)
    names = called(record)
    own = {one.name.raw: _Owned(one, record.id, names[one.name.raw]) for one in record.properties}
    return found | own


class _Comparison:
    def __init__(self, scene: Scene, where: str, way: Way) -> None:
        self._scene = scene
        self._where = where
        self._way = way

    def is_twin(self, one: _Owned, other: _Owned) -> bool:
        old, new = one.property, other.property
        return (
            (old.required, old.access, old.default) == (new.required, new.access, new.default)
            and old.docs.deprecated == new.docs.deprecated
            and self._scene.identity.same(old.type, new.type)
            and not differ(old.docs, new.docs)
            and (bool(digest(old.docs)) or are_alike(old.name.raw, new.name.raw))
        )

    def remove(self, one: _Owned) -> None:
        old = one.property
        self._scene.add(
            "property-removed",
            f"{self._where}.{one.called}",
            "was removed",
            side(old.place),
            None,
            source=True,
            wire=self._must_come(old),
        )

    def add(self, one: _Owned) -> None:
        new = one.property
        required = new.required and new.access is not Access.READ
        if required and (self._way.sent or self._way.sent_on_wire):
            self._scene.add(
                "property-added-required",
                f"{self._where}.{one.called}",
                "was added, and is required",
                None,
                side(new.place),
                source=self._way.sent and const(new.type) is None,
                wire=self._way.sent_on_wire,
            )
        else:
            place = side(new.place)
            self._scene.add("property-added", f"{self._where}.{one.called}", "was added", None, place)

    def compare(self, one: _Owned, other: _Owned) -> None:
        old, new = one.property, other.property
        if old == new and one.called == other.called:
            return
        scene, way, where = self._scene, self._way, f"{self._where}.{other.called}"
        places = side(old.place), side(new.place)

        def note(
            kind: str,
            message: str,
            before: str | None = None,
            after: str | None = None,
            *,
            source: bool = False,
            wire: bool = False,
        ) -> None:
            values = replace(places[0], value=before), replace(places[1], value=after)
            scene.add(f"property-{kind}", where, message, *values, source=source, wire=wire)

        if one.called != other.called or old.name != new.name:
            same = one.called == other.called
            before, after = (old.name.raw, new.name.raw) if same else (one.called, other.called)
            moved = old.name != new.name and (self._must_come(old) or self._must_be_sent(new))
            scene.add(
                "property-renamed",
                f"{self._where}.{one.called}",
                f"is now written as {short(after)}" if same else f"was renamed to {short(after)}",
                replace(places[0], value=short(before)),
                replace(places[1], value=short(after)),
                source=not same,
                wire=moved,
            )
        self._compare_presence(old, new, note)
        before_set = old.required or old.access is Access.READ
        absorbed = frozenset() if before_set and new.required else frozenset({UNSET})
        sent = way.sent and Access.READ not in (old.access, new.access)
        narrowed = replace(
            way,
            sent_on_wire=way.sent_on_wire and Access.READ not in (old.access, new.access),
            received_on_wire=way.received_on_wire and Access.WRITE not in (old.access, new.access),
            sent=sent,
        )
        for facet in Facets(scene, narrowed, absorbed=absorbed).of(old.type, new.type):
            note(facet.name, facet.message, facet.old, facet.new, source=facet.source, wire=facet.wire)
        if old.default != new.default:
            before, after = value(old.default), value(new.default)
            note("default-changed", f"default now {after}, was {before}", before, after)
        scene.documented("property", where, "", old.docs, new.docs, places)

    def _compare_presence(self, old: Property, new: Property, note: Note) -> None:
        way = self._way
        if old.access is not new.access:
            lost = self._must_come(old) and new.access is Access.WRITE
            needed = old.access is Access.READ and self._must_be_sent(new)
            source = way.sent and old.access is Access.READ and new.required and const(new.type) is None
            words = _WORDS[old.access], _WORDS[new.access]
            message = f"is now {words[1]}, was {words[0]}"
            note("access-changed", message, *words, source=source, wire=lost or needed)
        if old.required and not new.required:
            wire = self._must_come(old) and new.access is not Access.WRITE
            note("optional", "became optional", "required", "optional", source=way.received, wire=wire)
        elif new.required and not old.required:
            sent = new.access is not Access.READ
            source = way.sent and sent and const(new.type) is None
            wire = self._must_be_sent(new)
            note("required", "became required", "optional", "required", source=source, wire=wire)

    def _must_come(self, one: Property) -> bool:
        """Whether the old client counts on it in answers."""
        return self._way.received_on_wire and one.required and one.access is not Access.WRITE

    def _must_be_sent(self, one: Property) -> bool:
        """Whether the new server counts on it in requests."""
        return self._way.sent_on_wire and one.required and one.access is not Access.READ


class Note(Protocol):
    """Notes a change of one property."""

    def __call__(
        self,
        kind: str,
        message: str,
        before: str | None = None,
        after: str | None = None,
        *,
        source: bool = False,
        wire: bool = False,
    ) -> None: ...
