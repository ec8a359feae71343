"""Changes for a terminal: grouped by how much they weigh, each with its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionapi_codegen.changes.model import Breaks, Change, Level, Side
from ionapi_codegen.report import printable

_NO_CHANGES = "no changes"


def render(changes: Sequence[Change]) -> str:
    """Each change in a line, with `[kind]` as its last word, then where it stands on both sides; at the end
    how many there are."""
    lines: list[str] = []
    for level in Level:
        found = [change for change in changes if change.level is level]
        if found:
            lines += [f"{level.value.capitalize()}", *(line for one in found for line in _lines(one)), ""]
    return "\n".join([*lines, counted(changes)]) + "\n"


def counted(changes: Sequence[Change]) -> str:
    """`2 breaking (1 source, 2 wire), 1 compatible, 3 documentation`."""
    parts: list[str] = []
    for level in Level:
        found = [change for change in changes if change.level is level]
        broken = [one for change in found for one in change.breaks]
        told = [f"{broken.count(one):,} {one.value}" for one in dict.fromkeys(sorted(broken, key=_name))]
        if found:
            breaks = f" ({', '.join(told)})" if told else ""
            parts.append(f"{len(found):,} {level.value}{breaks}")
    return ", ".join(parts) or _NO_CHANGES


def _name(one: Breaks) -> str:
    return one.value


def _lines(change: Change) -> Iterator[str]:
    broken = ", ".join(one.value for one in change.breaks)
    told = f"{printable(change.where)}: {printable(change.message)}"
    breaks = f" ({broken})" if broken else ""
    yield f"  {told}{breaks} [{change.kind}]"
    places = [_place(change.old), _place(change.new)]
    if any(places):
        yield f"      {' -> '.join(printable(place or '(none)') for place in places)}"


def _place(side: Side | None) -> str | None:
    return None if side is None else side.place
