"""The changes as the page shows them: each with both sides, and with the operation or model it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ionapi_codegen.changes.model import Breaks, Change, Level
from ionapi_codegen.changes.model import Side as ChangeSide
from ionapi_codegen.report_page.holdings import ModelTold, OperationTold
from ionapi_codegen.report_page.pairing import Pair, Told
from ionapi_codegen.report_page.views import ChangeView, Comparison, Tile, Verdict
from ionapi_codegen.report_page.wording import plain, short

_MOST_LETTERS = 600
_SAID = {
    Level.BREAKING: "something that works now stops working",
    Level.COMPATIBLE: "nobody has to do anything",
    Level.DOCUMENTATION: "only what is said about it",
}
_MOODS = {Level.BREAKING: "bad", Level.COMPATIBLE: "good", Level.DOCUMENTATION: "calm"}
_BROKEN = {
    Breaks.SOURCE: ("in source", "code written for the old client no longer type-checks against the new one"),
    Breaks.WIRE: ("on the wire", "the client in use fails against a server of the new document"),
}


class Finder:
    """Finds the operation (`o3`) or model (`m5`) that a side of a change is about."""

    def __init__(self, operations: Sequence[Pair[OperationTold]], models: Sequence[Pair[ModelTold]]) -> None:
        self._old = {
            **_index("m", (pair.old for pair in models)),
            **_index("o", (pair.old for pair in operations)),
        }
        self._new = {
            **_index("m", (pair.new for pair in models)),
            **_index("o", (pair.new for pair in operations)),
        }

    def sides(self, change: Change) -> tuple[str, str]:
        """On the old side and on the new one; empty where it cannot be told, or there is none."""
        return _found(self._old, change.old, change.where), _found(self._new, change.new, change.where)


def _index(kind: str, ones: Iterable[OperationTold | ModelTold | None]) -> dict[str, str]:
    """By name, and by JSON pointer where that says which of several documents it is in."""
    numbered = [(f"{kind}{number}", one) for number, one in enumerate(ones) if one is not None]
    found = {_name(one): thing for thing, one in numbered}
    pointers = Counter(one.place.pointer for _, one in numbered if one.place is not None)
    for thing, one in numbered:
        if one.place is not None and pointers[one.place.pointer] == 1:
            found.setdefault(one.place.pointer, thing)
    return found


def _name(one: OperationTold | ModelTold) -> str:
    return one.call if isinstance(one, OperationTold) else one.key


def _found(index: Mapping[str, str], side: ChangeSide | None, where: str) -> str:
    """By what callers call it, a thing or what the thing belongs to, with or without the package in front; or
    else, under another name, by where it stands."""
    if side is None:
        return ""
    below = where.partition(".")[2]
    ways = [*_upwards(where, "."), *_upwards(below, "."), *_upwards(side.pointer, "/")]
    return next((index[way] for way in ways if way in index), "")


def _upwards(way: str, separator: str) -> Iterator[str]:
    while way:
        yield way
        way = way.rpartition(separator)[0]


def comparison(changes: Sequence[Change], finder: Finder) -> Comparison:
    """The changes in the order given, and what they amount to."""
    counts = {level: sum(change.level is level for change in changes) for level in Level}
    broken = {one: sum(one in change.breaks for change in changes) for one in Breaks}
    tiles = [Tile(_MOODS[level], count, level.value, _SAID[level]) for level, count in counts.items()]
    tiles[1:1] = [Tile("bad", count, *_BROKEN[one]) for one, count in broken.items() if count]
    return Comparison(
        _verdict(counts),
        tuple(tiles),
        tuple(level.value for level in Level if counts[level]),
        tuple(_view(change, *finder.sides(change)) for change in changes),
    )


def _verdict(counts: Mapping[Level, int]) -> Verdict:
    breaking, compatible = counts[Level.BREAKING], counts[Level.COMPATIBLE]
    if breaking:
        noun = "changes break" if breaking > 1 else "change breaks"
        return Verdict("bad", f"{breaking:,} {noun} something for those who call this API.")
    if compatible:
        return Verdict("good", "Nothing breaks: who calls this API can take the new client as it is.")
    if counts[Level.DOCUMENTATION]:
        return Verdict("calm", "The API is the same; only what is said about it has changed.")
    return Verdict("good", "Nothing has changed for those who call this API.")


def _view(change: Change, before: str, after: str) -> ChangeView:
    message = short(change.message, _MOST_LETTERS)
    old, new = _value(change.old), _value(change.new)
    is_told = old is not None and new is not None and old in message and new in message
    return ChangeView(
        level=change.level.value,
        breaks=tuple(one.value for one in change.breaks),
        where=plain(change.where),
        message=message,
        old=None if is_told else old,
        new=None if is_told else new,
        old_place=_place(change.old),
        new_place=_place(change.new),
        before=f"{before}.old" if before else "",
        after=f"{after}.new" if after else "",
    )


def _value(side: ChangeSide | None) -> str | None:
    return None if side is None or side.value is None else short(side.value, _MOST_LETTERS)


def _place(side: ChangeSide | None) -> str:
    return "" if side is None else plain(side.place or side.pointer)


def by_thing(changes: Sequence[Change], finder: Finder) -> dict[str, list[int]]:
    """The numbers of the changes that each operation or model went through."""
    found: dict[str, list[int]] = {}
    for number, change in enumerate(changes):
        for thing in dict.fromkeys(filter(None, finder.sides(change))):
            found.setdefault(thing, []).append(number)
    return found


def partners(
    kind: str, pairs: Sequence[Pair[Told]], changes: Iterable[Change], finder: Finder
) -> tuple[Pair[Told], ...]:
    """The same pairs, what is gone put beside what came where a change says that it is the same thing under
    another name."""
    moved: dict[int, int] = {}
    for change in changes:
        old, new = finder.sides(change)
        if old[:1] == new[:1] == kind and old != new:
            gone, came = int(old[1:]), int(new[1:])
            if pairs[gone].new is None and pairs[came].old is None:
                moved.setdefault(came, gone)
    gone_numbers = set(moved.values())
    return tuple(
        Pair(pairs[moved[number]].old, pair.new) if number in moved else pair
        for number, pair in enumerate(pairs)
        if number not in gone_numbers
    )
