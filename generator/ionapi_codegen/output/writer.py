"""Puts packages in place: all of it is on the disk before anything of the old is touched, and then each
package changes in one step.

A run that fails takes everything back. A run that is killed leaves each package entirely old or entirely new,
and beside its folder a staging folder that the next run clears away. Where a system has no such step, files
are replaced one by one; what a killed run has left there, the next one puts right.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place, Severity, Stopped
from ionapi_codegen.output import manifest as manifests
from ionapi_codegen.output import obstacles
from ionapi_codegen.output.lock import is_locked, locked
from ionapi_codegen.output.manifest import Manifest
from ionapi_codegen.output.replica import remove_empty_folders, replicate, strays
from ionapi_codegen.output.survey import Outcome, Survey, staging_prefix, survey
from ionapi_codegen.output.transaction import Transaction

_SECONDS_FOR_LOCK = 30.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a folder is to hold: these files and the manifest, and in its changelog the section, if any."""

    folder: Path
    files: Mapping[str, bytes]
    manifest: Manifest
    section: str | None = None


def write(
    deliveries: Sequence[Delivery],
    force: bool,
    diagnostics: Diagnostics,
    seconds_for_lock: float = _SECONDS_FOR_LOCK,
    then: Callable[[], None] | None = None,
) -> tuple[Outcome, ...]:
    """Makes every folder hold what it is to hold, or leaves all of them as they are. `then` is what else must
    succeed.

    Files that are the same are not touched, files that an earlier run wrote and this one does not are
    deleted, files that are not ours stay. `Stopped` where a survey has an objection (see there), the lock
    cannot be had, or the file system fails; the folders are then as they were.
    """
    outcomes = _nothing_to_do(deliveries, force)
    if outcomes is not None:
        if then is not None:
            then()
        return outcomes
    try:
        with Transaction() as folders, ExitStack() as stack:
            for output in sorted({one.folder.parent for one in deliveries}):
                folders.make_folder(output)
                stack.enter_context(locked(output, seconds_for_lock, diagnostics))
            surveys = _surveys(deliveries, force, diagnostics)
            changes = [
                stack.enter_context(_staged(one.folder, found))
                for one, found in zip(deliveries, surveys, strict=True)
                if found.outcome.changes
            ]
            transaction = stack.enter_context(Transaction())
            for change in changes:
                change.put(transaction)
            for change in changes:
                change.keep_strays()
            if then is not None:
                then()
            for one, found in zip(deliveries, surveys, strict=True):
                _clear(one.folder, found.leftovers, diagnostics)
            return tuple(found.outcome for found in surveys)
    except OSError as failure:
        raise diagnostics.stop(
            "output-failed",
            f"the files cannot be written: {obstacles.reason(failure)}; the folder is as it was",
            Place(str(_concerned(deliveries, failure))),
            obstacles.advice(failure),
        ) from None


def _nothing_to_do(deliveries: Sequence[Delivery], force: bool) -> tuple[Outcome, ...] | None:
    """The outcomes where all is as it should be already: seen without a lock, for which the folder may be
    closed."""
    if not all(os.path.lexists(one.folder) for one in deliveries):
        return None
    unheard = Diagnostics()
    found = [survey(one.folder, one.files, one.manifest, force, unheard, one.section) for one in deliveries]
    if unheard.count(Severity.ERROR) or any(one.outcome.changes or one.leftovers for one in found):
        return None
    if any(is_locked(one.folder.parent) for one in deliveries):
        return None
    return tuple(one.outcome for one in found)


def _surveys(deliveries: Sequence[Delivery], force: bool, diagnostics: Diagnostics) -> list[Survey]:
    errors = diagnostics.count(Severity.ERROR)
    found = [
        survey(one.folder, one.files, one.manifest, force, diagnostics, one.section) for one in deliveries
    ]
    if diagnostics.count(Severity.ERROR) > errors:
        raise Stopped
    return found


@dataclass(slots=True)
class _Change:
    """One package, about to change. `replica` is the tree that takes the folder's place, `staging` a folder
    with the files that replace those in it one by one; the latter is made when the former cannot be used."""

    folder: Path
    found: Survey
    stack: ExitStack
    replica: Path | None = None
    staging: Path | None = None
    is_exchanged: bool = field(default=False, init=False)

    def prepare(self) -> None:
        if not os.path.lexists(self.folder) or _can_be_exchanged(self.folder, self.found.outcome):
            replica = _staging_folder(self.stack, self.folder, self.folder.parent) / "new"
            if _is_replicated(self.folder, replica, self.found):
                self.replica = replica
                return
        self.staging = self._staged_inside()

    def _staged_inside(self) -> Path:
        """Inside, because what is beside may be another file system."""
        staging = _staging_folder(self.stack, self.folder, self.folder)
        _fill(staging, self.found)
        return staging

    def put(self, transaction: Transaction) -> None:
        if self.replica is not None and not os.path.lexists(self.folder):
            transaction.put(self.replica, self.folder)
            return
        if self.replica is not None:
            try:
                transaction.exchange(self.replica, self.folder)
            except OSError:
                self.staging = self._staged_inside()
            else:
                self.is_exchanged = True
                return
        if self.staging is not None:
            _one_by_one(self.folder, self.staging, self.found.outcome, transaction)

    def keep_strays(self) -> None:
        """What somebody saved in the old folder while the new one was made, is in the new one, too."""
        if self.is_exchanged and self.replica is not None:
            for number, path in enumerate(strays(self.replica, self.folder, self.found.outcome)):
                second = self.replica.parent / f"stray-{number}"
                os.link(self.replica / path, second, follow_symlinks=False)
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                second.replace(self.folder / path)


@contextmanager
def _staged(folder: Path, found: Survey) -> Iterator[_Change]:
    """The change with all that it needs on the disk, so that a disk that is full is known in time."""
    with ExitStack() as stack:
        change = _Change(folder, found, stack)
        change.prepare()
        yield change


def _is_replicated(folder: Path, replica: Path, found: Survey) -> bool:
    """Fills the replica, with new files, too; False where the folder cannot have one."""
    try:
        if os.path.lexists(folder):
            replicate(folder, replica, found.outcome)
        else:
            replica.mkdir()
    except OSError:
        return False
    try:
        _fill(replica, found)
    except FileExistsError:
        return False  # A disk for which it is the same name as one that stays.
    return True


def _fill(staging: Path, found: Survey) -> None:
    """Writes what is new into a folder where none of it is."""
    for path in found.outcome.written:
        file = os.path.join(staging, path)
        try:
            _create(file, found.content[path])
        except FileNotFoundError:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            _create(file, found.content[path])


def _create(file: str, content: bytes) -> None:
    with open(file, "xb") as stream:
        stream.write(content)


def _staging_folder(stack: ExitStack, folder: Path, place: Path) -> Path:
    """A folder for the time of the run."""
    staging = Path(tempfile.mkdtemp(prefix=staging_prefix(folder), dir=place))
    stack.callback(shutil.rmtree, staging, ignore_errors=True)
    return staging


def _can_be_exchanged(folder: Path, outcome: Outcome) -> bool:
    """Whether nobody would miss the folder itself: no link leads to it or on from it, and this process is not
    at home in it."""
    if folder.is_symlink() or Path.cwd().is_relative_to(folder.resolve()):
        return False
    inner = {parent for path in (*outcome.written, *outcome.deleted) for parent in Path(path).parents}
    return not any((folder / parent).is_symlink() for parent in inner)


def _one_by_one(folder: Path, staging: Path, outcome: Outcome, transaction: Transaction) -> None:
    """Deletes, then replaces, the manifest last: until then the old one stands for what the folder held."""
    backups = staging / ".old"
    backups.mkdir()
    for number, path in enumerate(outcome.deleted):
        transaction.delete(folder / path, backups / f"deleted-{number}")
    for number, path in enumerate(sorted(outcome.written, key=lambda path: (path == manifests.FILE, path))):
        transaction.make_folder((folder / path).parent)
        transaction.replace(staging / path, folder / path, backups / f"replaced-{number}")
    for path in outcome.deleted:
        remove_empty_folders(folder, (folder / path).parent)


def _clear(folder: Path, leftovers: Sequence[Path], diagnostics: Diagnostics) -> None:
    for leftover in leftovers:
        shutil.rmtree(leftover, ignore_errors=True)
    if leftovers:
        diagnostics.notice(
            "run-interrupted",
            "an earlier run was killed while it was writing this package; what it left is cleared away",
            Place(str(folder)),
        )


def _concerned(deliveries: Sequence[Delivery], failure: OSError) -> Path:
    """The folder that a message names: that of the file which failed, else the first."""
    name = os.fsdecode(failure.filename) if isinstance(failure.filename, str | bytes) else ""
    for one in deliveries:
        beside = str(one.folder.parent / staging_prefix(one.folder))
        if name.startswith((str(one.folder) + os.sep, beside)):
            return one.folder
    return deliveries[0].folder
