"""What an object with named properties is: its properties, its base, how its children are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.schema import (
    NO_DEFAULT,
    Access,
    Anything,
    Discriminator,
    Docs,
    Json,
    NoDefault,
    Property,
    Record,
    Ref,
    SchemaId,
    Type,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import docs
from ionapi_codegen.lower.conjunction import Conjunction, Part, take_apart
from ionapi_codegen.lower.discriminators import Hierarchy, mapped, property_name
from ionapi_codegen.lower.keywords import Keywords, merge
from ionapi_codegen.lower.references import Hint, References, Target, Unresolvable, binds, reference
from ionapi_codegen.lower.spellings import whole_spelling
from ionapi_codegen.lower.unions import union
from ionapi_codegen.spec.node import Node


class Types(Protocol):
    """What a record asks of the dispatcher."""

    references: References

    def type_of_parts(self, parts: tuple[Part, ...]) -> Type: ...
    def reference(self, target: Target) -> Type: ...
    def named(self, target: Target) -> Ref: ...
    def meant(self, target: Target) -> Target: ...
    def keywords(self, target: Target) -> Keywords: ...


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the schema of a property says, the same for all that are written alike."""

    type: Type
    access: Access
    default: Json | NoDefault
    docs: Docs


class RecordReader:
    """Reads records; the types in them come from `types`."""

    def __init__(self, types: Types, hierarchy: Hierarchy) -> None:
        self._types = types
        self._hierarchy = hierarchy
        self._spelled: dict[str, _Meaning] = {}

    def record(
        self, id: SchemaId, hint: Hint, near: Conjunction, said: Keywords, about: Docs, place: Place
    ) -> Record:
        """The record of a schema: `near` has its references, `said` is everything it says when they are
        followed.

        Raises Unresolvable for a reference that leads nowhere.
        """
        base = self._base(id, near)
        inherited = self._types.keywords(base) if base is not None else Keywords()
        additional = self.additional(said)
        own = [
            name
            for name in (*said.properties, *said.maybe, *said.required)
            if name not in inherited.properties
        ]
        own = [name for name in own if name not in inherited.maybe and name not in inherited.required]
        return Record(
            id,
            hint,
            tuple(self._property(name, said, additional, place) for name in dict.fromkeys(own)),
            bases=(self._types.named(base),) if base is not None else (),
            additional=additional,
            discriminator=self._discriminator(id, said),
            docs=about,
            place=place,
        )

    def additional(self, said: Keywords) -> Type | None:
        """The type of properties that are not named; None where there are none or the schema is silent."""
        described = [self._types.type_of_parts((part,)) for part in said.patterned]
        if said.additional:
            described.append(self._types.type_of_parts(tuple(said.additional)))
        elif said.anything and not said.closed:
            described.append(Anything())
        return union(described) if described else None

    def told(self, parts: Iterable[Part]) -> Iterator[Node]:
        """Where a schema describes itself: the schemas written out in its place, not those it refers to."""
        for part in parts:
            yield part.node
            together = part.node.get("allOf") if isinstance(part.node.value, dict) else None
            if together is not None:
                yield from (each for each in together.elements() if reference(each) is None)

    def _base(self, id: SchemaId, near: Conjunction) -> Target | None:
        """The record that this one only adds properties to: its one reference, or the one of several that
        tells its children apart; None where any property of it is said anew."""
        candidates = [
            target for target, part in near.references if not (part.optional or binds(part.node, target))
        ]
        if len(candidates) > 1:
            candidates = [
                target for target in candidates if self._types.keywords(target).discriminator is not None
            ]
        if len(candidates) != 1 or near.choices:
            return None
        base = self._types.meant(candidates[0])
        inherited = self._types.keywords(base)
        if not inherited.is_record() or self._comes_back(base, id):
            return None
        others = [part for target, part in near.references if target.id != candidates[0].id]
        added = merge(
            take_apart((*near.plain, *others), self._types.references, follow=True), self._types.references
        )
        names = {*added.properties, *added.maybe}
        known = {*inherited.properties, *inherited.maybe, *inherited.required}
        changed = names & known or (added.required.keys() & known) - inherited.required.keys()
        return None if changed or added.impossible or added.contradicts or added.choices else base

    def _comes_back(self, base: Target, id: SchemaId) -> bool:
        part = Part(base.node, base.hint)
        return base.id == id or id in take_apart([part], self._types.references, follow=True).passed

    def _property(self, name: str, said: Keywords, additional: Type | None, place: Place) -> Property:
        parts = said.properties.get(name) or said.maybe.get(name)
        if parts is None:
            return Property(Text(name), additional or Anything(), required=True, place=place)
        meaning = self._meaning(parts, together=name in said.properties)
        return Property(
            Text(name),
            meaning.type,
            required=name in said.required,
            access=meaning.access,
            default=meaning.default,
            docs=meaning.docs,
            place=parts[-1].node.place,
        )

    def _meaning(self, parts: list[Part], *, together: bool) -> _Meaning:
        written = whole_spelling(parts[0].node.value) if len(parts) == 1 else None
        if written is None:
            return self._read(parts, together=together)
        if written not in self._spelled:
            self._spelled[written] = self._read(parts, together=together)
        return self._spelled[written]

    def _read(self, parts: list[Part], *, together: bool) -> _Meaning:
        if together:
            value = self._types.type_of_parts(tuple(parts))
        else:
            value = union([self._types.type_of_parts((part,)) for part in parts])
        nodes = list(self.told(reversed(parts)))
        return _Meaning(value, self._access(nodes), _default(nodes), docs.schema_docs(nodes))

    def _access(self, nodes: list[Node]) -> Access:
        """The direction that the property's schema states, or a schema that it refers to."""
        for node in (*nodes, *self._referred(nodes)):
            value = node.value
            if isinstance(value, dict):
                if value.get("readOnly") is True:
                    return Access.READ
                if value.get("writeOnly") is True:
                    return Access.WRITE
        return Access.BOTH

    def _referred(self, nodes: list[Node]) -> Iterator[Node]:
        for node in nodes:
            if reference(node) is not None:
                try:
                    yield self._types.references.target(node).node
                except Unresolvable:
                    continue

    def _discriminator(self, id: SchemaId, said: Keywords) -> Discriminator | None:
        """How the children of a record are told apart; None for one that has no children."""
        part = said.discriminator
        name = property_name(part) if part is not None else None
        if part is None or name is None:
            return None
        children = list(self._hierarchy.descendants(id))
        allowed = {child.id for child in children}

        def named(target: Target | None) -> Ref | None:
            if target is None or (target.id not in allowed and part.node.identity != id):
                return None
            return mapped(self._types.reference(target))

        found = self._hierarchy.mapping(part, children)
        mapping = tuple((Text(value), ref) for value, target in found if (ref := named(target)) is not None)
        default = named(self._hierarchy.default(part, children))
        return Discriminator(Text(name), mapping, default) if mapping or default is not None else None


def _default(nodes: Iterable[Node]) -> Json | NoDefault:
    for node in nodes:
        found = docs.default(node)
        if found is not NO_DEFAULT:
            return found
    return NO_DEFAULT
