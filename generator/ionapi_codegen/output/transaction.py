"""Changes on the disk that can be taken back, the last one first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from ionapi_codegen.output.exchange import exchange


class Transaction:
    """As a context manager it takes everything back when its block fails, as far as the file system lets it:
    what cannot be taken back must not hide the failure."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []

    def __enter__(self) -> Transaction:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while kind is not None and self._undo:
            with suppress(OSError):
                self._undo.pop()()

    def make_folder(self, folder: Path) -> None:
        """With those above it."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._undo.append(one.rmdir)

    def put(self, new: Path, folder: Path) -> None:
        """Gives a folder its place, where there is nothing."""
        new.rename(folder)
        self._undo.append(lambda: folder.rename(new))

    def exchange(self, one: Path, other: Path) -> None:
        exchange(one, other)
        self._undo.append(lambda: exchange(one, other))

    def delete(self, file: Path, backup: Path) -> None:
        file.replace(backup)
        self._undo.append(lambda: backup.replace(file))

    def replace(self, new: Path, file: Path, backup: Path) -> None:
        """One file by another, in one step."""
        existed = os.path.lexists(file)
        if existed:
            _second_name(file, backup)
        self._undo.append(lambda: backup.replace(file) if existed else file.unlink(missing_ok=True))
        new.replace(file)


def _second_name(file: Path, backup: Path) -> None:
    """The old content under another name while it stays at its own; a copy where there are no hard links."""
    try:
        os.link(file, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(file, backup, follow_symlinks=False)
