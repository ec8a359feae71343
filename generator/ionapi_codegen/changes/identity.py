"""Which schema of the new side is which of the old one.

Components are known by their names, or, renamed, by their content; what is written out in place is known by
the place: it is the same schema where an operation or a property that is the same names it, or a call that
the server makes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.location import located
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import (
    Alias,
    Array,
    Enumeration,
    Map,
    Nullable,
    Record,
    Ref,
    Schema,
    SchemaId,
    TupleOf,
    Type,
    Union,
)

_COMPONENT = re.compile(r"/(components/schemas|definitions)/[^/]+")
_INCOMING = re.compile(r"/(webhooks|.+/callbacks)/.+/(schema|itemSchema)(/(items|(oneOf|anyOf|allOf)/\d+))*")
"""What is written out in a call that the server makes: no operation holds it, it stands for itself."""
_ROUNDS = 4
"""Renamed schemas that name renamed schemas: how deep they are followed."""


class Identity:
    """The pairs of one document's schemas. Filled once, then asked."""

    def __init__(self, old: Api, new: Api, operations: Iterable[tuple[Operation, Operation]]) -> None:
        self.old = old
        self.new = new
        self.partner: dict[SchemaId, SchemaId] = {}
        self.origin: dict[SchemaId, SchemaId] = {}
        self.renamed: set[SchemaId] = set()
        self._components = _components(old), _components(new)
        by_key = {key: schema_id for schema_id, key in self._components[1].items()}
        for schema_id, key in self._components[0].items():
            if key in by_key:
                self._pair(schema_id, by_key[key])
        self._find_renamed()
        self._waiting: list[tuple[Type, Type]] = []
        for before, after in tuple(self.partner.items()):
            self._enter(old.schemas[before], new.schemas[after])
        for one, other in operations:
            self._waiting.extend(_operation_types(one, other))
        while self._waiting:
            self._walk(*self._waiting.pop())

    def are_one(self, old: SchemaId, new: SchemaId) -> bool:
        return self.partner.get(old) == new

    def is_component(self, schema_id: SchemaId, *, of_new: bool) -> bool:
        """Whether a schema is named in the document, and not written out where it is used."""
        return schema_id in self._components[of_new]

    def same(self, old: Type | None, new: Type | None) -> bool:
        """Whether two types say the same, pairs of schemas taken for one."""
        match old, new:
            case Enumeration(), Enumeration():
                return old.values == new.values and old.kinds == new.kinds
            case Ref(one), Ref(other):
                return self.partner.get(one) == other
            case Array(one, limits), Array(other, others):
                return limits == others and self.same(one, other)
            case Map(one, limits), Map(other, others):
                return limits == others and self.same(one, other)
            case Nullable(one), Nullable(other):
                return self.same(one, other)
            case TupleOf(items, rest), TupleOf(others, tail):
                return (
                    len(items) == len(others)
                    and all(map(self.same, items, others))
                    and (rest is None) == (tail is None)
                    and (rest is None or self.same(rest, tail))
                )
            case Union(members, told), Union(others, told_too):
                if len(members) != len(others) or not all(map(self.same, members, others)):
                    return False
                if told is None or told_too is None:
                    return told is told_too
                return (
                    told.property == told_too.property
                    and self.same(told.default, told_too.default)
                    and [value for value, _ in told.mapping] == [value for value, _ in told_too.mapping]
                    and all(
                        self.same(one, other)
                        for (_, one), (_, other) in zip(told.mapping, told_too.mapping, strict=True)
                    )
                )
            case _:
                return old == new

    def _pair(self, old: SchemaId, new: SchemaId) -> None:
        self.partner[old] = new
        self.origin[new] = old

    def _find_renamed(self) -> None:
        """Components that are written alike under another name, each side having one of the kind."""
        for _ in range(_ROUNDS):
            before = self._unique(self.old, self._components[0], self.partner)
            after = self._unique(self.new, self._components[1], self.origin)
            found = [(one, after[content]) for content, one in before.items() if content in after]
            if not found:
                return
            for one, other in found:
                self._pair(one, other)
                self.renamed.add(one)

    def _unique(
        self, api: Api, components: dict[SchemaId, str], taken: dict[SchemaId, SchemaId]
    ) -> dict[Hashable, SchemaId]:
        found: dict[Hashable, list[SchemaId]] = {}
        for schema_id in components:
            if schema_id not in taken:
                content = self._content(api, schema_id, (schema_id,))
                found.setdefault(content, []).append(schema_id)
        return {content: ids[0] for content, ids in found.items() if len(ids) == 1}

    def _content(self, api: Api, schema_id: SchemaId, above: tuple[SchemaId, ...]) -> Hashable:
        """All that a schema says, comparable between the sides."""
        schema = api.schemas[schema_id]

        def named(target: SchemaId) -> Hashable:
            if target in above:
                return "above", above.index(target)
            if api is self.old and target in self.partner:
                return "pair", self.partner[target]
            if api is self.new and target in self.origin:
                return "pair", target
            if target in self._components[api is self.new]:
                return "other", self._components[api is self.new][target]
            return self._content(api, target, (*above, target))

        def told(type: Type | None) -> Hashable:
            match type:
                case Ref(target):
                    return named(target)
                case Array(items, limits) | Map(items, limits):
                    return type.__class__.__name__, told(items), limits
                case Nullable(of):
                    return "null", told(of)
                case TupleOf(items, rest):
                    return "tuple", tuple(map(told, items)), told(rest)
                case Union(members, _):
                    return "union", tuple(map(told, members))
                case Enumeration():
                    return type.values
                case _:
                    return type

        if isinstance(schema, Alias):
            return "alias", told(schema.type), schema.docs.description
        properties = tuple(
            (one.name, told(one.type), one.required, one.access, one.docs.description)
            for one in schema.properties
        )
        bases = tuple(named(base.target) for base in schema.bases)
        return "record", properties, bases, told(schema.additional), schema.docs.description

    def _enter(self, old: Schema, new: Schema) -> None:
        if isinstance(old, Alias) and isinstance(new, Alias):
            self._waiting.append((old.type, new.type))
        elif isinstance(old, Record) and isinstance(new, Record):
            others = {one.name: one.type for one in new.properties}
            self._waiting += [(one.type, others[one.name]) for one in old.properties if one.name in others]
            self._waiting += zip(old.bases, new.bases, strict=False)
            if old.additional is not None and new.additional is not None:
                self._waiting.append((old.additional, new.additional))

    def _walk(self, old: Type, new: Type) -> None:
        match old, new:
            case Ref(one), Ref(other):
                self._meet(one, other)
            case (Array(one), Array(other)) | (Map(one), Map(other)):
                self._waiting.append((one, other))
            case Nullable(one), _:
                self._waiting.append((one, new.of if isinstance(new, Nullable) else new))
            case _, Nullable(other):
                self._waiting.append((old, other))
            case TupleOf(items, rest), TupleOf(others, tail):
                self._waiting += zip(items, others, strict=False)
                if rest is not None and tail is not None:
                    self._waiting.append((rest, tail))
            case Union(members), Union(others):
                self._waiting += self._members(members, others)
            case Union(members), _:
                self._waiting += self._members(members, (new,))
            case _, Union(others):
                self._waiting += self._members((old,), others)
            case _:
                return

    def _meet(self, old: SchemaId, new: SchemaId) -> None:
        if old in self.partner or new in self.origin:
            return
        if old in self._components[0] or new in self._components[1]:
            return
        before, after = self.old.schemas[old], self.new.schemas[new]
        if type(before) is type(after):
            self._pair(old, new)
            self._enter(before, after)

    def _members(self, old: tuple[Type, ...], new: tuple[Type, ...]) -> Iterator[tuple[Type, Type]]:
        """Members of unions that are written out: by their content, the rest in order."""
        left = [one for one in new if not (isinstance(one, Ref) and one.target in self.origin)]
        rest: list[Type] = []
        for one in old:
            if isinstance(one, Ref) and one.target in self.partner:
                continue
            twin = next((other for other in left if self._alike(one, other)), None)
            if twin is None:
                rest.append(one)
            else:
                left.remove(twin)
                yield one, twin
        yield from ((one, other) for one, other in zip(rest, left, strict=False) if type(one) is type(other))

    def _alike(self, old: Type, new: Type) -> bool:
        if isinstance(old, Ref) and isinstance(new, Ref):
            before, after = self.old.schemas[old.target], self.new.schemas[new.target]
            if isinstance(before, Record) and isinstance(after, Record):
                return [one.name for one in before.properties] == [one.name for one in after.properties]
            return type(before) is type(after)
        return self.same(old, new)


def _components(api: Api) -> dict[SchemaId, str]:
    """The components of a document, each with what it is called on both sides."""
    found: dict[SchemaId, str] = {}
    for schema_id, schema in api.schemas.items():
        key = located(api, schema_id)
        is_own = key.startswith("#")
        if _stands_for_itself(key[1:]) if is_own else len(schema.hint) == 1:
            found[schema_id] = key
    return found


def _stands_for_itself(pointer: str) -> bool:
    return (_COMPONENT.fullmatch(pointer) or _INCOMING.fullmatch(pointer)) is not None


def _operation_types(old: Operation, new: Operation) -> Iterator[tuple[Type, Type]]:
    others = {(one.location, one.name): one.type for one in new.parameters}
    for one in old.parameters:
        if (one.location, one.name) in others:
            yield one.type, others[one.location, one.name]
    contents = [(old.body.contents, new.body.contents)] if old.body and new.body else []
    answers = {one.status: one for one in new.responses}
    for response in old.responses:
        if response.status in answers:
            other = answers[response.status]
            contents.append((response.contents, other.contents))
            headers = {one.name: one.type for one in other.headers}
            yield from ((one.type, headers[one.name]) for one in response.headers if one.name in headers)
    for before, after in contents:
        for place, content in enumerate(before):
            twin = next((one for one in after if one.media_type == content.media_type), None)
            if twin is None and place < len(after):
                twin = after[place]
            if twin is not None and content.type is not None and twin.type is not None:
                yield content.type, twin.type
            if twin is not None and content.item is not None and twin.item is not None:
                yield content.item, twin.item
    if old.pages is not None and new.pages is not None:
        yield old.pages.item, new.pages.item
