"""How values of Python are spelled on the wire: in JSON, and as the text of a parameter."""

from __future__ import annotations

import datetime as dt
import math
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeGuard

from .unset import UNSET, Unset

if TYPE_CHECKING:
    from decimal import Decimal

    from .spelling import Speller, Spelling

Preparer: TypeAlias = Callable[[Any], object]
"""What `prepare` does with values of one type."""

PLAIN: frozenset[type] = frozenset({str, int, bool, type(None)})
"""The types whose values are JSON values, whatever the value is."""

PLAIN_AND_FLOAT: frozenset[type] = PLAIN | {float}
"""Those, and the numbers that may be NaN, which the writer of JSON texts refuses."""

_TWO_DIGITS: Final = tuple(f"{number:02}" for number in range(100))


class Deferred:
    """What stands for a JSON object that is not made yet: a model.

    It is made when the writer of the JSON text comes to it, and is gone after, so that a
    large body is never there twice.
    """

    __slots__ = ()

    __source__: dict[str, object]
    """What it was received as; never changed. Empty if it was not."""

    @classmethod
    def __speller__(cls, spelling: Spelling) -> Speller | None:
        """What makes the JSON text without the object; None where nothing does."""
        raise NotImplementedError

    def __json__(self, request: bool) -> dict[str, object]:
        """The object; what is inside may be `Deferred` again. Not to be changed.

        Args:
            request: whether it is for a request: read-only properties are left out.
        """
        raise NotImplementedError


def write(value: object, request: bool = False) -> object:
    """Turn a value, and whatever it holds, into JSON values that are shared with nothing.

    Takes models, mappings, sequences, and the scalars that `to_wire` takes. `UNSET` in a
    mapping is left out. A `Decimal` is written as a string.

    Args:
        value: what is written; it is not changed.
        request: whether it is for a request: read-only properties of models are left out.

    Raises:
        TypeError: JSON has nothing for a value of this type.
    """
    return settle(prepare(value), request)


def prepare(value: object) -> object:
    """Like `write`, but models stay as they are, for the writer of JSON texts."""
    kind = value.__class__
    if kind in PLAIN_AND_FLOAT:
        return value
    preparer = _PREPARERS.get(kind)
    if preparer is None:
        preparer = _PREPARERS[kind] = _preparer(kind)
    return preparer(value)


def settle(value: object, request: bool) -> object:
    """A copy of what `prepare` made, with nothing but JSON values; a Decimal stays one, it
    is a number with all its digits."""
    if value.__class__ in PLAIN_AND_FLOAT or is_decimal(value):
        return value
    if isinstance(value, Deferred):
        value = value.__json__(request)
    if is_object(value):
        return {key: settle(item, request) for key, item in value.items()}
    if is_array(value):
        return [settle(item, request) for item in value]
    return settle(prepare(value), request)


def to_wire(value: object) -> str:
    """The text of one scalar in a path, a query, a header or a form.

    >>> to_wire(True), to_wire(dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    ('true', '2026-01-02T03:04:05Z')

    Raises:
        TypeError: the value is no scalar.
        ValueError: the value is NaN or infinite.
    """
    written = prepare(value)
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


def is_array(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Whether JSON has an array for it."""
    return isinstance(value, (list, tuple))


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether JSON has an object for it, and it is no model."""
    return value.__class__ is dict or isinstance(value, Mapping)


def is_decimal(value: object) -> bool:
    """Whether it is a Decimal; asks by name, so that nobody has to import them."""
    kind = value.__class__
    return kind.__module__ == "decimal" and kind.__qualname__ == "Decimal"


def spell_datetime(value: dt.datetime) -> str:
    """RFC 3339, with `Z` for UTC; a value without a zone is written without one."""
    if value.tzinfo is dt.UTC:
        # The usual case, in half the time of `isoformat`.
        two = _TWO_DIGITS
        year, fraction = value.year, value.microsecond
        text = (
            f"{two[year // 100]}{two[year % 100]}-{two[value.month]}-{two[value.day]}"
            f"T{two[value.hour]}:{two[value.minute]}:{two[value.second]}"
        )
        if not fraction:
            return f"{text}Z"
        high, middle, low = fraction // 10_000, fraction // 100 % 100, fraction % 100
        return f"{text}.{two[high]}{two[middle]}{two[low]}Z"
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


def _prepare_mapping(value: Mapping[object, object]) -> object:
    return {key: prepare(item) for key, item in value.items() if item is not UNSET}


def _prepare_sequence(value: Iterable[object]) -> object:
    return [prepare(item) for item in value]


def _same(value: object) -> object:
    return value


# By name, because a value of `Decimal` or `UUID` is only there where somebody else paid for
# the import. A type is looked up in the order of its bases: `datetime` before `date`.
_BY_NAME: Mapping[str, Preparer] = {
    "builtins.str": str.__str__,
    "builtins.int": int.__int__,
    "builtins.float": float.__float__,
    "builtins.bytes": spell_bytes,
    "builtins.bytearray": spell_bytes,
    "builtins.list": _prepare_sequence,
    "builtins.tuple": _prepare_sequence,
    "builtins.set": lambda value: _prepare_sequence(sorted(value)),
    "builtins.frozenset": lambda value: _prepare_sequence(sorted(value)),
    "datetime.datetime": spell_datetime,
    "datetime.date": lambda value: value.isoformat(),
    "datetime.time": spell_time,
    "decimal.Decimal": spell_decimal,
    "uuid.UUID": str,
    "enum.Enum": lambda value: prepare(value.value),
}

_PREPARERS: dict[type, Preparer] = {}
"""What is done with the types that were met."""


def _preparer(kind: type) -> Preparer:
    if issubclass(kind, Deferred):
        return _same
    for base in () if kind is Unset else kind.__mro__:
        preparer = _BY_NAME.get(f"{base.__module__}.{base.__qualname__}")
        if preparer:
            return preparer
    if issubclass(kind, Mapping):
        return _prepare_mapping
    raise TypeError(f"a value of type {kind.__qualname__} cannot be sent as JSON")
