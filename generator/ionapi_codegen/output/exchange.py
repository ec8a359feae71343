"""Two folders change places in one step, where the system has such a step."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_LINUX_HERE = -100  # AT_FDCWD: paths are as anywhere else
_LINUX_EXCHANGE = 2  # RENAME_EXCHANGE, renameat2(2)
_MACOS_SWAP = 2  # RENAME_SWAP, renamex_np(2)


def exchange(one: Path, other: Path) -> None:
    """Lets two paths of a file system change places: nobody ever sees one of them missing, not even who looks
    after a crash of this process.

    Raises OSError, with nothing done, where the system, the file system or the kind of folder (a mount point)
    does not allow it.
    """
    call = _system_call()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if number := call(os.fsencode(one), os.fsencode(other)):
        raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _system_call() -> Callable[[bytes, bytes], int] | None:
    """What Python's own library lacks: 0, or the number of the error. None where there is nothing to call."""
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes  # late: a folder is exchanged only where one is replaced

    library = ctypes.CDLL(None, use_errno=True)
    try:
        function = library.renameat2 if sys.platform == "linux" else library.renamex_np
    except AttributeError:
        return None

    def linux(one: bytes, other: bytes) -> int:
        failed = function(_LINUX_HERE, one, _LINUX_HERE, other, _LINUX_EXCHANGE)
        return ctypes.get_errno() if failed else 0

    def macos(one: bytes, other: bytes) -> int:
        return ctypes.get_errno() if function(one, other, _MACOS_SWAP) else 0

    return linux if sys.platform == "linux" else macos
