"""Values of the fields that an M3 transaction takes, and how they are written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from .mi_dates import write_date

if TYPE_CHECKING:
    from decimal import Decimal

Value: TypeAlias = "str | int | Decimal | dt.date"
"""What a field may be given; a blank text is the same as nothing."""


def spell(name: str, value: object, longest: int | None, dateformat: str) -> str:
    """The text of a field: numbers with a decimal point and no exponent, dates in the
    format of the call, yes and no as 1 and 0.

    Args:
        name: the argument, for messages.
        value: what the caller gave.
        longest: the most characters that the field holds.
        dateformat: how dates are written.

    Raises:
        TypeError: a field cannot hold such a value.
        ValueError: the text is longer than the field, or the number is not finite.
    """
    match value:
        case str():
            text = value
        case bool():
            text = "1" if value else "0"
        case int():
            text = str(value)
        case dt.date():
            text = write_date(value, dateformat)
        case _:
            text = _digits(name, value)
    if longest is not None and len(text.rstrip()) > longest:
        raise ValueError(
            f"{name}: {len(text)} characters, and the field holds {longest}"
        )
    return text


def _digits(name: str, value: object) -> str:
    from decimal import Decimal  # late: most calls have none

    if not isinstance(value, Decimal):
        raise TypeError(
            f"{name}: expected a str, an int, a Decimal or a date, not a "
            f"{type(value).__name__}"
        )
    if not value.is_finite():
        raise ValueError(f"{name}: {value} is no number that M3 knows")
    return f"{value:f}"
