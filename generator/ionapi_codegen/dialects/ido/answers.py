"""What answers of the IDO service hold beyond what documents say of them.

Each has `Success` and `Message`, and one with records has `Items` and `Bookmark`. Mongoose is written for
.NET: a text, an array or an object that has no value is null, whereas a number or a flag always has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects.ido import untyped
from ionapi_codegen.ir import facts
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Operation
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
)

SUCCESS = "Success"
ITEMS = "Items"
BOOKMARK = "Bookmark"
MORE = "MoreRowsExist"

_ALWAYS = frozenset({SUCCESS, ITEMS})
_ALWAYS_OR_NULL = frozenset({"Message", BOOKMARK})
_VALUES = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DECIMAL, Kind.NULL})
"""What is never null in .NET."""


def refined(api: Api, diagnostics: Diagnostics) -> Mapping[SchemaId, Schema]:
    """The schemas, with null where the service sends it, and with what is in every answer. Records without a
    type are said to be taken for texts by their names."""
    sent_only = facts.Direction.REQUEST
    received = {key for key, way in facts.directions(api).items() if way is not sent_only}
    return {
        key: (
            _record(schema, api.schemas, diagnostics)
            if key in received and isinstance(schema, Record)
            else schema
        )
        for key, schema in api.schemas.items()
    }


def properties(type: Type | None, schemas: Mapping[SchemaId, Schema]) -> dict[str, Property]:
    """The properties of an object by their names, those of its bases, too."""
    schema = schemas.get(type.target) if isinstance(type, Ref) else None
    match schema:
        case Record():
            return {each.name.raw: each for each in _all(schema, schemas)}
        case Alias():
            return properties(schema.type, schemas)
        case _:
            return {}


def answer(operation: Operation) -> Type | None:
    """What an operation answers in JSON when it succeeds."""
    for response in operation.responses:
        if response.status.startswith("2"):
            return next((each.type for each in response.contents if each.media_type.endswith("json")), None)
    return None


def array(type: Type) -> Array | None:
    """The array that a type is, with null or without."""
    match type:
        case Array():
            return type
        case Nullable(of):
            return array(of)
        case _:
            return None


def _all(record: Record, schemas: Mapping[SchemaId, Schema]) -> Iterator[Property]:
    for base in record.bases:
        above = schemas.get(base.target)
        if isinstance(above, Record):
            yield from _all(above, schemas)
    yield from record.properties


def _record(record: Record, schemas: Mapping[SchemaId, Schema], diagnostics: Diagnostics) -> Record:
    is_answer = any(each.name.raw == SUCCESS for each in _all(record, schemas))
    found: list[Property] = []
    for each in record.properties:
        listed = array(each.type)
        if is_answer and each.name.raw == ITEMS and listed and isinstance(listed.items, Anything):
            untyped.say(f"the property {ITEMS!r}", each.place, diagnostics, "texts by their names")
            each = replace(each, type=replace(listed, items=Map(Scalar(Kind.STRING))))
        found.append(_property(each, is_answer))
    return replace(record, properties=tuple(found))


def _property(found: Property, is_answer: bool) -> Property:
    inside = _with_null(found.type)
    if is_answer and found.name.raw in _ALWAYS:
        return replace(found, type=inside, required=True)
    if is_answer and found.name.raw in _ALWAYS_OR_NULL:
        return replace(found, type=_or_null(inside), required=True)
    return replace(found, type=inside if found.required else _or_null(inside))


def _with_null(type: Type) -> Type:
    """The type, in which the values of records may be null."""
    match type:
        case Array(items):
            return replace(type, items=_with_null(items))
        case Map(values):
            return replace(type, values=_or_null(values) if isinstance(values, Scalar) else values)
        case _:
            return type


def _or_null(type: Type) -> Type:
    match type:
        case Scalar(kind) if kind not in _VALUES:
            return Nullable(type)
        case Array() | Map() | Ref():
            return Nullable(type)
        case _:
            return type
