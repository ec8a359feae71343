"""How values of Python are spelled on the wire: in JSON, and as the text of a parameter."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from .unset import UNSET

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

Writer: TypeAlias = Callable[[Any, bool], object]
"""Turns a value of one type into a JSON value; the flag is `request`, see `write`."""

PLAIN = frozenset({str, int, bool, type(None)})
"""The types whose values are JSON values, whatever the value is."""


def write(value: object, request: bool = False) -> object:
    """Turn a value, and whatever it holds, into JSON values.

    Takes models, mappings, sequences, and the scalars that `to_wire` takes. `UNSET` in a
    mapping or a sequence is left out. A `Decimal` is written as a string.

    Args:
        value: what is written; it is not changed.
        request: whether it is for a request: read-only fields of models are left out.

    Raises:
        TypeError: JSON has nothing for a value of this type.
    """
    kind = value.__class__
    if kind in PLAIN or kind is float:
        return value
    writer = WRITERS.get(kind)
    if writer is None:
        writer = WRITERS[kind] = _writer(kind)
    return writer(value, request)


def to_wire(value: object) -> str:
    """The text of one scalar in a path, a query, a header or a form.

    >>> to_wire(True), to_wire(dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    ('true', '2026-01-02T03:04:05Z')

    Raises:
        TypeError: the value is no scalar.
        ValueError: the value is NaN or infinite.
    """
    written = write(value)
    match written:
        case bool():
            return "true" if written else "false"
        case str():
            return str.__str__(written)
        case int():
            return int.__repr__(written)
        case float():
            if not math.isfinite(written):
                raise ValueError(f"{written!r} has no spelling on the wire")
            return float.__repr__(written)
        case None:
            return "null"
        case _:
            raise TypeError(f"{type(value).__qualname__} is not a single value")


def copy_json(value: Any) -> object:
    """A copy of a JSON value that shares no object and no array with it."""
    if value.__class__ is dict:
        return {key: copy_json(item) for key, item in value.items()}
    if value.__class__ is list:
        return [copy_json(item) for item in value]
    return value


def spell_datetime(value: dt.datetime) -> str:
    """RFC 3339, with `Z` for UTC; a value without a zone is written without one."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def spell_time(value: dt.time) -> str:
    """RFC 3339, with `Z` for UTC; a value without a zone is written without one."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def spell_decimal(value: Decimal) -> str:
    """All digits, no exponent: `1200.50`.

    Raises:
        ValueError: the value is NaN or infinite.
    """
    if not value.is_finite():
        raise ValueError(f"{value} has no spelling on the wire")
    return f"{value:f}"


def spell_bytes(value: bytes) -> str:
    """Base64 with padding (RFC 4648 section 4)."""
    return b64encode(value).decode("ascii")


def _write_mapping(value: Mapping[object, object], request: bool) -> object:
    return {
        key: write(item, request) for key, item in value.items() if item is not UNSET
    }


def _write_sequence(value: list[object], request: bool) -> object:
    return [write(item, request) for item in value if item is not UNSET]


# By name, because a value of `Decimal` or `UUID` is only there where somebody else paid for
# the import. A type is looked up in the order of its bases: `datetime` before `date`.
_WRITERS_BY_NAME: Mapping[str, Writer] = {
    "builtins.str": lambda value, request: str.__str__(value),
    "builtins.int": lambda value, request: int(value),
    "builtins.float": lambda value, request: float(value),
    "builtins.dict": _write_mapping,
    "collections.abc.Mapping": _write_mapping,
    "builtins.mappingproxy": _write_mapping,
    "builtins.list": _write_sequence,
    "builtins.tuple": _write_sequence,
    "builtins.set": lambda value, request: _write_sequence(sorted(value), request),
    "builtins.frozenset": lambda value, request: _write_sequence(
        sorted(value), request
    ),
    "builtins.bytes": lambda value, request: spell_bytes(value),
    "builtins.bytearray": lambda value, request: spell_bytes(value),
    "datetime.datetime": lambda value, request: spell_datetime(value),
    "datetime.date": lambda value, request: value.isoformat(),
    "datetime.time": lambda value, request: spell_time(value),
    "decimal.Decimal": lambda value, request: spell_decimal(value),
    "uuid.UUID": lambda value, request: str(value),
    "enum.Enum": lambda value, request: write(value.value, request),
}

WRITERS: dict[type, Writer] = {}
"""The writers of the types that were met, and of those that other modules add."""


def _writer(kind: type) -> Writer:
    for base in kind.__mro__:
        writer = WRITERS.get(base) or _WRITERS_BY_NAME.get(
            f"{base.__module__}.{base.__qualname__}"
        )
        if writer is not None:
            return writer
    if issubclass(kind, Mapping):
        return _write_mapping
    raise TypeError(f"a value of type {kind.__qualname__} cannot be sent as JSON")
