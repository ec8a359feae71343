"""What type a schema is: the dispatcher from JSON Schema's keywords to the types of the model.

Records and everything that a reference names are lowered from a list of what is still to do, so that neither
recursion nor a long chain of references deepens the stack; what is written out too deeply in one place gets a
name of its own.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import TypeAlias

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.ir.schema import (
    NO_DOCS,
    Alias,
    Anything,
    Array,
    Discriminator,
    Kind,
    Map,
    Nothing,
    Ref,
    Scalar,
    Schema,
    SchemaId,
    TupleOf,
    Type,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import enums, scalars
from ionapi_codegen.lower.conjunction import Choice, Conjunction, Part, take_apart
from ionapi_codegen.lower.discriminators import Hierarchy, mapped, property_name
from ionapi_codegen.lower.docs import schema_docs
from ionapi_codegen.lower.keywords import Keywords, declared_types, merge
from ionapi_codegen.lower.records import RecordReader
from ionapi_codegen.lower.references import Hint, References, Target, Unresolvable, binds, reference
from ionapi_codegen.lower.siblings import adds_nothing
from ionapi_codegen.lower.spellings import spelling
from ionapi_codegen.lower.unions import nullable, union
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.node import Node

DEPTH = 40
"""Arrays, maps and unions nested more deeply than this in one place are given names."""

PRODUCT = 100
"""Choices that multiply to more schemas than this are read as one record in which everything is optional."""

LABEL = 40
"""A title up to this length names the alternative that it stands in."""


_Met: TypeAlias = tuple[Conjunction, Keywords]
"""A schema with its references, and everything that it says when they are followed."""


class Schemas:
    """Turns schemas into types, and collects the named ones they need.

    `broken` are named schemas with a reference inside that leads nowhere; that part of them is `Anything`.
    """

    def __init__(self, document: SpecDocument, diagnostics: Diagnostics) -> None:
        self.references = References(document, diagnostics)
        self.broken: set[SchemaId] = set()
        self._diagnostics = diagnostics
        self._hierarchy = Hierarchy(self.references)
        self._named: dict[SchemaId, Schema] = {}
        self._planned: set[SchemaId] = set()
        self._waiting: deque[tuple[SchemaId, Hint, tuple[Part, ...]]] = deque()
        self._targets: dict[SchemaId, tuple[Hint, Keywords]] = {}
        self._met: dict[SchemaId, _Met] = {}
        self._spelled: dict[str, Type] = {}
        # Weak, for a circle would keep the whole document in memory until the collector finds it.
        self._records = RecordReader(weakref.proxy(self), self._hierarchy)
        self._owner: SchemaId | None = None
        self._depth = 0

    def type_of(self, node: Node | None, hint: Hint) -> Type:
        """The type of the schema; `hint` names the records written out in it. No schema is any value.

        Raises Unresolvable for a reference that leads nowhere, unless a named schema is being read: that one
        is then `broken`.
        """
        return self.type_of_parts((Part(node, hint),)) if node is not None else Anything()

    def finish(self) -> dict[SchemaId, Schema]:
        """Reads everything that has been named; the result is complete and in the order of naming."""
        while self._waiting:
            self._owner, hint, parts = self._waiting.popleft()
            self._named[self._owner] = self._schema(self._owner, hint, parts)
        self._owner = None
        return self._named

    def type_of_parts(self, parts: tuple[Part, ...]) -> Type:
        """The type of schemas that hold together."""
        if self._depth == DEPTH:
            return self._plan(identity(parts), parts[-1].hint, parts)
        self._depth += 1
        try:
            return self._type(parts)
        except Unresolvable:
            if self._owner is None:
                raise
            self.broken.add(self._owner)
            return Anything()
        finally:
            self._depth -= 1

    def reference(self, target: Target) -> Type:
        """The named schema. An object that may be null is nullable wherever it is used, since a record is
        never null."""
        named = self.named(target)
        said = self.keywords(target)
        return nullable(named) if said.nullable and said.is_record() and not self._is_alias(target) else named

    def named(self, target: Target) -> Ref:
        """The name itself, whatever it stands for; the schema is read when `finish` is called."""
        return self._plan(target.id, target.hint, (Part(target.node, target.hint),))

    def _is_alias(self, target: Target) -> bool:
        parts = (Part(target.node, target.hint),)
        return self._renamed(parts, take_apart(parts, self.references, follow=False)) is not None

    def meant(self, target: Target) -> Target:
        """The schema at the end of names that are only other names. Raises Unresolvable."""
        seen = {target.id}
        while True:
            parts = (Part(target.node, target.hint),)
            renamed = self._renamed(parts, take_apart(parts, self.references, follow=False))
            if renamed is None or renamed.id in seen:
                return target
            seen.add(renamed.id)
            target = renamed

    def keywords(self, target: Target) -> Keywords:
        """What a named schema says, everything that it refers to taken in."""
        if target.id not in self._targets:
            parts = (Part(target.node, target.hint),)
            said = merge(take_apart(parts, self.references, follow=True), self.references)
            self._targets[target.id] = target.hint, said
        return self._targets[target.id][1]

    def _plan(self, id: SchemaId, hint: Hint, parts: tuple[Part, ...]) -> Ref:
        if id not in self._planned:
            self._planned.add(id)
            self._waiting.append((id, hint, parts))
        return Ref(id)

    def _schema(self, id: SchemaId, hint: Hint, parts: tuple[Part, ...]) -> Schema:
        docs = schema_docs(self._records.told(parts))
        place = parts[-1].node.place
        try:
            near, said = self._met.pop(id) if id in self._met else self._meet(id, parts)
            if said.is_record() and self._renamed(parts, near) is None:
                return self._records.record(id, hint, near, said, docs, place)
        except Unresolvable:
            self.broken.add(id)
            return Alias(id, hint, Anything(), docs, place)
        return Alias(id, hint, self.type_of_parts(parts), docs, place)

    def _meet(self, id: SchemaId, parts: tuple[Part, ...]) -> _Met:
        near = take_apart(parts, self.references, follow=False)
        if near.references or not near.choices:
            hint, said = self._targets.get(id, ((), None))
            if said is not None and hint == parts[0].hint:
                return near, said  # It was read in the same way for who refers to it.
        return near, merge(self._followed(parts, near), self.references)

    def _type(self, parts: tuple[Part, ...]) -> Type:
        first, *others = parts
        alone = not (others or first.beside_null or first.optional)
        written = spelling(first.node.value) if alone else None
        if written is None:
            return self._read(parts)
        if written not in self._spelled:
            self._spelled[written] = self._read(parts)
        return self._spelled[written]

    def _read(self, parts: tuple[Part, ...]) -> Type:
        node = parts[0].node
        if (
            len(parts) == 1
            and isinstance(node.value, dict)
            and len(node.value) == 1
            and reference(node) is not None
        ):
            return self.reference(self.references.target(node))
        near = take_apart(parts, self.references, follow=False)
        mere = self._mere_reference(near)
        if mere is not None:
            named = self.reference(mere)
            return nullable(named) if near.nullable or _says_null(near) else named
        whole = self._followed(parts, near)
        said = merge(whole, self.references)
        if said.is_record():
            name = identity(parts)
            if name not in self._planned:
                self._met[name] = near, said
            record = self._plan(name, parts[-1].hint, parts)
            return nullable(record) if said.nullable else record
        written = self._written(parts, whole, said)
        return nullable(written) if said.nullable and not isinstance(written, Nothing) else written

    def _followed(self, parts: tuple[Part, ...], near: Conjunction) -> Conjunction:
        return take_apart(parts, self.references, follow=True) if near.references else near

    def _renamed(self, parts: tuple[Part, ...], near: Conjunction) -> Target | None:
        """The schema that this is only another name for. A child that adds nothing to a base with a
        discriminator is more: a value may say that it is one."""
        mere = self._mere_reference(near)
        value = parts[0].node.value
        inherits = isinstance(value, dict) and "allOf" in value
        if mere is not None and inherits and self.keywords(mere).discriminator is not None:
            return None
        return mere

    def _mere_reference(self, near: Conjunction) -> Target | None:
        """The schema that is meant where a reference has siblings that change nothing: descriptions, its own
        type."""
        if len(near.references) != 1 or near.choices:
            return None
        target, part = near.references[0]
        if part.optional or binds(part.node, target):
            return None
        if near.plain:
            said = merge(Conjunction(near.plain, ()), self.references)
            named = self.keywords(target)
            if (
                said.properties
                or not named.required.keys() >= said.required.keys()
                or not adds_nothing(said, named)
            ):
                return None
        return target

    def _written(self, parts: tuple[Part, ...], whole: Conjunction, said: Keywords) -> Type:
        if said.impossible:
            return Nothing()
        if said.contradicts:
            self._warn_of_contradiction(said.kinds(), parts[-1].node.place)
        if said.listed is not None:
            if not said.listed.scalar:
                return Anything()
            declared = frozenset(said.types) if said.types is not None else None
            return enums.enumeration(said.listed, declared) or Scalar(Kind.NULL)
        if said.choices:
            return self._chosen(parts, whole, said)
        kinds = said.kinds()
        if not kinds:
            return Scalar(Kind.NULL) if said.types is not None else Anything()
        if len(kinds) == 1:
            return self._single(kinds[0], said)
        return union([self._several(kind, parts, said) for kind in kinds])

    def _warn_of_contradiction(self, kinds: Sequence[str], place: Place) -> None:
        self._diagnostics.warning(
            "schema-contradiction",
            f"No value satisfies this schema: {' and '.join(kinds)} are asked for at once; either is taken.",
            place,
            "Correct the types that it and the schemas it refers to ask for.",
        )

    def _several(self, kind: str, parts: tuple[Part, ...], said: Keywords) -> Type:
        """One of several declared types; as an object it is a record beside the schema's own name."""
        one = replace(said, types=(kind,))
        if not one.is_record():
            return self._single(kind, one)
        name = f"{identity(parts)}#object"
        if name not in self._planned:
            self._planned.add(name)
            hint, place = parts[-1].hint, parts[-1].node.place
            self._named[name] = self._records.record(name, hint, Conjunction((), ()), one, NO_DOCS, place)
        return Ref(name)

    def _single(self, kind: str, said: Keywords) -> Type:
        match kind:
            case "object":
                return Map(self._records.additional(said) or Anything(), scalars.entries(said.schemas))
            case "array":
                return self._array(said)
            case "string" if said.content is not None:
                return Scalar(said.content, _format(said), scalars.constraints(said.schemas))
            case _:
                meaning = scalars.kind(kind, said.format)
                return Scalar(meaning, _format(said), scalars.constraints(said.schemas))

    def _array(self, said: Keywords) -> Type:
        items = self.type_of_parts(tuple(said.items)) if said.items else Anything()
        limits = scalars.constraints(said.schemas)
        if said.prefix:
            ends = said.ends or (limits.max_items is not None and limits.max_items <= len(said.prefix))
            return TupleOf(
                tuple(self.type_of_parts((part,)) for part in said.prefix), None if ends else items
            )
        return Array(Nothing() if said.ends else items, limits)

    def _chosen(self, parts: tuple[Part, ...], whole: Conjunction, said: Keywords) -> Type:
        """The union of what is left to choose, each alternative with what is said beside the choice."""
        base = replace(said, choices=())
        count = 1
        for choice in said.choices:
            count *= len(choice.members)
        if count > PRODUCT and (len(said.choices) > 1 or whole.plain):
            options = [
                Part(member, choice.part.hint, optional=True)
                for choice in said.choices
                for member in choice.members
            ]
            return self.type_of_parts((*whole.plain, *options))
        members: dict[SchemaId, tuple[Target, Type]] = {}
        alternatives = tuple(product(*(self._labelled(choice) for choice in said.choices)))
        for alternative in alternatives:
            beside = () if self._takes_in(alternative, whole, base) else whole.plain
            if beside and self._contradicts((*beside, *alternative)):
                continue
            chosen = self.type_of_parts((*beside, *alternative))
            target = self._target(alternative[0])
            members["&".join((target.id, *(self._target(part).id for part in alternative[1:])))] = (
                target,
                chosen,
            )
        if not members:  # what is said beside the choice excludes all of it
            self._warn_of_contradiction((*base.kinds(), "what the choice offers"), parts[-1].node.place)
            return union([self.type_of_parts(each) for each in (whole.plain, *alternatives)])
        types = [each for _, each in members.values()]
        return union(
            types, self._discriminator(said, list(members.values())) if len(said.choices) == 1 else None
        )

    def _contradicts(self, parts: tuple[Part, ...]) -> bool:
        return merge(take_apart(parts, self.references, follow=True), self.references).contradicts

    def _takes_in(self, alternative: tuple[Part, ...], whole: Conjunction, base: Keywords) -> bool:
        """Whether an alternative says all by itself that is said beside the choice."""
        if not whole.plain:
            return True
        chosen = take_apart(alternative, self.references, follow=True)
        if chosen.passed.issuperset(part.node.identity for part in whole.plain):
            return True
        return adds_nothing(base, merge(chosen, self.references))

    def _labelled(self, choice: Choice) -> list[Part]:
        """The members of a choice; those written out are called by their constant, title or number."""
        return [
            Part(member, (*choice.part.hint, self._label(member, number)))
            for number, member in enumerate(choice.members, 1)
        ]

    def _label(self, member: Node, number: int) -> Text:
        if reference(member) is not None:
            return self.references.target(member).hint[-1]
        properties = member.get("properties")
        for _, schema in properties.items() if properties is not None else ():
            listed = enums.listed(schema.value) if isinstance(schema.value, dict) else None
            if listed is not None and len(listed.values) == 1 and isinstance(listed.values[0], str):
                return Text(listed.values[0])
        title = member.value.get("title") if isinstance(member.value, dict) else None
        return Text(title) if isinstance(title, str) and 0 < len(title) <= LABEL else Text(f"option {number}")

    def _target(self, part: Part) -> Target:
        if reference(part.node) is not None:
            return self.references.target(part.node)
        return Target(part.node.identity, part.node, part.hint)

    def _discriminator(self, said: Keywords, members: list[tuple[Target, Type]]) -> Discriminator | None:
        name = property_name(said.discriminator) if said.discriminator is not None else None
        if name is None or said.discriminator is None:
            return None
        types = {target.id: each for target, each in members}
        targets = [target for target, _ in members]

        def named(target: Target | None) -> Ref | None:
            return mapped(types.get(target.id) or self.reference(target)) if target is not None else None

        found = self._hierarchy.mapping(said.discriminator, targets)
        mapping = tuple((Text(value), ref) for value, target in found if (ref := named(target)) is not None)
        return Discriminator(Text(name), mapping, named(self._hierarchy.default(said.discriminator, targets)))


def identity(parts: Sequence[Part]) -> SchemaId:
    """What a schema is identified by: where it stands, or all the places whose schemas hold in it."""
    places = dict.fromkeys(part.node.identity for part in parts if not part.optional)
    return "&".join((*places, "optional") if any(part.optional for part in parts) else places)


def _says_null(near: Conjunction) -> bool:
    return any(
        isinstance(part.node.value, dict) and "null" in (declared_types(part.node.value) or ())
        for part in near.plain
    )


def _format(said: Keywords) -> Text | None:
    return Text(said.format) if said.format is not None else None
