"""What a success answer shows of pages: where its items are, and what it says of the next page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.operation import Operation, Response, Way
from ionapi_codegen.ir.schema import (
    Alias,
    Anything,
    Array,
    Kind,
    Map,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    Schema,
    SchemaId,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import page_words as words
from ionapi_codegen.lower.page_words import folded

_DEPTH = 3
"""Properties from the outside to the inside that are looked at."""


@dataclass(frozen=True, slots=True)
class Member:
    """A property somewhere in an answer: the way to it, how it is declared, its plain type."""

    way: Way
    declared: Property
    type: Type

    @property
    def name(self) -> str:
        return folded(self.declared.name)

    @property
    def around(self) -> str:
        """The name of the object that it stands in; empty for the answer itself."""
        return folded(self.way[-2]) if len(self.way) > 1 else ""


@dataclass(frozen=True, slots=True)
class Items:
    """The array of an answer: the way to it, and what is in it."""

    way: Way
    item: Type


class Answer:
    """The JSON value that an operation answers with."""

    def __init__(self, type: Type, schemas: Mapping[SchemaId, Schema]) -> None:
        self.type = type
        self._schemas = schemas
        self.members = tuple(self._members(type, (), ()))

    def plain(self, type: Type) -> Type:
        """The type without the names and the null around it."""
        seen: set[SchemaId] = set()
        reached = type
        while True:
            match reached:
                case Nullable(of):
                    reached = of
                case Ref(target) if target not in seen:
                    schema = self._schemas.get(target)
                    if not isinstance(schema, Alias):
                        return reached
                    seen.add(target)
                    reached = schema.type
                case _:
                    return reached

    def leads(self, start: Type, way: Way) -> bool:
        """Whether a way leads through nothing but what is declared, or to where nothing is."""
        reached: Type | None = start
        for name in way:
            if reached is None or self._is_open(reached):
                return True
            found = self.at(reached, (name,))
            if found is None:
                return False
            reached = found
        return True

    def at(self, start: Type, way: Way) -> Type | None:
        """What stands at a way from a type, as it is declared; None where nothing is declared there."""
        reached = start
        for name in way:
            found = next((each for each in self._properties(reached) if each.name == name), None)
            if found is None:
                return None
            reached = found.type
        return reached

    def items(self, path: Text) -> Items | None:
        """The one array that holds the items; None where several may be it. `path` is the operation's, whose
        last word may be what the array is called."""
        return self._items(self.type, (), path)

    def _items(self, type: Type, way: Way, path: Text) -> Items | None:
        plain = self.plain(type)
        if isinstance(plain, Array):
            return Items(way, plain.items)
        properties = self._properties(type)
        arrays = [
            Items((*way, each.name), array.items)
            for each in properties
            if isinstance(array := self.plain(each.type), Array)
        ]
        for names in (words.ITEMS, {_ending(path)}):
            named = [each for each in arrays if folded(each.way[-1]) in names]
            if len(named) == 1:
                return named[0]
        arrays = [each for each in arrays if folded(each.way[-1]) not in words.NOT_ITEMS]
        if len(arrays) == 1:
            return arrays[0]
        if arrays or len(way) == 2:
            return None
        inside = [
            found
            for each in properties
            if folded(each.name) in words.ENVELOPES
            and (found := self._items(each.type, (*way, each.name), path)) is not None
        ]
        return inside[0] if len(inside) == 1 else None

    def scalar(self, type: Type) -> Kind | None:
        """What kind of single value a type is; None where it is none. A number that may come as text is a
        number: .NET documents its integers so."""
        plain = self.plain(type)
        if isinstance(plain, Union):
            kinds = {self.scalar(each) for each in plain.members}
            return Kind.INTEGER if kinds == {Kind.INTEGER, Kind.STRING} else None
        return plain.kind if isinstance(plain, Scalar) else None

    def properties(self, type: Type) -> tuple[Property, ...]:
        """The properties of an object, those of its bases first; none of anything else."""
        return self._properties(type)

    def _is_open(self, type: Type) -> bool:
        """Whether values of a type may have properties that the document does not name."""
        plain = self.plain(type)
        if isinstance(plain, Ref):
            record = self._schemas.get(plain.target)
            return isinstance(record, Record) and (
                record.additional is not None or not self._properties(plain)
            )
        return isinstance(plain, Anything | Map | Union)

    def _members(self, type: Type, way: Way, seen: tuple[Type, ...]) -> Iterator[Member]:
        for each in self._properties(type):
            found = Member((*way, each.name), each, self.plain(each.type))
            yield found
            nested = isinstance(found.type, Ref) and found.type not in seen and len(found.way) < _DEPTH
            if nested and found.name in words.NOTES | words.ENVELOPES:
                yield from self._members(found.type, found.way, (*seen, found.type))

    def _properties(self, type: Type) -> tuple[Property, ...]:
        plain = self.plain(type)
        record = self._schemas.get(plain.target) if isinstance(plain, Ref) else None
        if not isinstance(record, Record):
            return ()
        inherited = [each for base in record.bases for each in self._properties(base)]
        return (*inherited, *record.properties)


def answer(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Answer | None:
    """The answer of a success, where that is JSON and of one type."""
    succeeded = [each for each in operation.responses if each.status.startswith("2")] or [
        each for each in operation.responses if each.status == "default"
    ]
    types = {found for each in succeeded for found in _types(each)}
    if len(types) != 1:
        return None
    (only,) = types
    return None if only is None else Answer(only, schemas)


def success(operation: Operation) -> Response | None:
    """The response that a page comes in."""
    return next((each for each in operation.responses if each.status.startswith("2")), None)


def _types(response: Response) -> Iterator[Type | None]:
    """The types of its JSON; None where a stream may come in its place."""
    for content in response.contents:
        if content.item is not None or content.media_type == "text/event-stream":
            yield None
        elif content.media_type in ("application/json", "text/json", "*/*") or content.media_type.endswith(
            "+json"
        ):
            yield content.type


def _ending(path: Text) -> str:
    """The last word of a path that is no variable."""
    written = [segment for segment in path.raw.split("/") if segment and "{" not in segment]
    return folded(Text(written[-1].removesuffix(".json"))) if written else ""
