"""Puts a package's files in place: all staged first, then swapped in one by one, and back again if that
fails.

A run that is killed leaves every file either old or new, and beside the folder a staging folder whose
manifest tells the next run which of them are the generator's; that run puts everything right.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place, Severity, Stopped
from ionapi_codegen.output import manifest as manifests
from ionapi_codegen.output import obstacles
from ionapi_codegen.output.lock import locked
from ionapi_codegen.output.manifest import Manifest
from ionapi_codegen.output.survey import Outcome, Survey, staging_prefix, survey

_SECONDS_FOR_LOCK = 30.0


def write(
    folder: Path,
    files: Mapping[str, bytes],
    manifest: Manifest,
    force: bool,
    diagnostics: Diagnostics,
    seconds_for_lock: float = _SECONDS_FOR_LOCK,
) -> Outcome:
    """Makes the folder hold these files and the manifest.

    Files that are the same are not touched, files that an earlier run wrote and this one does not are
    deleted, files that are not ours stay. `Stopped` where the survey has an objection (see there), the lock
    cannot be had, or the file system fails; the folder is then as it was.
    """
    transaction = _Transaction()
    try:
        transaction.make_folder(folder.parent)
        with locked(folder.parent, seconds_for_lock, diagnostics):
            errors = diagnostics.count(Severity.ERROR)
            found = survey(folder, files, manifest, force, diagnostics)
            if diagnostics.count(Severity.ERROR) > errors:
                raise Stopped
            if found.outcome.changes:
                with _staged(folder, found) as staging:
                    _swap(folder, staging, found.outcome, transaction)
            for leftover in found.leftovers:
                shutil.rmtree(leftover, ignore_errors=True)
            return found.outcome
    except OSError as failure:
        transaction.undo()
        raise diagnostics.stop(
            "output-failed",
            f"the files cannot be written: {obstacles.reason(failure)}; the folder is as it was",
            Place(str(folder)),
            obstacles.advice(failure),
        ) from None
    except BaseException:
        transaction.undo()
        raise


@contextmanager
def _staged(folder: Path, found: Survey) -> Iterator[Path]:
    """A folder on the same file system that holds what is to be written, the manifest last. The backups of
    what is replaced go there, too."""
    staging = Path(tempfile.mkdtemp(prefix=staging_prefix(folder), dir=folder.parent))
    try:
        for path in (*found.outcome.written, manifests.FILE):
            file = staging / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(found.content[path])
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(folder: Path, staging: Path, outcome: Outcome, transaction: _Transaction) -> None:
    """Deletes, then replaces, the manifest last: until then the old one stands for what the folder held."""
    backups = staging / ".old"
    backups.mkdir()
    written = sorted(outcome.written, key=lambda path: (path == manifests.FILE, path))
    try:
        for number, path in enumerate(outcome.deleted):
            transaction.delete(folder / path, backups / f"deleted-{number}")
        for number, path in enumerate(written):
            transaction.make_folder((folder / path).parent)
            transaction.replace(staging / path, folder / path, backups / f"replaced-{number}")
    except BaseException:
        # Here and not later: the backups go with the staging folder.
        transaction.undo()
        raise
    for path in outcome.deleted:
        _remove_empty_folders(folder, (folder / path).parent)


def _remove_empty_folders(folder: Path, inner: Path) -> None:
    """A folder that held generated files only goes with the last of them."""
    while inner != folder:
        try:
            inner.rmdir()
        except OSError:
            return
        inner = inner.parent


@dataclass(slots=True)
class _Transaction:
    """Changes of files that can be taken back: for each file its backup, None where there was no file."""

    changed: list[tuple[Path, Path | None]] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)

    def make_folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self.made.append(one)

    def delete(self, file: Path, backup: Path) -> None:
        file.replace(backup)
        self.changed.append((file, backup))

    def replace(self, new: Path, file: Path, backup: Path) -> None:
        existed = file.exists() or file.is_symlink()
        if existed:
            _second_name(file, backup)
        self.changed.append((file, backup if existed else None))
        new.replace(file)

    def undo(self) -> None:
        """As far as the file system lets us; what cannot be undone must not hide the failure that brought us
        here."""
        while self.changed:
            file, backup = self.changed.pop()
            with suppress(OSError):
                if backup is None:
                    file.unlink(missing_ok=True)
                else:
                    backup.replace(file)
        while self.made:
            with suppress(OSError):
                self.made.pop().rmdir()


def _second_name(file: Path, backup: Path) -> None:
    """The old content under another name while it stays at its own; a copy where there are no hard links."""
    try:
        os.link(file, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(file, backup, follow_symlinks=False)
