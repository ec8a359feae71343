"""One run at a time in an output folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place

FILE = ".ionapi-codegen.lock"
_SECONDS_BETWEEN_TRIES = 0.05


def is_locked(folder: Path) -> bool:
    """Whether a run holds the folder's lock, or was killed while it did."""
    return (folder / FILE).exists()


@contextmanager
def locked(folder: Path, seconds: float, diagnostics: Diagnostics, name: str = FILE) -> Iterator[None]:
    """Holds the folder's lock, waiting for at most so many seconds; `Stopped` when another run keeps it
    longer.

    The lock is the operating system's and ends with the process that holds it; its file goes with the last
    holder. Where there is no `flock` (Windows, some network drives) there is no lock.
    """
    if sys.platform == "win32":
        yield
        return
    file = folder / name
    deadline = time.monotonic() + seconds
    while (descriptor := _try(file)) is None:
        if time.monotonic() >= deadline:
            raise diagnostics.stop(
                "output-locked",
                "another run of ionapi is writing to this folder",
                Place(str(folder)),
                "wait for it to end, then try again",
            )
        time.sleep(_SECONDS_BETWEEN_TRIES)
    try:
        yield
    finally:
        # Removed while the lock is held: whoever opened the file before finds it gone and makes a new one.
        file.unlink(missing_ok=True)
        os.close(descriptor)


if sys.platform != "win32":
    import fcntl

    def _try(file: Path) -> int | None:
        """The descriptor that holds the lock, or None."""
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            return descriptor
        try:
            if os.path.samestat(os.fstat(descriptor), file.stat()):
                return descriptor
        except FileNotFoundError:
            pass
        os.close(descriptor)
        return None
