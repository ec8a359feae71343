"""What `ionapi generate` says at its end: what was made, or what would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionapi_codegen import release_notes
from ionapi_codegen.cli.findings import counted
from ionapi_codegen.pipeline import Generated, Mode

_MOST_PACKAGES = 20
_MOST_CHANGES = 20


def lines(made: Sequence[Generated], mode: Mode, seconds: float) -> Iterator[str]:
    """What has changed for callers; in other modes than `WRITE` every file that would change; then a line a
    package, and one for the run."""
    yield from _changes([one for one in made if one.changes], named=len(made) > 1)
    if mode is not Mode.WRITE:
        for one in made:
            yield from (f"would write {one.folder / path}" for path in one.outcome.written)
            yield from (f"would delete {one.folder / path}" for path in one.outcome.deleted)
    if 1 < len(made) <= _MOST_PACKAGES:
        yield from (f"{one.folder}: {_size([one])}; {_files([one], mode)}" for one in made)
    place = str(made[0].folder) if len(made) == 1 else f"{len(made)} packages"
    yield f"{place}: {_size(made)}; {_files(made, mode)}; {seconds:.1f} s"
    if mode is Mode.CHECK:
        stale = any(one.outcome.changes for one in made)
        yield "not up to date: run `ionapi generate` with the same arguments" if stale else "up to date"


def _changes(changed: Sequence[Generated], *, named: bool) -> Iterator[str]:
    """Of many packages fewer changes each, so that all of it can be read."""
    for one in changed[:_MOST_PACKAGES]:
        if named:
            yield f"{one.folder}:"
        yield from release_notes.lines(one.changes, max(2, _MOST_CHANGES // len(changed)))
    if len(changed) > _MOST_PACKAGES:
        yield f"… and {counted(len(changed) - _MOST_PACKAGES, 'more package')} whose API has changed"


def _size(made: Sequence[Generated]) -> str:
    operations = sum(one.operations for one in made)
    models = sum(one.models for one in made)
    return f"{counted(operations, 'operation')}, {counted(models, 'model')}"


def _files(made: Sequence[Generated], mode: Mode) -> str:
    written = sum(len(one.outcome.written) for one in made)
    unchanged = sum(len(one.outcome.unchanged) for one in made)
    deleted = sum(len(one.outcome.deleted) for one in made)
    if mode is Mode.WRITE:
        return f"{counted(written, 'file')} written, {unchanged:,} unchanged, {deleted:,} deleted"
    return f"{counted(written, 'file')} to write, {unchanged:,} unchanged, {deleted:,} to delete"
