"""Which schema each value of a discriminator stands for: mappings, implied names, children that inherit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ionapi_codegen.ir.schema import Nullable, Ref, SchemaId, Type
from ionapi_codegen.lower.conjunction import Part, take_apart
from ionapi_codegen.lower.keywords import Keywords, merge
from ionapi_codegen.lower.references import References, Target, Unresolvable


def property_name(part: Part) -> str | None:
    """The property whose value tells; None for a discriminator that names none."""
    said = part.node.get("discriminator")
    value = said.value.get("propertyName") if said is not None and isinstance(said.value, dict) else None
    return value if isinstance(value, str) else None


def mapped(type: Type) -> Ref | None:
    """What a mapping holds for a type: a named schema, null or not."""
    match type:
        case (Ref() as ref) | Nullable(of=Ref() as ref):
            return ref
        case _:
            return None


class Hierarchy:
    """The components of a document, and which take in which by `allOf`."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._components = references.components
        self._children: dict[SchemaId, list[Target]] | None = None

    def descendants(self, parent: SchemaId) -> Iterator[Target]:
        """Components that take the schema in, directly or not; in document order, level by level."""
        if self._children is None:
            self._children = self._inheritance()
        seen = {parent}
        waiting = [parent]
        for each in waiting:
            for child in self._children.get(each, ()):
                if child.id not in seen:
                    seen.add(child.id)
                    waiting.append(child.id)
                    yield child

    def _inheritance(self) -> dict[SchemaId, list[Target]]:
        children: dict[SchemaId, list[Target]] = {}
        for child in self._components.values():
            if not isinstance(child.node.value, dict) or "allOf" not in child.node.value:
                continue
            try:
                taken = take_apart([Part(child.node, child.hint)], self._references, follow=False).references
            except Unresolvable:
                continue
            for parent, _ in taken:
                children.setdefault(parent.id, []).append(child)
        return children

    def mapping(self, part: Part, members: Iterable[Target]) -> Iterator[tuple[str, Target]]:
        """What each value stands for, in document order: the written mapping, then what is implied for the
        members that it leaves out."""
        named = {member.id: member for member in members}
        telling = property_name(part)
        seen: set[str] = set()
        mapped: set[SchemaId] = set()
        for value, target in self._written(part, list(named.values())):
            seen.add(value)
            mapped.add(target.id)
            yield value, target
        left = [member for member in named.values() if member.id not in mapped]
        for member, values in zip(left, self._implied(left, telling), strict=True):
            for value in values:
                if value not in seen:
                    seen.add(value)
                    yield value, member

    def default(self, part: Part, members: Iterable[Target]) -> Target | None:
        """What an object is whose value stands for nothing (OpenAPI 3.2, `defaultMapping`)."""
        said = part.node.get("discriminator")
        written = (
            said.value.get("defaultMapping") if said is not None and isinstance(said.value, dict) else None
        )
        return self._named(written, list(members)) if isinstance(written, str) else None

    def _written(self, part: Part, members: list[Target]) -> Iterator[tuple[str, Target]]:
        discriminator = part.node.get("discriminator")
        mapping = discriminator.get("mapping") if discriminator is not None else None
        for value, place in mapping.items() if mapping is not None else ():
            target = self._named(place.value, members) if isinstance(place.value, str) else None
            if target is not None:
                yield value, target

    def _named(self, written: str, members: list[Target]) -> Target | None:
        """The schema that a mapping means: a component by name, or the last word of a reference."""
        if written in self._components:
            return self._components[written]
        name = written.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        for member in members:
            if member.hint[-1].raw in (name, name.partition(".")[0]):
                return member
        return self._components.get(name)

    def _implied(self, members: list[Target], property: str | None) -> list[list[str]]:
        """The values that stand for each schema without being mapped: those that its own property alone
        allows, else its name."""
        allowed = [self._constants(member, property) for member in members]
        claims = Counter(value for values in allowed for value in values)
        return [
            [value for value in values if claims[value] == 1] or [member.hint[-1].raw]
            for member, values in zip(members, allowed, strict=True)
        ]

    def _constants(self, member: Target, property: str | None) -> list[str]:
        value = member.node.value
        extension = value.get("x-discriminator-value") if isinstance(value, dict) else None
        if isinstance(extension, str):
            return [extension]
        try:
            record = self._read([Part(member.node, member.hint)])
            listed = self._read(record.properties.get(property or "", ())).listed
        except Unresolvable:
            return []
        return [value for value in listed.values if isinstance(value, str)] if listed is not None else []

    def _read(self, parts: Iterable[Part]) -> Keywords:
        return merge(take_apart(parts, self._references, follow=True), self._references)
