"""What every M3 transaction takes beside its own fields: options of the client, and of
a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypedDict, cast

from .mi_dates import DateFormat


class CallOptions(TypedDict, total=False):
    """The options of one call.

    Attributes:
        maxrecs: how many records are returned at most; 100 unless said otherwise, and 0
            for all of them.
        returncols: the fields that records shall have, such as `[Customer.cuno]`.
        dateformat: how dates are written; 20261124 unless said otherwise.
        excludeempty: whether blank fields are left out of records.
        righttrim: whether M3 leaves blanks at the end of values away.
        locale: the locale of the answer.
        time_zone: the time zone of the answer.
        format: the layout of the answer's JSON.
        extendedresult: whether the answer repeats what was sent.
    """

    maxrecs: int
    returncols: str | Iterable[str]
    dateformat: DateFormat
    excludeempty: bool
    righttrim: bool
    locale: str
    time_zone: str
    format: Literal["UNFORMATTED", "COMPACT", "PRETTY"]
    extendedresult: bool


class Options(CallOptions, total=False):
    """The options of a client, and of a call that has no fields of these names.

    Attributes:
        cono: the company; the user's own unless said otherwise.
        divi: the division; the user's own unless said otherwise.
        lanc: the language; the user's own unless said otherwise.
    """

    cono: int | str
    divi: str
    lanc: str


CALL_OPTIONS = frozenset(CallOptions.__annotations__)
OPTIONS = CALL_OPTIONS | {"cono", "divi", "lanc"}


def written(options: Mapping[str, object]) -> list[tuple[str, str]]:
    """The options by their names in M3, as they are sent.

    Raises:
        TypeError: there is no such option, or its value is of another type.
    """
    return [
        ("timeZone" if name == "time_zone" else name, _text(name, value))
        for name, value in options.items()
        if value is not None
    ]


def _text(name: str, value: object) -> str:
    if name not in OPTIONS:
        raise TypeError(f"{name!r} is no option of M3")
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int():
            return str(value)
        case Iterable() if name == "returncols":
            return ",".join(map(str, cast("Iterable[object]", value)))
        case _:
            raise TypeError(f"{name}: not a value of this option: {value!r}")
