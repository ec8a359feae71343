"""Values by position, as a kept model has them; `ValueError` for what is of another kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ionapi_codegen.changes.packing import Plain
from ionapi_codegen.ir.text import Text

_T = TypeVar("_T")


class Row:
    """Values by position; what was left out at the end is None."""

    __slots__ = ("_values",)

    def __init__(self, values: Plain) -> None:
        if not isinstance(values, list):
            raise ValueError("not a row of values")
        self._values = values

    def __getitem__(self, place: int) -> Plain:
        return self._values[place] if place < len(self._values) else None

    def text(self, place: int) -> str:
        found = self[place]
        if not isinstance(found, str | None):
            raise ValueError("not a text")
        return found or ""

    def maybe(self, place: int) -> Text | None:
        return Text(self.text(place)) if self[place] is not None else None

    def number(self, place: int) -> int:
        found = self[place]
        if not isinstance(found, int | None):
            raise ValueError("not a number")
        return found or 0

    def each(self, place: int, made: Callable[[Plain], _T]) -> tuple[_T, ...]:
        found = self[place]
        if not isinstance(found, list | None):
            raise ValueError("not a list")
        return tuple([made(value) for value in found or ()])
