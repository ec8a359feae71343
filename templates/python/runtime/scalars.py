"""The codecs of single values: numbers, literals, and the strings that stand for dates,
times, UUIDs and bytes (RFC 3339, RFC 9562, RFC 4648)."""

from __future__ import annotations

import binascii
import datetime as dt
import math
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from .shapes import KINDS, Codec, Mismatch, Plain, kind_of
from .values import prepare, spell_bytes, spell_datetime, spell_time

if TYPE_CHECKING:
    from uuid import UUID

T = TypeVar("T")
Zoned = TypeVar("Zoned", dt.datetime, dt.time)

TEXT: Final = Plain(str)
INTEGER: Final = Plain(int)
BOOLEAN: Final = Plain(bool)
NULL: Final = Plain(type(None))


class Number(Codec):
    """`float`. An integer stays one."""

    kinds = frozenset({int, float})
    expected = KINDS[float]
    certain = True

    def read(self, value: object) -> object:
        # Where the numbers of a text are parsed with all their digits, they come as Decimal.
        if value.__class__ is not float and kind_of(value) is float:
            return float(str(value))
        return value

    def check(self, value: object) -> object:
        kind = value.__class__
        read = value if kind in self.kinds else self.read(super().check(value))
        if kind is not int and isinstance(read, float) and not math.isfinite(read):
            raise Mismatch(self.expected, value, "one that JSON does not have")
        return read

    def write(self, value: object, source: object) -> object:
        if value.__class__ is not float:
            return prepare(value)
        return source if self.read(source) == value else value

    def writes(self, value: object) -> bool:
        return value.__class__ is float


FLOAT: Final = Number()


class Parsed(Codec, Generic[T]):
    """Values that JSON has as a string of a certain format.

    Args:
        type_: what Python has for them.
        expected: what they are called.
        parse: makes one of a string, or raises ValueError.
        spell: makes the string.
        same: whether two are not only equal, but say the same.
    """

    kinds = frozenset({str})

    def __init__(
        self,
        type_: type[T],
        expected: str,
        parse: Callable[[str], T],
        spell: Callable[[T], str],
        same: Callable[[T, T], bool] = operator.eq,
    ) -> None:
        self.type = type_
        self.expected = expected
        self.parse = parse
        self.spell = spell
        self.same = same

    def read(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except ValueError:
            return value

    def check(self, value: object) -> object:
        if not isinstance(value, str):
            raise Mismatch(self.expected, value)
        try:
            return self.parse(value)
        except ValueError:
            raise Mismatch(self.expected, value, "another string") from None

    def write(self, value: object, source: object) -> object:
        if not isinstance(value, self.type):
            return prepare(value)
        if isinstance(source, str):
            try:
                if self.same(self.parse(source), value):
                    return source
            except ValueError:
                return self.spell(value)
        return self.spell(value)

    def writes(self, value: object) -> bool:
        return value.__class__ is self.type


class DateTimes(Parsed[dt.datetime]):
    """`dt.datetime`."""

    def reads_as(self, source: object, value: object) -> bool:
        if not isinstance(value, dt.datetime) or not isinstance(source, str):
            return False
        try:
            read = dt.datetime.fromisoformat(source)
        except ValueError:
            return False
        return read == value and read.tzinfo is value.tzinfo


class Literals(Codec):
    """`Literal["a", "b"]`. Any other value is kept, but not in a strict reading."""

    plain = True
    direct = True

    def __init__(self, values: tuple[object, ...]) -> None:
        self.values = values
        self.kinds = frozenset(kind_of(value) for value in values)
        shown = " or ".join(repr(value) for value in values[:3])
        self.expected = shown if len(values) <= 3 else f"one of {len(values)} values"

    def check(self, value: object) -> object:
        if self.holds(value):
            return value
        found = "another value" if kind_of(value) in self.kinds else None
        raise Mismatch(self.expected, value, found)

    def holds(self, value: object) -> bool:
        """Whether the value is one of these; True is not 1."""
        return any(
            value == own and value.__class__ is own.__class__ for own in self.values
        )


def parse_datetime(text: str) -> dt.datetime:
    """RFC 3339 date-time. Digits beyond microseconds are dropped; the zone may be absent.

    Raises:
        ValueError: it is none.
    """
    if len(text) < 16 or text[4] != "-" or text[7] != "-" or text[10] not in "Tt ":
        raise ValueError("not a date-time")
    return dt.datetime.fromisoformat(f"{text[:-1]}Z" if text[-1] == "z" else text)


def parse_date(text: str) -> dt.date:
    """RFC 3339 full-date.

    Raises:
        ValueError: it is none.
    """
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError("not a date")
    return dt.date.fromisoformat(text)


def parse_time(text: str) -> dt.time:
    """RFC 3339 time, with or without seconds and zone.

    Raises:
        ValueError: it is none.
    """
    if len(text) < 5 or text[2] != ":":
        raise ValueError("not a time")
    return dt.time.fromisoformat(f"{text[:-1]}Z" if text[-1] == "z" else text)


def parse_bytes(text: str) -> bytes:
    """Base64, or base64url, with or without padding (RFC 4648).

    Raises:
        ValueError: it is none.
    """
    standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    padding = "=" * (-len(standard) % 4)
    return binascii.a2b_base64(standard + padding, strict_mode=True)


def parse_uuid(text: str) -> UUID:
    """A UUID as RFC 9562 writes it, in either case.

    Raises:
        ValueError: it is none.
    """
    from uuid import UUID

    value = UUID(text)
    if str(value) != text.lower():
        raise ValueError("not a UUID")
    return value


def _same_zone(one: Zoned, other: Zoned) -> bool:
    """Equal, and not only because another zone makes up for other digits."""
    return one == other and one.tzinfo == other.tzinfo


DATETIME: Final = DateTimes(
    dt.datetime, "a date-time", parse_datetime, spell_datetime, _same_zone
)
DATE: Final = Parsed(dt.date, "a date", parse_date, dt.date.isoformat)
TIME: Final = Parsed(dt.time, "a time", parse_time, spell_time, _same_zone)
BYTES: Final = Parsed(bytes, "bytes in base64", parse_bytes, spell_bytes)


def uuid_codec() -> Parsed[UUID]:
    """The codec of UUIDs, a function so that only those who have some import `uuid`."""
    from uuid import UUID

    return Parsed(UUID, "a UUID", parse_uuid, str)
