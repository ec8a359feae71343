"""The neutral model: what an API means, in the words of no programming language.

`lower` makes it from a document, dialects refine it, targets turn it into text. Names are wire names;
how they are spelled in a language is the target's affair. Everything is frozen, and only a `Ref` closes
a cycle. Strings of the document are `Text`; plain `str` is our own vocabulary (HTTP methods, pointers,
media types that were parsed and put in lower case).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.text import Text

Json: TypeAlias = "bool | int | float | Text | tuple[Json, ...] | Mapping[Text, Json] | None"
"""A JSON value of the document (default, example, enum member), frozen."""

SchemaId: TypeAlias = str
"""Identifies a named schema within an `Api`: file name and JSON pointer of where it stands."""


# -- types -------------------------------------------------------------------------------------------


class Kind(enum.Enum):
    """What one value on the wire is, once its format has been understood."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"
    DATE = "date"  # RFC 3339 full-date in a string
    DATE_TIME = "date-time"  # RFC 3339 date-time in a string
    TIME = "time"
    DURATION = "duration"
    UUID = "uuid"
    DECIMAL_STRING = "decimal-string"  # a decimal number in a string
    DECIMAL = "decimal"  # a JSON number whose digits all count
    BASE64 = "base64"  # bytes in a string
    BINARY = "binary"  # raw bytes: a body, a part, a file


@dataclass(frozen=True, slots=True)
class Constraints:
    """What else a schema says of a value. Documentation, not validation; None is "says nothing"."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: Text | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: `{"type": "string", "format": "uuid"}` is `Scalar(Kind.UUID, Text("uuid"))`."""

    kind: Kind
    format: Text | None = None
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of values, open: others may come. `const` is an enumeration of one value.

    Values are unique and in document order, of one kind or several; null is never among them (the
    type is then wrapped in `Nullable`).
    """

    values: tuple[bool | int | float | Text, ...]
    kinds: frozenset[Kind]
    names: tuple[Text, ...] = ()  # x-enum-varnames and the like, parallel to values; documentation only
    descriptions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Array:
    items: Type
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class TupleOf:
    """`prefixItems`: each place has its own type; `rest` is the type of what follows, None where nothing may
    follow."""

    items: tuple[Type, ...]
    rest: Type | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """An object without named properties: any key, values of one type."""

    values: Type


@dataclass(frozen=True, slots=True)
class Anything:
    """The empty schema: any JSON value."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The schema `false`, or a conjunction that no value satisfies."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A named schema of the same `Api`."""

    target: SchemaId


@dataclass(frozen=True, slots=True)
class Nullable:
    """The type, or null. Never nested, never around `Anything` or `Scalar(Kind.NULL)`."""

    of: Type


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property whose value tells which schema an object is of, and what each value stands for."""

    property: Text
    mapping: tuple[tuple[Text, Ref], ...]  # in document order; each value once


@dataclass(frozen=True, slots=True)
class Union:
    """One of several types (oneOf, anyOf, type arrays). At least two members, none twice, none a `Union`."""

    members: tuple[Type, ...]
    discriminator: Discriminator | None = None


Type: TypeAlias = Scalar | Enumeration | Array | TupleOf | Map | Anything | Nothing | Ref | Nullable | Union


# -- named schemas -----------------------------------------------------------------------------------


class Access(enum.Enum):
    """In which direction a property travels."""

    BOTH = "both"
    READ = "read"  # readOnly: only in what the server sends
    WRITE = "write"  # writeOnly: only in what the caller sends


@dataclass(frozen=True, slots=True)
class Docs:
    """What the document says to people. Examples are as written, at most a handful are kept."""

    summary: Text | None = None
    description: Text | None = None
    deprecated: bool = False
    examples: tuple[Json, ...] = ()
    external_url: Text | None = None


NO_DOCS = Docs()


class NoDefault(enum.Enum):
    """Tells "no default" from "the default is null"."""

    NO_DEFAULT = "no default"


NO_DEFAULT = NoDefault.NO_DEFAULT


@dataclass(frozen=True, slots=True)
class Property:
    name: Text
    type: Type
    required: bool
    access: Access = Access.BOTH
    default: Json | NoDefault = NO_DEFAULT
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """An object with named properties.

    `hint` is where the name comes from: `("Order",)` for a component, `("Order", "lines", "item")` for an
    object written out inside it. `bases` are records whose properties this one adds to without changing
    any (the only allOf that is kept; every other is merged). `additional` is the type of properties that
    are not listed: None where the document forbids them or says nothing.
    """

    id: SchemaId
    hint: tuple[Text, ...]
    properties: tuple[Property, ...]
    bases: tuple[Ref, ...] = ()
    additional: Type | None = None
    discriminator: Discriminator | None = None
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for any other type: an enumeration, a union, an array, a scalar."""

    id: SchemaId
    hint: tuple[Text, ...]
    type: Type
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


Schema: TypeAlias = Record | Alias


# -- operations --------------------------------------------------------------------------------------


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
class Response:
    """`status` is `"200"`, a range `"4XX"`, or `"default"`."""

    status: str
    contents: tuple[Content, ...] = ()
    headers: tuple[Header, ...] = ()
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
    """`url` as written, with `{variables}`; relative ones are resolved at run time."""

    url: Text
    variables: tuple[ServerVariable, ...] = ()
    docs: Docs = NO_DOCS


class SecurityKind(enum.Enum):
    API_KEY = "apiKey"
    BASIC = "basic"
    BEARER = "bearer"
    OAUTH2 = "oauth2"
    OPENID = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"
    OTHER = "other"  # another HTTP authentication scheme


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    name: Text
    kind: SecurityKind
    location: Location | None = None  # of an API key
    key: Text | None = None  # its header, query or cookie name
    docs: Docs = NO_DOCS


Requirement: TypeAlias = tuple[Text, ...]
"""Schemes that are needed together; an operation lists the alternatives. The empty one is "none needed"."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One HTTP method on one path.

    `id` is the document's operationId, `path` its template as written. `tags` may be empty. `parameters`
    hold path-level ones too, each (location, name) once, and one for every `{variable}` of the path.
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
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tag:
    name: Text
    docs: Docs = NO_DOCS


@dataclass(frozen=True, slots=True)
class Api:
    """One document.

    `schemas` are in document order and hold every schema that an operation reaches, and every named
    component.
    `gateway_path` is set by a dialect for documents of a product behind the ION API gateway: the path below
    `{gateway}/{tenant}` (`M3/m3api-rest/v2/execute/CRS610MI`); the servers do not count then.
    """

    title: Text
    version: Text
    operations: tuple[Operation, ...]
    schemas: Mapping[SchemaId, Schema]
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()
    security: tuple[Requirement, ...] | None = None
    gateway_path: Text | None = None
    docs: Docs = NO_DOCS
    place: Place | None = field(default=None, compare=False)
