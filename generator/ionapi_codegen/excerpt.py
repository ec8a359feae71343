"""Where in a file a place is, and what is written there; looked up only for findings that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.spec.positions import locate
from ionapi_codegen.spec.source import MOST_BYTES, SourceFile, read


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Line and column, from 1, and the numbered lines around them: none of a file that holds secrets, or
    that cannot be read."""

    line: int
    column: int
    lines: tuple[tuple[int, str], ...] = ()


class Excerpts:
    """Looks places up, and reads each file once."""

    def __init__(self) -> None:
        self._files: dict[str, SourceFile | None] = {}

    def at(self, place: Place, around: int = 1) -> Excerpt | None:
        """The place with so many lines before and after; None for a whole file, and for a pointer into a file
        that cannot be read any more."""
        known = (place.line, place.column or 1) if place.line is not None else None
        if known is None and not place.pointer:
            return None
        source = self._file(place.file)
        if source is None:
            return Excerpt(*known) if known else None
        line, column = known or locate(source, place.pointer)
        if place.secret or source.holds_secrets:
            return Excerpt(line, column)
        lines = source.lines(line - around, line + around)
        while lines and lines[-1][0] > line and not lines[-1][1].strip():
            lines = lines[:-1]  # nothing to see, least of all after the last line break of a file
        return Excerpt(line, column, lines)

    def _file(self, name: str) -> SourceFile | None:
        if name not in self._files:
            self._files[name] = _read(name)
        return self._files[name]


def _read(name: str) -> SourceFile | None:
    path = Path(name)
    if not path.is_file():
        return None
    try:
        return read(path, name, MOST_BYTES, Diagnostics())
    except Stopped:
        return None
