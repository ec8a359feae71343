"""The neutral model of data: types, and the named schemas that are made of them.

`lower` makes the neutral model from a document, dialects refine it, targets turn it into text. It says
what an API means in the words of no programming language: names are wire names, how they are spelled in
a language is the target's affair. Everything is frozen, and only a `Ref` closes a cycle. Strings of the
document are `Text`; plain `str` is our own vocabulary (HTTP methods, pointers, media types that were
parsed and put in lower case).
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
    """An object without named properties: any key, values of one type. Its items are its keys."""

    values: Type
    constraints: Constraints = NO_CONSTRAINTS


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
    """The property whose value tells which schema an object is of, and what each value stands for; `default`
    is for an object with another value, or with none."""

    property: Text
    mapping: tuple[tuple[Text, Ref], ...]  # in document order; each value once
    default: Ref | None = None


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
