"""How collections are loaded: page by page, each with the bookmark of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ionapi_codegen.dialects.ido.answers import BOOKMARK, ITEMS, MORE, answer, array, properties
from ionapi_codegen.ir.operation import ByBookmark, Effect, Location, Operation, Pagination, Parameter
from ionapi_codegen.ir.schema import Array, Docs, Enumeration, Kind, Scalar, Schema, SchemaId, Type
from ionapi_codegen.ir.text import Text

_FORWARD = "NEXT"
_TEXT = Scalar(Kind.STRING)
_WAYS = Enumeration(tuple(map(Text, ("FIRST", _FORWARD, "PREV", "LAST"))), frozenset({Kind.STRING}))


def _asked(name: str, type: Type, about: str) -> Parameter:
    return Parameter(
        Text(name), Location.QUERY, type, False, "form", False, docs=Docs(description=Text(about))
    )


_STEERING = (
    _asked("properties", Array(_TEXT), "Properties to return; all where left out"),
    _asked("filter", _TEXT, "Condition in the syntax of SQL's WHERE"),
    _asked("orderBy", Array(_TEXT), "Properties to sort by, each with DESC behind it or without"),
    _asked("recordCap", Scalar(Kind.INTEGER), "Most records of a page; 0 for all, -1 for 200"),
    _asked("distinct", Scalar(Kind.BOOLEAN), "Whether equal records are returned once"),
    _asked("loadType", _WAYS, "Which way to go from the bookmark"),
    _asked("bookmark", _TEXT, "What the page before this one has as its bookmark"),
    _asked("readonly", Scalar(Kind.BOOLEAN), "Whether records come without `_ItemId`, which changes need"),
)
"""What every load of a collection takes (Infor's guide to IDO integration, "Execute IDO Swagger Document Get
Operation"), apart from what runs methods: documents of single IDOs do not list it."""


def steered(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Operation:
    """A load with the parameters that all loads have, where its document lists none of them."""
    own = {each.name.raw.casefold() for each in operation.parameters if each.location is Location.QUERY}
    if not _is_load(operation, schemas) or own & {each.name.raw.casefold() for each in _STEERING}:
        return operation
    added = tuple(replace(each, place=operation.place) for each in _STEERING)
    return replace(operation, parameters=_before_headers(operation.parameters, added))


def paged(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Operation:
    """The operation with its pages, if it loads a collection and can be given a bookmark."""
    asked = {
        each.name.raw.casefold(): each for each in operation.parameters if each.location is Location.QUERY
    }
    bookmark, direction = asked.get("bookmark"), asked.get("loadtype")
    if bookmark is None or direction is None or not _is_load(operation, schemas):
        return operation
    found = properties(answer(operation), schemas)
    listed = array(found[ITEMS].type)
    if listed is None:
        return operation
    step = ByBookmark(bookmark.name, (Text(BOOKMARK),), direction.name, _forward(direction.type))
    more = (Text(MORE),) if MORE in found else None
    return replace(operation, pages=Pagination(step, listed.items, (Text(ITEMS),), more))


def _is_load(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> bool:
    found = properties(answer(operation), schemas)
    return (
        operation.effect is Effect.READ
        and BOOKMARK in found
        and ITEMS in found
        and array(found[ITEMS].type) is not None
    )


def _forward(type: Type) -> Text:
    """The document's own word for going on."""
    words = type.values if isinstance(type, Enumeration) else ()
    texts = (each for each in words if isinstance(each, Text))
    return next((each for each in texts if each.raw.upper() == _FORWARD), Text(_FORWARD))


def _before_headers(own: tuple[Parameter, ...], added: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    headers = tuple(each for each in own if each.location is Location.HEADER)
    return (*(each for each in own if each.location is not Location.HEADER), *added, *headers)
