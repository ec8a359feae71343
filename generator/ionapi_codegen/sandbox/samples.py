"""A value of a type, always the same one: examples and enumerations of the document first, else one made
up."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import (
    NO_DEFAULT,
    Access,
    Alias,
    Anything,
    Array,
    Constraints,
    Enumeration,
    Json,
    Kind,
    Map,
    Nothing,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""A JSON value that can be sent."""

BINARY = b"sandbox\x00\xff"
"""What a body of raw bytes consists of."""

_DEEPEST_OPTIONAL = 4
_MOST_VALUES = 3_000
_BY_FORMAT = {
    "email": "someone@sandbox.example",
    "idn-email": "someone@sandbox.example",
    "uri": "https://sandbox.example/",
    "url": "https://sandbox.example/",
    "uri-reference": "/sandbox",
    "hostname": "sandbox.example",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
_BY_KIND: Mapping[Kind, Plain] = {
    Kind.BOOLEAN: True,
    Kind.NULL: None,
    Kind.DATE: "2024-02-29",
    Kind.DATE_TIME: "2024-02-29T12:34:56Z",
    Kind.TIME: "12:34:56Z",
    Kind.DURATION: "PT1H30M",
    Kind.UUID: "3f2b9c1e-7d4a-4c8b-9e6f-0a1b2c3d4e5f",
    Kind.DECIMAL_STRING: "12.50",
    Kind.DECIMAL: 12.5,
    Kind.BASE64: base64.b64encode(BINARY).decode(),
    Kind.BINARY: "sandbox",
}


def plain(value: Json) -> Plain:
    """A value of the document as JSON that can be sent."""
    match value:
        case Text():
            return value.raw
        case tuple():
            return [plain(item) for item in value]
        case Mapping():
            return {key.raw: plain(item) for key, item in value.items()}
        case _:
            return value


class Sampler:
    """Samples of the types of one API. A recursive type ends where it first may; a huge one loses optional
    parts. `strings` makes the texts."""

    def __init__(self, api: Api, strings: Callable[[Scalar], str] | None = None) -> None:
        self._api = api
        self._strings = strings or string

    def of(self, type_: Type) -> Plain:
        """As a server sends it: without what is write-only."""
        return _Sample(self._api, self._strings, Access.WRITE).of(type_)

    def sent(self, type_: Type) -> Plain:
        """As a caller sends it: without what is read-only."""
        return _Sample(self._api, self._strings, Access.READ).of(type_)


@dataclass(slots=True)
class _Sample:
    """One sample in the making: how many values it has, and which named schemas are being written out."""

    api: Api
    strings: Callable[[Scalar], str]
    hidden: Access
    values: int = 0
    open: tuple[str, ...] = ()

    def of(self, type_: Type) -> Plain:
        self.values += 1
        match type_:
            case Scalar():
                return self.strings(type_) if type_.kind is Kind.STRING else _scalar(type_)
            case Enumeration():
                return plain(type_.values[0]) if type_.values else None
            case Array():
                return self._array(type_)
            case TupleOf():
                return [self.of(item) for item in type_.items]
            case Map():
                return {} if self._ends(type_.values) else {"key": self.of(type_.values)}
            case Anything():
                return {}
            case Nothing():
                return None
            case Ref():
                return self._named(type_)
            case Nullable():
                return None if self._ends(type_.of) else self.of(type_.of)
            case Union():
                return self._union(type_)
            case _:
                assert_never(type_)

    def _ends(self, type_: Type) -> bool:
        """Whether a value that may be left out is: it would repeat what it stands in, or there is enough
        already."""
        match type_:
            case Ref():
                return (
                    type_.target in self.open
                    or len(self.open) >= _DEEPEST_OPTIONAL
                    or self.values >= _MOST_VALUES
                    or type_.target not in self.api.schemas
                )
            case Array():
                return self._ends(type_.items)
            case Map():
                return self._ends(type_.values)
            case Nullable():
                return self._ends(type_.of)
            case Union():
                return all(self._ends(member) for member in type_.members)
            case _:
                return self.values >= _MOST_VALUES

    def _array(self, type_: Array) -> Plain:
        least = min(type_.constraints.min_items or 0, 3)
        if self._ends(type_.items) and not least:
            return []
        return [self.of(type_.items) for _ in range(max(least, 1))]

    def _named(self, ref: Ref) -> Plain:
        schema = self.api.schemas.get(ref.target)
        if schema is None or self.open.count(ref.target) > 1:
            return None
        if schema.docs.examples:
            return plain(schema.docs.examples[0])
        before, self.open = self.open, (*self.open, ref.target)
        try:
            return self.of(schema.type) if isinstance(schema, Alias) else self._record(schema)
        finally:
            self.open = before

    def _record(self, record: Record) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        for base in record.bases:
            schema = self.api.schemas.get(base.target)
            if isinstance(schema, Record) and schema is not record:
                found |= self._record(schema)
                found |= self._own_name(schema, record)
        for prop in record.properties:
            if prop.access is not self.hidden and (prop.required or not self._ends(prop.type)):
                found[prop.name.raw] = self._property(prop)
        return found | self._own_name(record, record)

    def _own_name(self, parent: Record, record: Record) -> dict[str, Plain]:
        """The discriminating property as the parent wants it for this record."""
        if parent.discriminator is None:
            return {}
        for value, ref in parent.discriminator.mapping:
            if ref.target == record.id:
                return {parent.discriminator.property.raw: value.raw}
        return {}

    def _property(self, prop: Property) -> Plain:
        if prop.docs.examples:
            return plain(prop.docs.examples[0])
        if prop.default is not NO_DEFAULT and prop.default is not None:
            return plain(prop.default)
        return self.of(prop.type)

    def _union(self, union: Union) -> Plain:
        member = next((one for one in union.members if not self._ends(one)), union.members[0])
        value = self.of(member)
        if union.discriminator is not None and isinstance(value, dict) and isinstance(member, Ref):
            for name, ref in union.discriminator.mapping:
                if ref == member:
                    value[union.discriminator.property.raw] = name.raw
                    break
        return value


def _scalar(scalar: Scalar) -> Plain:
    match scalar.kind:
        case Kind.INTEGER:
            return math.ceil(_number(scalar.constraints, 1))
        case Kind.NUMBER:
            return _number(scalar.constraints, 1.5)
        case kind:
            return _BY_KIND[kind]


def _number(constraints: Constraints, usual: int | float) -> int | float:
    """A number within bounds: the usual one where it is, else one at a bound, on the grid of `multipleOf`."""
    low = constraints.minimum
    if low is None and constraints.exclusive_minimum is not None:
        low = constraints.exclusive_minimum + 1
    high = constraints.maximum
    if high is None and constraints.exclusive_maximum is not None:
        high = constraints.exclusive_maximum - 1
    step = constraints.multiple_of
    number = usual if low is None or usual >= low else low
    number = number if high is None or number <= high else high
    return number if not step else step * max(1, math.ceil(number / step))


def string(scalar: Scalar) -> str:
    """A text of the format and the length that are stated; its pattern does not count."""
    text = _BY_FORMAT.get(scalar.format.raw if scalar.format else "", "text")
    least, most = scalar.constraints.min_length or 0, scalar.constraints.max_length
    text = text if len(text) >= least else text.ljust(min(least, 1000), "x")
    return text if most is None else text[:most]
