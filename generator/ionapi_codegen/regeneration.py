"""What a run changes of the API that a package was made from, known before anything is written."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen import release_notes
from ionapi_codegen.changes import package_model
from ionapi_codegen.changes.model import Change, Described, Level
from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.output import changelog, manifest


class FailOn(enum.Enum):
    """Which changes are too much for a run."""

    BREAKING = "breaking"
    ANY = "any"  # what is only said about the API included


@dataclass(frozen=True, slots=True)
class News:
    """The changes, the heaviest first, and the section that tells them in the package's changelog; no section
    where callers notice nothing."""

    changes: tuple[Change, ...] = ()
    section: str | None = None


NO_NEWS = News()


def news(folder: Path, model: str, new: Described, diagnostics: Diagnostics) -> News:
    """What is new for those who call the package in this folder; `model` is what it is going to carry.

    Nothing where it carries the same already, where there is no package yet, and where it does not know what
    it was made from.
    """
    carried = package_model.last(folder)
    if carried is None or carried == model:
        return NO_NEWS
    try:
        old = package_model.decode(carried, new.package or folder.name)
    except ValueError:
        diagnostics.notice(
            "package-model-unreadable",
            "what has changed cannot be told: another version of ionapi-codegen noted what the package was "
            "made from",
            Place(str(folder / manifest.FILE)),
        )
        return NO_NEWS
    # Late: of no use to the many runs that change nothing, or have nothing to compare with.
    from ionapi_codegen.changes.compare import compare

    changes = compare(old, new)
    last = changelog.proposed_version(_read(folder / changelog.FILE))
    return News(changes, release_notes.section(changes, _versions(old), _versions(new), last))


def is_too_much(changes: Iterable[Change], limit: FailOn | None) -> bool:
    """Whether a run with this limit is to stop."""
    levels = {change.level for change in changes}
    return Level.BREAKING in levels if limit is FailOn.BREAKING else limit is not None and bool(levels)


def _versions(side: Described) -> Mapping[str, str]:
    """The versions of the documents by the names of their APIs; of one document, whatever it is called."""
    if len(side.apis) == 1:
        return {"": side.apis[0].api.version.raw}
    return {one.name: one.api.version.raw for one in side.apis}


def _read(file: Path) -> bytes | None:
    """What cannot be read is said when it is to be written."""
    try:
        return file.read_bytes()
    except OSError:
        return None
