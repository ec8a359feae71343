"""The mock server that validates requests: `@stoplight/prism-cli`, installed once into a cache."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

VERSION = "5.14.2"
_SECONDS = 120.0


def installed() -> Path | None:
    """The command; None where there is no npm. `XDG_CACHE_HOME` says where it is kept."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ionapi-codegen" / VERSION
    command = cache / "node_modules" / ".bin" / "prism"
    if not command.exists():
        cache.mkdir(parents=True, exist_ok=True)
        package = f"@stoplight/prism-cli@{VERSION}"
        subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", cache, package], check=True
        )
    return command


class Prism:
    """A server on a free port of 127.0.0.1 that answers from a document and names each violation in a header.

    It dies of some requests; `revive` says so, and starts it anew.
    """

    def __init__(self, command: Path, document: Path, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        address = ["--host", "127.0.0.1", "--port", str(self._port)]
        self._command = [str(command), "mock", *address, str(document)]
        self._log = log
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def revive(self) -> bool:
        """Whether it had died.

        Raises:
            RuntimeError: it does not start.
        """
        if self._server is None:
            return False
        try:
            self._server.wait(0.2)
        except subprocess.TimeoutExpired:
            return False
        self._start()
        return True

    def _start(self) -> None:
        with self._log.open("wb") as output:
            self._server = subprocess.Popen(self._command, stdout=output, stderr=subprocess.STDOUT)
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end and self._server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"prism does not start: {self._log.read_text('utf-8', 'replace')[-500:]}")

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(20)
