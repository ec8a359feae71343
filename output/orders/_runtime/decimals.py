"""Decimal numbers of which every digit counts, in a string or as a JSON number."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from .scalars import Parsed
from .shapes import Mismatch
from .values import prepare, spell_decimal


class Decimals(Parsed[Decimal]):
    """`Decimal` is written as a string, `Annotated[Decimal, EXACT]` as a number. Both are
    read from either."""

    kinds = frozenset({str, int, float})

    def __init__(self, *, exact: bool) -> None:
        super().__init__(Decimal, "a decimal number", parse_decimal, spell_decimal)
        self.exact = exact

    def read(self, value: object) -> object:
        match value:
            case bool():
                return value
            case int():
                return Decimal(value)
            case float():
                number = Decimal(repr(value))
                return number if number.is_finite() else value
            case _:
                return super().read(value)

    def check(self, value: object) -> object:
        read = self.read(value)
        if isinstance(read, Decimal):
            return read
        found = "another string" if isinstance(value, str) else None
        raise Mismatch(self.expected, value, found)

    def write(self, value: object, source: object) -> object:
        if not isinstance(value, Decimal):
            return prepare(value)
        read = self.read(source)
        if isinstance(read, Decimal) and read.as_tuple() == value.as_tuple():
            return source
        if not self.exact:
            return spell_decimal(value)
        if not value.is_finite():
            raise ValueError(f"{value} has no spelling in JSON")
        return value


def parse_decimal(text: str) -> Decimal:
    """A finite decimal number, with or without an exponent.

    Raises:
        ValueError: it is none.
    """
    if not text.isascii() or "_" in text or text != text.strip():
        raise ValueError("not a decimal number")
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("not a decimal number") from error
    if not value.is_finite():
        raise ValueError("not a finite number")
    return value


DECIMAL_STRING: Final = Decimals(exact=False)
DECIMAL_NUMBER: Final = Decimals(exact=True)
