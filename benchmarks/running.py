"""What a command costs: processor time and memory with all its children, and the clock on the wall."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BETWEEN_LOOKS = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """`cpu` and `wall` in seconds; `peak` is the most memory that the process and its children had at one moment, in
    MiB, as seen by looking fifty times a second (Linux; 0 elsewhere)."""

    cpu: float
    wall: float
    peak: float
    status: int
    output: str


def cost(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], most_seconds: float = 600
) -> Cost:
    """Runs the command in the folder; one that takes longer is killed, and its status is negative then."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        peak = 0
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            peak = max(peak, _resident(process.pid))
            if time.perf_counter() - began > most_seconds:
                process.kill()
            time.sleep(_BETWEEN_LOOKS)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return Cost(used.ru_utime + used.ru_stime, wall, peak / 2**20, process.returncode, said)


def size(folder: Path) -> tuple[int, int]:
    """How many files lie in a folder, and their bytes."""
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return len(files), sum(path.stat().st_size for path in files)


def _resident(process: int) -> int:
    """Bytes in memory of a process and its children."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
        children = [
            int(child)
            for task in Path(f"/proc/{process}/task").iterdir()
            for child in (task / "children").read_text("ascii").split()
        ]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_resident, children))
