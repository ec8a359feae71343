"""Where in the documents changes stand: line and column, looked up once for all that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ionapi_codegen.changes.model import Change, Side
from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.spec.positions import locate_all
from ionapi_codegen.spec.source import MOST_BYTES, SourceFile, decode, read


def with_lines(changes: Iterable[Change], contents: Mapping[str, bytes]) -> tuple[Change, ...]:
    """The changes with `file:line:column` in their sides. `contents` are the documents that came from the
    network, by their names; of a file that cannot be read any more the name alone is told."""
    listed = tuple(changes)
    pointers: dict[str, set[str]] = {}
    for change in listed:
        for side in (change.old, change.new):
            if side is not None and side.written is not None:
                pointers.setdefault(side.written.file, set()).add(side.written.pointer)
    places: dict[tuple[str, str], str] = {}
    for name, wanted in pointers.items():
        source = _source(name, contents.get(name))
        if source is None:
            places.update({(name, pointer): name for pointer in wanted})
            continue
        for pointer, spot in locate_all(source, sorted(wanted)).items():
            places[name, pointer] = f"{name}:{spot.line}:{spot.column}"
    return tuple(
        replace(change, old=_placed(change.old, places), new=_placed(change.new, places)) for change in listed
    )


def _placed(side: Side | None, places: Mapping[tuple[str, str], str]) -> Side | None:
    if side is None or side.written is None:
        return side
    return replace(side, place=places[side.written.file, side.written.pointer])


def _source(name: str, content: bytes | None) -> SourceFile | None:
    try:
        if content is not None:
            return decode(name, content, MOST_BYTES, Diagnostics())
        path = Path(name)
        return read(path, name, MOST_BYTES, Diagnostics()) if path.is_file() else None
    except Stopped:
        return None
