"""The neutral model of operations: what is sent and what comes back. See `ir.schema` for the rules."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.schema import NO_DEFAULT, NO_DOCS, Docs, Json, NoDefault, Type
from ionapi_codegen.ir.text import Text


class Location(enum.Enum):
    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    QUERYSTRING = "querystring"  # OpenAPI 3.2: the parameter is the whole query


@dataclass(frozen=True, slots=True)
class Parameter:
    """`style` is one of OpenAPI's, plus `tabDelimited` for 2.0's tsv. With `media_type` the value is one
    document of that type (a `content` parameter) and `style` does not count."""

    name: Text
    location: Location
    type: Type
    required: bool
    style: str
    explode: bool
    allow_reserved: bool = False
    allow_empty: bool = False
    media_type: str | None = None
    default: Json | NoDefault = NO_DEFAULT
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a response or of a part."""

    name: Text
    type: Type
    required: bool
    explode: bool = False
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True)
class Part:
    """How one property of a form or multipart body is written (OpenAPI "encoding")."""

    name: Text
    media_types: tuple[str, ...] = ()
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """One media type of a body or a response.

    `media_type` is lower case without parameters where it is valid, as written where not. `type` is None
    where the document gives no schema. `item` is the type of one element of a sequence (3.2's itemSchema,
    JSON Lines, server-sent events).
    """

    media_type: str
    type: Type | None
    item: Type | None = None
    parts: tuple[Part, ...] = ()
    examples: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    contents: tuple[Content, ...]
    required: bool
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """What may be called next: an operationId or a reference to an operation, and what its parameters are
    taken from (runtime expressions as written, or values). Documentation only."""

    name: Text
    operation: Text | None
    arguments: tuple[tuple[Text, Text], ...] = ()
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True)
class Response:
    """`status` is `"200"`, a range `"4XX"`, or `"default"`."""

    status: str
    contents: tuple[Content, ...] = ()
    headers: tuple[Header, ...] = ()
    links: tuple[Link, ...] = ()
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


class Effect(enum.Enum):
    """What an operation does to the server's data; decides what may be repeated."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class ServerVariable:
    name: Text
    default: Text
    values: tuple[Text, ...] = ()
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True)
class Server:
    """`url` as written, with `{variables}`; relative ones are resolved at run time. `name` is what a document
    of 3.2 calls it."""

    url: Text
    variables: tuple[ServerVariable, ...] = ()
    docs: Docs = NO_DOCS
    name: Text | None = None


Way: TypeAlias = tuple[Text, ...]
"""Names of properties from the outside to the inside; the empty one is the value itself."""


@dataclass(frozen=True, slots=True)
class ByOffset:
    """The query parameter counts items: it grows by as many as came. `first` is the first item's number."""

    parameter: Text
    first: int = 0


@dataclass(frozen=True, slots=True)
class ByPage:
    """The query parameter counts pages: it grows by one. `count` is where the number of pages is told."""

    parameter: Text
    first: int = 1
    count: Way | None = None


@dataclass(frozen=True, slots=True)
class ByCursor:
    """The query parameter takes what the answer has at `next`: the text or number that leads on."""

    parameter: Text
    next: Way


@dataclass(frozen=True, slots=True)
class ByLastItem:
    """The query parameter takes what the last item of the page before has at `key`."""

    parameter: Text
    key: Way


@dataclass(frozen=True, slots=True)
class ByLink:
    """The answer names the address of the next page: in its body at `next` (OData's `@odata.nextLink`), or,
    where that is None, in the header `Link` (RFC 8288, relation `next`)."""

    next: Way | None = None


@dataclass(frozen=True, slots=True)
class ByBookmark:
    """The query parameter takes what the answer has at `next`, as with `ByCursor`; `direction` is another
    that says which way to go from there, and `forward` its value. A page without items is the last."""

    parameter: Text
    next: Way
    direction: Text
    forward: Text


Step: TypeAlias = ByOffset | ByPage | ByCursor | ByLastItem | ByLink | ByBookmark
"""How the next page is asked for."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """An operation whose answer is a part of a list.

    `items` is the way to the array in the success answer, `item` the type of its elements. `more` is the way
    to a boolean that is false on the last page.
    """

    step: Step
    item: Type
    items: Way = ()
    more: Way | None = None


Requirement: TypeAlias = tuple[Text, ...]
"""Schemes that are needed together; an operation lists the alternatives. The empty one is "none needed"."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One HTTP method on one path.

    `id` is the document's operationId, `path` its template with the names of parameters in braces, which
    `written` has as the document writes it where that is something else (`{+name}`, `{ids*}`). `tags`
    may be empty. `parameters` hold path-level ones too, each (location, name) once, and one for every
    `{variable}` of the path.
    `security` is None where the document says nothing.
    """

    method: str  # upper case; extension methods as written
    path: Text
    id: Text | None = None
    tags: tuple[Text, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    effect: Effect = Effect.READ
    servers: tuple[Server, ...] = ()
    security: tuple[Requirement, ...] | None = None
    written: Text | None = None
    pages: Pagination | None = None
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)
