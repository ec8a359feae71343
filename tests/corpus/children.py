"""A command in a process of its own, with bounds on its time and memory, and what it used of both."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

SOURCES = (Path(__file__).parents[2] / "generator", Path(__file__).parents[1])
"""Where the generator and this package are imported from."""

_PAGES = 1024 if os.uname().sysname == "Linux" else 1024 * 1024
"""What `ru_maxrss` counts in, per MiB."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a process may take: seconds on the clock, MiB of address space."""

    seconds: float
    mebibytes: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended. `code` is negative where a signal ended it, `late` says that it was ours."""

    code: int
    late: bool
    seconds: float
    peak: float
    out: str
    err: str


def run(command: Sequence[str], bounds: Bounds, *paths: Path, folder: Path | None = None) -> Ended:
    """Runs a command to its end. `paths` are where it finds modules besides ours."""
    with TemporaryFile() as out, TemporaryFile() as err:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*SOURCES, *paths)))},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        _bound(process.pid, bounds.mebibytes)
        timer = threading.Timer(bounds.seconds, stop)
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        finally:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        return Ended(
            code=process.returncode,
            late=late.is_set(),
            seconds=time.monotonic() - began,
            peak=used.ru_maxrss / _PAGES,
            out=_text(out),
            err=_text(err),
        )


def _bound(process: int, mebibytes: int) -> None:
    # Only Linux can bound another process; elsewhere the clock has to do.
    if hasattr(resource, "prlimit"):
        most = mebibytes * 1024 * 1024
        resource.prlimit(process, resource.RLIMIT_AS, (most, most))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
