"""Whether a call has the arguments that its operation demands: each there, and of a form its type can
have."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.schema import Access, Alias, Kind, Map, Nullable, Record, Ref, Scalar, Type

_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Call:
    """What arrived. `headers` are by lower-case name; `variables` those of the path, decoded."""

    variables: Mapping[str, str]
    query: str
    headers: Mapping[str, str]
    body: bytes


def complaint(api: Api, operation: Operation, call: Call) -> str | None:
    """What is wrong with the first argument that is; None where the call is as the document wants it."""
    return next(_complaints(api, operation, call), None)


def _complaints(api: Api, operation: Operation, call: Call) -> Iterator[str]:
    if operation.parameters:
        given = _given(call)
        for parameter in operation.parameters:
            yield from _parameter(api, parameter, given)
    if operation.body is not None:
        if operation.body.required and not call.body:
            yield "the body is missing"
        elif call.body:
            yield from _body(api, operation, call)


def _given(call: Call) -> Mapping[Location, Mapping[str, str]]:
    """The first value of every argument, by location and wire name."""
    query = parse_qs(call.query, keep_blank_values=True)
    try:
        cookies = SimpleCookie(call.headers.get("cookie", ""))
    except CookieError:
        cookies = SimpleCookie()
    return {
        Location.PATH: call.variables,
        Location.QUERY: {name: values[0] for name, values in query.items()},
        Location.HEADER: call.headers,
        Location.COOKIE: {name: morsel.value for name, morsel in cookies.items()},
        Location.QUERYSTRING: {"": call.query} if call.query else {},
    }


def _parameter(api: Api, parameter: Parameter, given: Mapping[Location, Mapping[str, str]]) -> Iterator[str]:
    location = parameter.location
    values = given[location]
    name = {Location.HEADER: parameter.name.raw.lower(), Location.QUERYSTRING: ""}.get(
        location, parameter.name.raw
    )
    if name in values:
        kind = None if parameter.media_type else _kind(api, parameter.type)
        if (
            kind is not None
            and not _fits(kind, values[name])
            and not (parameter.allow_empty and not values[name])
        ):
            yield f"the {location.value} parameter {parameter.name.raw} is no {kind.value}"
    elif parameter.required and not _is_spread(api, parameter, values):
        yield f"the {location.value} parameter {parameter.name.raw} is missing"


def _is_spread(api: Api, parameter: Parameter, values: Mapping[str, str]) -> bool:
    """Whether an object is there under the names of its properties (exploded form), or in brackets
    (deepObject)."""
    prefix = f"{parameter.name.raw}["
    spread = parameter.style == "form" and parameter.explode
    return any(name.startswith(prefix) for name in values) or (
        spread and isinstance(_resolved(api, parameter.type), Record | Map)
    )


def _resolved(api: Api, type_: Type) -> Type | Record | None:
    """The type behind names and `Nullable`; None where it leads nowhere."""
    for _ in range(len(api.schemas) + 2):
        match type_:
            case Nullable():
                type_ = type_.of
            case Ref():
                schema = api.schemas.get(type_.target)
                if not isinstance(schema, Alias):
                    return schema
                type_ = schema.type
            case _:
                return type_
    return None


def _kind(api: Api, type_: Type) -> Kind | None:
    found = _resolved(api, type_)
    return found.kind if isinstance(found, Scalar) else None


def _fits(kind: Kind, text: str) -> bool:
    """Whether a text can be a value of the kind; of what has many spellings nothing is said."""
    match kind:
        case Kind.INTEGER:
            return _INTEGER.fullmatch(text) is not None
        case Kind.NUMBER | Kind.DECIMAL:
            return _NUMBER.fullmatch(text) is not None
        case Kind.BOOLEAN:
            return text in ("true", "false")
        case Kind.DATE | Kind.DATE_TIME:
            try:
                (dt.date if kind is Kind.DATE else dt.datetime).fromisoformat(text)
            except ValueError:
                return False
            return True
        case _:
            return True


def _body(api: Api, operation: Operation, call: Call) -> Iterator[str]:
    contents = operation.body.contents if operation.body else ()
    media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = next((one for one in contents if _covers(one.media_type, media_type)), None)
    if contents and content is None:
        yield f"the body's media type is {media_type or 'missing'}, not one of those in the document"
    if media_type != "application/json" and not media_type.endswith("+json"):
        return
    try:
        value: object = json.loads(call.body)
    except (ValueError, RecursionError):
        yield "the body is no JSON"
        return
    record = _resolved(api, content.type) if content is not None and content.type is not None else None
    if isinstance(record, Record) and isinstance(value, dict):
        for name in _required(api, record):
            if name not in value:
                yield f"the body lacks {name}"


def _covers(pattern: str, media_type: str) -> bool:
    return pattern in ("*/*", media_type) or (pattern.endswith("/*") and media_type.startswith(pattern[:-1]))


def _required(api: Api, record: Record) -> Iterator[str]:
    for base in record.bases:
        schema = api.schemas.get(base.target)
        if isinstance(schema, Record) and schema is not record:
            yield from _required(api, schema)
    for prop in record.properties:
        if prop.required and prop.access is not Access.READ:
            yield prop.name.raw
