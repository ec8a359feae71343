"""A second tree beside a package's folder: what the folder is to be, ready to take its place.

What stays is not copied: it gets a second name (a hard link), so that a file of the team keeps its identity,
its times and whatever an editor writes into it meanwhile.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ionapi_codegen.output.survey import Outcome


def replicate(folder: Path, replica: Path, outcome: Outcome) -> None:
    """Fills a new folder with all that stays in the old one: what is neither written anew nor deleted.

    Raises OSError where a second name cannot be had: no hard links, another file system inside, a folder that
    belongs to somebody else.
    """
    gone = frozenset((*outcome.written, *outcome.deleted))
    _replicate(folder, replica, "", gone)
    for path in outcome.deleted:
        remove_empty_folders(replica, (replica / path).parent)


def strays(old: Path, new: Path, outcome: Outcome) -> Iterator[str]:
    """The paths of files that somebody made or replaced in the old tree while the new one was made."""
    gone = frozenset((*outcome.written, *outcome.deleted))
    for folder, _, names in os.walk(old):
        for name in names:
            path = Path(folder, name).relative_to(old).as_posix()
            if path not in gone and not _is_one_file(old / path, new / path):
                yield path


def remove_empty_folders(folder: Path, inner: Path) -> None:
    """A folder that held generated files only goes with the last of them."""
    while inner != folder:
        try:
            inner.rmdir()
        except FileNotFoundError:
            pass  # A folder of another deleted file was below it.
        except OSError:
            return
        inner = inner.parent


def _replicate(folder: Path, replica: Path, prefix: str, gone: frozenset[str]) -> None:
    replica.mkdir()
    _as_its_model(replica, folder.stat())
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                _replicate(folder / entry.name, replica / entry.name, f"{path}/", gone)
            elif path not in gone:
                os.link(entry.path, replica / entry.name, follow_symlinks=False)


def _as_its_model(folder: Path, model: os.stat_result) -> None:
    """The owner and the mode of the folder whose place this one takes; not the times, by which Python knows
    that there are new modules."""
    own = folder.stat()
    if (own.st_uid, own.st_gid) != (model.st_uid, model.st_gid):
        os.chown(folder, model.st_uid, model.st_gid)
    if own.st_mode != model.st_mode:
        folder.chmod(stat.S_IMODE(model.st_mode))


def _is_one_file(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except FileNotFoundError:
        return False
