"""What writing a package would do to a folder: compared with what lies there, nothing touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.output import changelog, obstacles
from ionapi_codegen.output import manifest as manifests
from ionapi_codegen.output.manifest import Manifest, sha256
from ionapi_codegen.output.spelling import folded

_STAGING = ".ionapi-codegen-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Paths inside the package's folder, sorted. The manifest is among them like any other file."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    deleted: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether anything was, or would be, written or deleted."""
        return bool(self.written or self.deleted)


@dataclass(frozen=True, slots=True)
class Survey:
    """`content` is everything that is to lie in the folder. `leftovers` are the staging folders of runs that
    were killed: to be removed once this one is done."""

    outcome: Outcome
    content: Mapping[str, bytes]
    leftovers: tuple[Path, ...]


def survey(
    folder: Path,
    files: Mapping[str, bytes],
    manifest: Manifest,
    force: bool,
    diagnostics: Diagnostics,
    section: str | None = None,
) -> Survey:
    """Compares the files of a package with its folder. `section` is what its changelog is to have more,
    unless the target writes one itself.

    What must not happen is reported as an error: a file that was edited since it was generated, or that is
    somebody else's at a path we need (both are overwritten under `force`), a link that leads out of the
    output folder, a folder in a file's place. `ValueError` for a set of files that no folder could hold: a
    bug of the target.
    """
    _refuse_impossible(files)
    content = {**{path: files[path] for path in sorted(files)}, manifests.FILE: manifest.to_bytes()}
    leftovers = staging_folders(folder)
    known = _known(folder, leftovers, force, diagnostics)
    spellings = {folded(path): path for path in known}
    written: list[str] = []
    unchanged: list[str] = []
    edited: list[str] = []
    foreign: list[str] = []
    is_new = not os.path.lexists(folder)
    for path, new in content.items():
        current = None if is_new else obstacles.content(folder, path, diagnostics)
        respelled = path not in known and _is_one_file(folder, path, spellings.get(folded(path)))
        if current == new and not respelled:
            unchanged.append(path)
            continue
        written.append(path)
        if current is None or path == manifests.FILE or respelled:
            continue  # Respelled, it is looked at and deleted under its old name.
        if path not in known:
            foreign.append(path)
        elif sha256(current) not in known[path]:
            edited.append(path)
    if section is not None and changelog.FILE not in files:
        current = obstacles.content(folder, changelog.FILE, diagnostics)
        content[changelog.FILE] = changelog.with_section(current, section)
        (unchanged if current == content[changelog.FILE] else written).append(changelog.FILE)
    deleted: list[str] = []
    for path in sorted(known.keys() - content.keys()):
        current = obstacles.content(folder, path, diagnostics)
        if current is not None:
            deleted.append(path)
            if sha256(current) not in known[path]:
                edited.append(path)
    if not force:
        _refuse_edited(folder, sorted(edited), diagnostics)
        _refuse_foreign(folder, foreign, diagnostics)
    outcome = Outcome(tuple(sorted(written)), tuple(sorted(unchanged)), tuple(deleted))
    return Survey(outcome, content, leftovers)


def staging_prefix(folder: Path) -> str:
    """How the names of a package's staging folders begin: `.orders.ionapi-codegen-`."""
    return f".{folder.name}{_STAGING}"


def staging_folders(folder: Path) -> tuple[Path, ...]:
    """Those that were left behind by runs that were killed; they lie beside the folder, or, where that is
    another file system, in it."""
    found: list[Path] = []
    for place in (folder.parent, folder):
        with suppress(OSError):
            found += (one for one in place.iterdir() if one.name.startswith(staging_prefix(folder)))
    return tuple(sorted(found))


def _is_one_file(folder: Path, path: str, known: str | None) -> bool:
    """Whether a disk that does not tell two spellings apart has an earlier run's file under this one."""
    try:
        return known is not None and (folder / path).samefile(folder / known)
    except FileNotFoundError:
        return False


def _known(
    folder: Path, leftovers: Iterable[Path], force: bool, diagnostics: Diagnostics
) -> dict[str, set[str]]:
    """The files that are ours, each with the contents that it has as long as nobody edits it.

    A run that was killed while it put files in place left its manifest in its staging folder: what it placed
    is ours.
    """
    known: dict[str, set[str]] = {}
    for place in (folder, *leftovers):
        content = obstacles.content(place, manifests.FILE, diagnostics)
        if content is None:
            continue
        try:
            found = manifests.parse(content)
        except ValueError:
            if place == folder and not force:
                diagnostics.error(
                    "manifest-broken",
                    "the manifest is not one of ionapi-codegen, so its files cannot be told from yours",
                    Place(str(place / manifests.FILE)),
                    "restore it from version control, or use --force to overwrite the files",
                )
            continue
        for path, digest in found.files.items():
            known.setdefault(path, set()).add(digest)
    return known


def _refuse_edited(folder: Path, paths: list[str], diagnostics: Diagnostics) -> None:
    if paths:
        diagnostics.error(
            "output-edited",
            f"edited since they were generated: {_listed(paths)}",
            Place(str(folder)),
            "move the changes out of the generated files, or use --force to lose them",
        )


def _refuse_foreign(folder: Path, paths: list[str], diagnostics: Diagnostics) -> None:
    if paths:
        diagnostics.error(
            "output-foreign",
            f"files in the way that ionapi-codegen did not write: {_listed(paths)}",
            Place(str(folder)),
            "choose another --output or --package, or use --force to overwrite them",
        )


def _listed(paths: list[str], most: int = 10) -> str:
    rest = len(paths) - most
    return ", ".join(paths[:most]) + (f" and {rest} more" if rest > 0 else "")


def _refuse_impossible(files: Mapping[str, bytes]) -> None:
    taken: dict[str, str] = {}
    for path in sorted(files):
        if not manifests.is_relative(path) or path == manifests.FILE:
            raise ValueError(f"not a path for a generated file: {path!r}")
        spelled = folded(path)
        if other := taken.get(spelled):
            raise ValueError(f"{other!r} and {path!r} are one file on Windows and macOS")
        taken[spelled] = path
