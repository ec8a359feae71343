"""What a regeneration changed, told for the people who use the client: as a section of its `CHANGELOG.md`,
and as lines on the terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ionapi_codegen.changes.model import Change, Level
from ionapi_codegen.report import printable

Version = tuple[int, int, int]

_MOST_LISTED = {Level.BREAKING: 200, Level.COMPATIBLE: 100, Level.DOCUMENTATION: 20}
_MOST_LINES = 20
_MOST_NAMED = 3
_VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+].*)?", re.ASCII | re.IGNORECASE)
_SPECIAL = re.compile(r"([\\`*<]|\](?=[(\[]))")


def section(
    changes: Sequence[Change], old: Mapping[str, str], new: Mapping[str, str], last: Version | None
) -> str | None:
    """The section for these changes; None where the API is the same to its callers, whatever is said of it.

    `old` and `new` are the versions of the documents by the names of their APIs, `last` is the version that
    the newest section proposes.
    """
    if not any(change.level is not Level.DOCUMENTATION for change in changes):
        return None
    proposed = ".".join(map(str, proposal(changes, old.values(), new.values(), last)))
    parts = [f"## {_heading(old, new)}", f"Proposed version: {proposed}"]
    for level in Level:
        # The heading has the versions.
        found = [change for change in changes if change.level is level and change.kind != "version-changed"]
        if found:
            parts += [f"### {level.value.capitalize()}", "\n".join(_items(found, _MOST_LISTED[level]))]
    return "\n\n".join(parts) + "\n"


def proposal(
    changes: Iterable[Change], old: Iterable[str], new: Iterable[str], last: Version | None
) -> Version:
    """The next version by the rules of semver.org, below 1.0.0 a step less; the document's own where that is
    higher. Counted from the last one proposed, or else from the version of the old document."""
    major, minor, patch = last or max(filter(None, map(version, old)), default=(0, 0, 0))
    levels = {change.level for change in changes}
    step = 0 if Level.BREAKING in levels else 1 if Level.COMPATIBLE in levels else 2
    if major == 0:
        step += 1
    following = ((major + 1, 0, 0), (major, minor + 1, 0), (major, minor, patch + 1))[min(step, 2)]
    return max([following, *filter(None, map(version, new))])


def version(text: str) -> Version | None:
    """The numbers of a version, `2` and `v2.1` included; None where it is none, or a year."""
    found = _VERSION.fullmatch(text.strip())
    if found is None or int(found[1]) > 999:
        return None
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


def counted(changes: Iterable[Change]) -> str:
    """`2 breaking, 1 compatible, 3 documentation`; of a level without changes nothing."""
    levels = Counter(change.level for change in changes)
    return ", ".join(f"{levels[level]:,} {level.value}" for level in Level if levels[level])


def lines(changes: Sequence[Change], most: int = _MOST_LINES) -> Iterator[str]:
    """What a terminal shows: what callers notice, a line each, at most so many; then how many there are.
    Nothing where nothing has changed."""
    noticed = [change for change in changes if change.level is not Level.DOCUMENTATION]
    for change in noticed[:most]:
        broken = f" ({', '.join(_broken(change))})" if change.breaks else ""
        yield f"{change.level.value}: {_line(change.where)}: {_line(change.message)}{broken}"
    if len(noticed) > most:
        yield f"… and {len(noticed) - most:,} more"
    if changes:
        yield f"changes of the API: {counted(changes)}"


def _items(changes: Sequence[Change], most: int) -> Iterator[str]:
    for change in changes[:most]:
        broken = f" *({', '.join(_broken(change))})*" if change.breaks else ""
        yield f"- `{_line(change.where).replace('`', chr(39))}`: {_escaped(change.message)}{broken}"
    if len(changes) > most:
        yield f"- … and {len(changes) - most:,} more"


def _broken(change: Change) -> list[str]:
    return sorted(one.value for one in change.breaks)


def _heading(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    if len(old) == len(new) == 1:
        return " → ".join(_escaped(found) for found in (*old.values(), *new.values()))
    moved = [
        f"{name} {_escaped(old.get(name, 'new'))} → {_escaped(new.get(name, 'gone'))}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
    if not moved:
        return f"{len(new):,} APIs, versions as before"
    rest = len(moved) - _MOST_NAMED
    return ", ".join(moved[:_MOST_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def _line(text: str) -> str:
    """Text of a document, perhaps: one line, nothing that a terminal or a file would obey."""
    return printable(" ".join(text.split()))


def _escaped(text: str) -> str:
    """The same in Markdown, where it stands as it is."""
    return _SPECIAL.sub(r"\\\1", _line(text))
