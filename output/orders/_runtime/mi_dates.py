"""Dates as M3 writes them, in the format that a call asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, TypeAlias

DateFormat: TypeAlias = Literal["YMD8", "YMD6", "MDY6", "DMY6", "YWD5", "YMD8-"]
"""The date formats of M3's REST service; `YMD8`, 20261124, unless a call says
otherwise."""

_FORMATS: Mapping[str, str] = {
    "YMD8": "%Y%m%d",
    "YMD6": "%y%m%d",
    "MDY6": "%m%d%y",
    "DMY6": "%d%m%y",
    "YWD5": "%y%V%u",
    "YMD8-": "%Y-%m-%d",
}


def write_date(date: dt.date, dateformat: str) -> str:
    """The date as M3 expects it.

    >>> write_date(dt.date(2026, 11, 24), "YWD5")
    '26482'
    """
    if dateformat == "YWD5":
        year, week, day = date.isocalendar()
        return f"{year % 100:02}{week:02}{day}"
    return date.strftime(_FORMATS.get(dateformat, "%Y%m%d"))


def read_date(text: str, dateformat: str) -> dt.date | None:
    """The date that M3 wrote; None for blanks and zeros.

    Raises:
        ValueError: the text is no date.
    """
    if not text.strip("0- "):
        return None
    try:
        if len(text) == 5 and dateformat == "YWD5":
            year = 2000 + int(text[:2])
            return dt.date.fromisocalendar(year, int(text[2:4]), int(text[4]))
        known = {8: "YMD8", 10: "YMD8-"}.get(len(text), dateformat)
        return dt.datetime.strptime(text, _FORMATS[known]).date()
    except (KeyError, ValueError):
        problem = f"{text!r} is no date in the format {dateformat}"
    raise ValueError(problem)
