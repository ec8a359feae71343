"""Lists of M3 that come in pages: a page begins at the record with which the one before
ended.

A transaction that lists begins at the field that orders the list. So the next page has
the last records of the page before once more, which shows that it continues the list;
where it does not, all records are asked for at once, and those that were there already
are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from .mi_record import MIRecord

if TYPE_CHECKING:
    import httpx2

    from .mi_plan import TransactionPlan
    from .mi_result import MIResult
    from .outgoing import Outgoing
    from .transactions import Listing

T = TypeVar("T", bound=MIRecord)

_PAGE = 100
"""So many records M3 returns unless a call says otherwise."""

_CONTEXT = frozenset({"cono", "divi", "lanc"})
"""Fields that say where to look, and not what to look for."""


class ListWalk(Generic[T]):
    """One walk through a list; see `Walk`.

    Attributes:
        plan: what one call sends and returns.
        outgoing: what asks for the next page; None after the last one.
    """

    def __init__(
        self,
        listing: Listing[..., T],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> None:
        plan = listing.plan
        self.plan = cast("TransactionPlan[MIResult[T]]", plan)
        self._arguments = arguments
        self._argument = listing.start
        self._options = options
        together = {**options, **named}
        dateformat = str(together.get("dateformat") or "YMD8")
        given = self.plan.texts(named, dateformat)
        self._key = self.plan.wires[listing.start]
        self._given = given.pop(self._key, "").strip()
        self._others = {
            wire: given[wire].strip()
            for name, wire in self.plan.wires.items()
            if wire in given and name not in self.plan.required | _CONTEXT
        }
        self._named = self._complete(named, together.get("returncols"))
        size = together.get("maxrecs", _PAGE)
        self._least = size if isinstance(size, int) else _PAGE
        self._size = self._least
        self._start = ""
        self._repeated: list[dict[str, str]] = []
        self._is_rest = False
        self._continues = False
        self._count = 0
        self._page: Sequence[T] = ()
        self.outgoing: Outgoing | None = plan.outgoing(arguments, self._named, options)

    def items(self, answer: httpx2.Response, strict: bool) -> list[T]:
        """The records of a page that were not on a page before.

        Raises:
            BusinessError: M3 says that the transaction failed.
            DecodeError: the answer is no answer of M3's.
        """
        page = self.plan.results.value(answer, strict).records
        self._page = page
        if self._is_rest:
            fresh = page[self._count :]
        elif not self._repeated:
            fresh = page
        elif self._follows(page):
            fresh = page[len(self._repeated) :] if self._continues else []
        else:
            self._is_rest = True
            return []
        self._count += len(fresh)
        return fresh

    def turn(self) -> None:
        """Go on to the next page."""
        answered, self.outgoing = self._is_rest and self._size == 0, None
        if self._is_rest:
            if not answered:
                self._ask({}, 0)
            return
        if self._size == 0 or len(self._page) < self._size:
            return
        if self._repeated and not self._continues:
            # A page of one key: a longer one has the next, if there is one.
            self._ask({self._argument: self._start}, 2 * self._size)
            return
        keys = [record.text(self._key).strip() for record in self._page]
        last = self._page[-1]
        count = 0
        while count < len(keys) and keys[-1 - count] == keys[-1]:
            count += 1
        is_group = keys.count(keys[-1]) == count
        is_held = all(
            last.text(wire).strip() == text for wire, text in self._others.items()
        )
        if not (keys[-1] and is_group and is_held and _is_ordered(keys)):
            self._is_rest = True
            self._ask({}, 0)
            return
        self._repeated = [record.to_dict() for record in self._page[-count:]]
        # A list that starts where its caller said goes on, whatever the field means.
        self._continues = self._continues or keys[-1] == self._given
        self._start = keys[-1]
        self._ask({self._argument: keys[-1]}, max(self._least, 2 * count))

    def _follows(self, page: list[T]) -> bool:
        """Whether a page begins with the end of the one before. Where all of it has one
        key it may be that the field chooses records, and the list does not go on."""
        count = len(self._repeated)
        if [record.to_dict() for record in page[:count]] != self._repeated:
            return False
        others = (record.text(self._key).strip() != self._start for record in page)
        self._continues = self._continues or any(others)
        return self._continues or len(page) >= self._size

    def _ask(self, start: Mapping[str, str], size: int) -> None:
        self._size = size
        named = {**self._named, **start, "maxrecs": size}
        self.outgoing = self.plan.outgoing(self._arguments, named, self._options)

    def _complete(
        self, named: Mapping[str, object], columns: object
    ) -> Mapping[str, object]:
        """The arguments, with the fields among `returncols` that the walk needs."""
        if not columns:
            return named
        listed = columns.split(",") if isinstance(columns, str) else columns
        wanted = dict.fromkeys(map(str, cast("Sequence[object]", listed)))
        known = {field.wire for field in self.plan.results.record.fields.values()}
        needed = [self._key, *self._others]
        wanted |= dict.fromkeys(wire for wire in needed if wire in known)
        return {**named, "returncols": list(wanted)}


def _is_ordered(keys: Sequence[str]) -> bool:
    """Whether the keys of a page only rise or only fall, as far as their text tells:
    which of a letter and a digit comes first depends on the machine."""
    turns = {_rises(one, other) for one, other in pairwise(keys) if one != other}
    return not {True, False} <= turns


def _rises(one: str, other: str) -> bool | None:
    """Whether a key comes before another; None where that is not known."""
    if one.isdigit() and other.isdigit() and len(one) != len(other):
        return None
    for left, right in zip(one, other, strict=False):
        if left != right:
            alike = left.isdigit() and right.isdigit()
            alike = alike or (left.isupper() and right.isupper())
            return left < right if alike else None
    return len(one) < len(other)
