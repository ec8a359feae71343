"""What a single value on the wire is: its JSON type and format, and the limits stated for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ionapi_codegen.ir.schema import NO_CONSTRAINTS, Constraints, Kind
from ionapi_codegen.ir.text import Text

_STRING_FORMATS: Mapping[str, Kind] = {
    "date": Kind.DATE,
    "date-time": Kind.DATE_TIME,
    "datetime": Kind.DATE_TIME,
    "time": Kind.TIME,
    "duration": Kind.DURATION,
    "uuid": Kind.UUID,
    "guid": Kind.UUID,
    "byte": Kind.BASE64,
    "base64": Kind.BASE64,
    "base64url": Kind.BASE64,
    "binary": Kind.BINARY,
    "file": Kind.BINARY,
    "decimal": Kind.DECIMAL_STRING,
    "number": Kind.DECIMAL_STRING,
    "bigdecimal": Kind.DECIMAL_STRING,
}
_NUMBER_FORMATS: Mapping[str, Kind] = {"decimal": Kind.DECIMAL, "bigdecimal": Kind.DECIMAL}
_TYPES: Mapping[str, Kind] = {
    "string": Kind.STRING,
    "integer": Kind.INTEGER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "null": Kind.NULL,
    "file": Kind.BINARY,
}
_INTEGER_FORMATS = frozenset(("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"))
_FLOAT_FORMATS = frozenset(("float", "double"))
_TEXTUAL = (
    "text/",
    "application/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/jwt",
)

_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_LENGTHS = ("minLength", "maxLength", "pattern")
_CONSTRAINING = frozenset((*_LIMITS, *_LENGTHS, "minItems", "maxItems", "uniqueItems"))


def kind(type_name: str, format_name: str | None) -> Kind:
    """The meaning of a JSON type with a format. An unknown format changes nothing.

    `kind("string", "byte")` is BASE64; `kind("number", "decimal")` is DECIMAL, since its digits all count.
    """
    plain = _TYPES[type_name]
    if format_name is None:
        return plain
    formats = {Kind.STRING: _STRING_FORMATS, Kind.NUMBER: _NUMBER_FORMATS}.get(plain, {})
    return formats.get(format_name.lower(), plain)


def type_of_format(format_name: str) -> str | None:
    """The JSON type that a schema with this format and no `type` must mean; None where the format tells
    nothing."""
    name = format_name.lower()
    if name in _INTEGER_FORMATS:
        return "integer"
    if name in _FLOAT_FORMATS:
        return "number"
    return "string" if name in _STRING_FORMATS and name not in _NUMBER_FORMATS else None


def content_kind(encoding: object, media_type: object) -> Kind | None:
    """The meaning of a string with `contentEncoding` or `contentMediaType`; None where it stays a string."""
    if isinstance(encoding, str) and encoding.lower() in ("base64", "base64url"):
        return Kind.BASE64
    if encoding is None and isinstance(media_type, str):
        name = media_type.lower()
        if not name.startswith(_TEXTUAL) and not name.partition(";")[0].rstrip().endswith(("+json", "+xml")):
            return Kind.BINARY
    return None


def constraints(schemas: Sequence[Mapping[str, object]]) -> Constraints:
    """What all the schemas together demand of a value: the tightest of each limit, the first pattern."""
    stating = [schema for schema in schemas if not _CONSTRAINING.isdisjoint(schema)]
    if not stating:
        return NO_CONSTRAINTS
    patterns = (schema.get("pattern") for schema in stating)
    return Constraints(
        minimum=_tightest(stating, "minimum", largest=True),
        maximum=_tightest(stating, "maximum", largest=False),
        exclusive_minimum=_tightest(stating, "exclusiveMinimum", largest=True),
        exclusive_maximum=_tightest(stating, "exclusiveMaximum", largest=False),
        multiple_of=_tightest(stating, "multipleOf", largest=True),
        min_length=_count(stating, "minLength", largest=True),
        max_length=_count(stating, "maxLength", largest=False),
        pattern=next((Text(pattern) for pattern in patterns if isinstance(pattern, str)), None),
        min_items=_count(stating, "minItems", largest=True),
        max_items=_count(stating, "maxItems", largest=False),
        unique_items=any(schema.get("uniqueItems") is True for schema in stating),
    )


def entries(schemas: Sequence[Mapping[str, object]]) -> Constraints:
    """How many properties an object may have."""
    if not any("minProperties" in schema or "maxProperties" in schema for schema in schemas):
        return NO_CONSTRAINTS
    return Constraints(
        min_items=_count(schemas, "minProperties", largest=True),
        max_items=_count(schemas, "maxProperties", largest=False),
    )


def _tightest(schemas: Sequence[Mapping[str, object]], key: str, *, largest: bool) -> int | float | None:
    stated: list[int | float] = []
    for schema in schemas:
        value = schema.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            stated.append(value)
    if not stated:
        return None
    return max(stated) if largest else min(stated)


def _count(schemas: Sequence[Mapping[str, object]], key: str, *, largest: bool) -> int | None:
    stated = _tightest(schemas, key, largest=largest)
    return int(stated) if stated is not None and stated == stated // 1 else None
