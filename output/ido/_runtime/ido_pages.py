"""Collections that come in pages, each with a bookmark that leads to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .pages import ByCursor, Names

T_co = TypeVar("T_co", covariant=True)


class ByBookmark(ByCursor[T_co]):
    """An argument takes the bookmark that the answer before has at `next`, and another
    says that the way from there is forward. A page without items is the last: older
    releases do not say whether more follow, and give a bookmark all the same."""

    def __init__(
        self,
        argument: str,
        /,
        *,
        next: Names,
        then: Mapping[str, object],
        items: Names = (),
        more: Names | None = None,
    ) -> None:
        super().__init__(argument, next=next, items=items, more=more)
        self.then = then

    def onward(self, *, empty: bool) -> Mapping[str, object] | None:
        return None if empty else self.then
