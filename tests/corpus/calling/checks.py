"""What no server says of a request: whether everything in it is declared."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import httpx2

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Location, Operation
from ionapi_codegen.ir.schema import Alias, Map, Nullable, Record, Ref, Type, Union

_OF_HTTP = frozenset(
    (
        *("host", "accept", "accept-encoding", "user-agent", "connection", "authorization"),
        *("content-type", "content-length", "transfer-encoding", "cookie"),
    )
)


def complaints(
    api: Api, operation: Operation, content: Content | None, request: httpx2.Request, body: bytes
) -> Iterator[str]:
    """What is wrong with a request of an operation."""
    yield from _query(api, operation, request)
    allowed = _names(api, operation, Location.HEADER)
    for name in request.headers:
        if name.lower() not in _OF_HTTP and name.lower() not in {each.lower() for each in allowed}:
            yield f"the header {name} is not declared"
    cookies = _names(api, operation, Location.COOKIE)
    for cookie in request.headers.get("cookie", "").split("; "):
        if cookie and unquote(cookie.partition("=")[0]) not in cookies:
            yield f"the cookie {cookie} is not declared"
    if content is None and (body or "content-type" in request.headers):
        yield "there is a body, or a Content-Type without one"


def _query(api: Api, operation: Operation, request: httpx2.Request) -> Iterator[str]:
    declared = _names(api, operation, Location.QUERY)
    deep = {each.name.raw for each in operation.parameters if each.style == "deepObject"}
    fixed = set(urlsplit(operation.path.raw).query.split("&"))
    for field in request.url.query.decode().split("&"):
        name = unquote(field.partition("=")[0])
        if not field or field in fixed or name in declared or "*" in declared:
            continue
        if name.partition("[")[0] not in deep:
            yield f"the query parameter {name} is not declared"


def _names(api: Api, operation: Operation, location: Location) -> set[str]:
    """The names that may stand there, keys of security schemes included; `*` where any may."""
    names = {each.key.raw for each in api.security_schemes if each.location is location and each.key}
    for each in operation.parameters:
        if each.location is location:
            names.add(each.name.raw)
            if each.style in ("form", "cookie") and each.explode:
                names |= _properties(api, each.type)
    return names


def _properties(api: Api, type_: Type) -> set[str]:
    match type_:
        case Nullable(of):
            return _properties(api, of)
        case Union(members):
            return {name for member in members for name in _properties(api, member)}
        case Map():
            return {"*"}
        case Ref(target):
            schema = api.schemas[target]
            return _properties(api, schema.type) if isinstance(schema, Alias) else _fields(api, schema)
        case _:
            return set()


def _fields(api: Api, record: Record) -> set[str]:
    own = {prop.name.raw for prop in record.properties}
    inherited = {name for base in record.bases for name in _properties(api, base)}
    return own | inherited | (set() if record.additional is None else {"*"})
