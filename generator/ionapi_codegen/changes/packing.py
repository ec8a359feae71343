"""The model of an API as a package keeps it: all that a later comparison needs, in plain JSON values.

Descriptions are kept as digests, places as what can be told from them; examples, links and the names of
enumerations' values are left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TypeAlias, assert_never

from ionapi_codegen.changes.scene import digest
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.location import located
from ionapi_codegen.ir.operation import (
    Body,
    Content,
    Header,
    Operation,
    Pagination,
    Parameter,
    Part,
    Requirement,
    Response,
    Server,
)
from ionapi_codegen.ir.schema import (
    NO_CONSTRAINTS,
    Access,
    Anything,
    Array,
    Constraints,
    Discriminator,
    Docs,
    Enumeration,
    Json,
    Kind,
    Map,
    NoDefault,
    Nothing,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    Schema,
    SchemaId,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.servers import label

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""What JSON can hold."""

KINDS = tuple(Kind)
ACCESSES = tuple(Access)
_LIMITS = tuple(field.name for field in dataclasses.fields(Constraints))
# From 1: 0 at the end of a record would be left out.
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS, 1)}
_ACCESS_NUMBERS = {access: number for number, access in enumerate(ACCESSES)}


def packed(api: Api) -> Plain:
    """One document. A record of values by position; what says nothing at its end is left out."""
    return _Packing(api).api()


class _Packing:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._numbers: dict[SchemaId, int] = {name: number for number, name in enumerate(api.schemas)}
        self._known: dict[int, str] = {}
        self._properties: dict[tuple[str, bool, int, int, int, int], Plain] = {}

    def api(self) -> Plain:
        api = self._api
        return _trimmed(
            [
                api.title.raw,
                api.version.raw,
                [located(api, schema_id) for schema_id in api.schemas],
                [self._schema(schema) for schema in api.schemas.values()],
                [self._operation(operation) for operation in api.operations],
                list(map(_server, api.servers)),
                [[tag.name.raw, digest(tag.docs)] for tag in api.tags],
                [
                    [
                        one.name.raw,
                        one.kind.value,
                        one.location.value if one.location is not None else None,
                        _raw(one.key),
                    ]
                    for one in api.security_schemes
                ],
                _requirements(api.security),
                _raw(api.gateway_path),
                api.protocol.value if api.protocol is not None else None,
                list(map(self._parameter, api.options)),
                self._docs(api.docs),
            ]
        )

    def _schema(self, schema: Schema) -> Plain:
        hint: Plain = [part.raw for part in schema.hint]
        docs, old = self._docs(schema.docs), int(schema.docs.deprecated)
        if not isinstance(schema, Record):
            return _trimmed([hint, self._type(schema.type), docs, old])
        return _trimmed(
            [
                hint,
                list(map(self._property, schema.properties)),
                docs,
                old,
                [self._numbers[base.target] for base in schema.bases],
                None if schema.additional is None else [self._type(schema.additional)],
                self._discriminator(schema.discriminator),
                "record",
            ]
        )

    def _property(self, one: Property) -> Plain:
        """Properties are written out alike in many records, and share what is made of them."""
        said = id(one.type), id(one.access), id(one.docs), id(one.default)
        key = (one.name.raw, one.required, *said)
        if key not in self._properties:
            self._properties[key] = self._packed(one)
        return self._properties[key]

    def _packed(self, one: Property) -> Plain:
        flags = one.required + 2 * _ACCESS_NUMBERS[one.access] + 8 * one.docs.deprecated
        return _trimmed(
            [one.name.raw, self._type(one.type), flags, self._docs(one.docs), _default(one.default)]
        )

    def _operation(self, one: Operation) -> Plain:
        return _trimmed(
            [
                one.method,
                one.path.raw,
                _raw(one.id),
                [tag.raw for tag in one.tags],
                list(map(self._parameter, one.parameters)),
                self._body(one.body),
                list(map(self._response, one.responses)),
                one.effect.value,
                list(map(_server, one.servers)),
                _requirements(one.security),
                _raw(one.written),
                self._pages(one.pages),
                self._docs(one.docs),
                int(one.docs.deprecated),
            ]
        )

    def _parameter(self, one: Parameter) -> Plain:
        flags = (
            one.required
            + 2 * one.explode
            + 4 * one.allow_reserved
            + 8 * one.allow_empty
            + 16 * one.docs.deprecated
        )
        return _trimmed(
            [
                one.name.raw,
                one.location.value,
                self._type(one.type),
                flags,
                one.style,
                self._docs(one.docs),
                _default(one.default),
                one.media_type,
            ]
        )

    def _body(self, one: Body | None) -> Plain:
        if one is None:
            return None
        return [int(one.required), list(map(self._content, one.contents)), self._docs(one.docs)]

    def _response(self, one: Response) -> Plain:
        return _trimmed(
            [
                one.status,
                list(map(self._content, one.contents)),
                list(map(self._header, one.headers)),
                self._docs(one.docs),
            ]
        )

    def _content(self, one: Content) -> Plain:
        return _trimmed(
            [
                one.media_type,
                None if one.type is None else [self._type(one.type)],
                None if one.item is None else [self._type(one.item)],
                list(map(self._part, one.parts)),
            ]
        )

    def _header(self, one: Header) -> Plain:
        return [one.name.raw, self._type(one.type), one.required + 2 * one.explode, self._docs(one.docs)]

    def _part(self, one: Part) -> Plain:
        return _trimmed(
            [
                one.name.raw,
                list(one.media_types),
                one.style,
                one.explode,
                one.allow_reserved,
                list(map(self._header, one.headers)),
            ]
        )

    def _pages(self, one: Pagination | None) -> Plain:
        if one is None:
            return None
        step: list[Plain] = [type(one.step).__name__]
        step += (_stepped(getattr(one.step, field.name)) for field in dataclasses.fields(one.step))
        more: Plain = None if one.more is None else _texts(one.more)
        return [step, self._type(one.item), _texts(one.items), more]

    def _discriminator(self, one: Discriminator | None) -> Plain:
        if one is None:
            return None
        mapping: list[Plain] = [[value.raw, self._numbers[ref.target]] for value, ref in one.mapping]
        rest: list[Plain] = [] if one.default is None else [self._numbers[one.default.target]]
        return [one.property.raw, mapping, *rest]

    def _type(self, one: Type) -> Plain:
        match one:
            case Scalar(kind, format, constraints):
                number = _KIND_NUMBERS[kind]
                if format is None and constraints == NO_CONSTRAINTS:
                    return number
                return _trimmed(["s", number, _raw(format), _limits(constraints)])
            case Ref(target):
                return [self._numbers[target]]
            case Array(items, constraints):
                return _trimmed(["a", self._type(items), _limits(constraints)])
            case Map(values, constraints):
                return _trimmed(["m", self._type(values), _limits(constraints)])
            case Nullable(of):
                return ["n", self._type(of)]
            case Enumeration(values):
                kinds: Plain = [_KIND_NUMBERS[kind] for kind in KINDS if kind in one.kinds]
                return ["e", [_json(value) for value in values], kinds]
            case Union(members, discriminator):
                return _trimmed(["u", list(map(self._type, members)), self._discriminator(discriminator)])
            case TupleOf(items, rest):
                return _trimmed(
                    ["t", list(map(self._type, items)), None if rest is None else [self._type(rest)]]
                )
            case Anything():
                return ["*"]
            case Nothing():
                return ["-"]
            case _:
                assert_never(one)

    def _docs(self, one: Docs) -> str:
        """Documents say the same of many things, and say it once."""
        if one.description is None and one.summary is None:
            return ""
        key = id(one)
        if key not in self._known:
            self._known[key] = digest(one)
        return self._known[key]


def _trimmed(values: list[Plain]) -> Plain:
    while values and not values[-1] and values[-1] is not False:
        values.pop()
    return values


def _raw(text: Text | None) -> str | None:
    return None if text is None else text.raw


def _texts(texts: tuple[Text, ...]) -> Plain:
    return [text.raw for text in texts]


def _stepped(value: object) -> Plain:
    """A member of a `Step`: a name, the way to a value, a number, or nothing."""
    match value:
        case Text():
            return value.raw
        case tuple():
            return [part.raw for part in value if isinstance(part, Text)]
        case int():
            return value
        case _:
            return None


def _server(one: Server) -> Plain:
    variables: list[Plain] = [
        [each.name.raw, each.default.raw, _texts(each.values)] for each in one.variables
    ]
    called = label(one)
    return [one.url.raw, variables, *([] if called is None else [called.raw])]


def _requirements(alternatives: tuple[Requirement, ...] | None) -> Plain:
    return None if alternatives is None else [[_texts(together) for together in alternatives]]


def _limits(constraints: Constraints) -> Plain:
    """The limits that there are, by their numbers."""
    if constraints == NO_CONSTRAINTS:
        return None
    found: list[Plain] = []
    for number, name in enumerate(_LIMITS):
        value: int | float | Text | None = getattr(constraints, name)
        if value is not None and value is not False:
            found += (number, _json(value))
    return found


def _default(value: Json | NoDefault) -> Plain:
    return None if isinstance(value, NoDefault) else [_json(value)]


def _json(value: Json) -> Plain:
    match value:
        case Text():
            return value.raw
        case tuple():
            return list(map(_json, value))
        case Mapping():
            return {key.raw: _json(member) for key, member in value.items()}
        case _:
            return value
