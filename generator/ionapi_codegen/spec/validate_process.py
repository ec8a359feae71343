"""The process that validates: started ahead of the first document, asked for one after another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from ionapi_codegen.spec.validate_worker import Outcome, outcome

_WORKER = "ionapi_codegen.spec.validate_worker"
_OUT_OF_TIME = -getattr(signal, "SIGPROF", 0)
"""Exit status of a worker that its timer has ended."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is written to the worker for one document: its header, and the texts of its files.

    `seconds` is the processor time that the header gives the worker; 0 is no limit.
    """

    header: bytes
    texts: tuple[bytes, ...]
    seconds: float


class Worker:
    """A process with the validator in it, which takes half a second to start; ended with the `with` block.

    A worker that a document has ended is replaced for the next one. One thread may ask while another kills.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._changing = threading.Lock()

    def start(self) -> None:
        """Starts the process, unless it runs or was killed, and does not wait for it."""
        with self._changing:
            if self._process is not None or self._killed:
                return
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", "-m", _WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
            )

    def ask(self, question: Question) -> Outcome:
        """What the worker says of a document.

        Processor time is watched by the worker itself; the clock on the wall, which a busy machine makes run
        fast, ends it only where that did not work.
        """
        self.start()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return Outcome((), failed="killed")
        patience = threading.Timer(10 * question.seconds + 10, process.kill)
        if question.seconds:
            patience.start()
        try:
            with suppress(BrokenPipeError):  # it has ended; what it said before is read
                process.stdin.write(question.header)
                process.stdin.writelines(question.texts)
                process.stdin.flush()
            found = outcome(process.stdout)
        finally:
            patience.cancel()
        if not found.cut_short:
            return found
        status = self._end()
        if status == _OUT_OF_TIME:
            return replace(found, seconds=question.seconds)
        return replace(found, cut_short=False, failed=f"exit status {status}")

    def kill(self) -> None:
        """Ends the process for good, whatever it is doing; whoever waits for its answer has one then."""
        with self._changing:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._end()

    def _end(self) -> int:
        """The exit status of the process, which has ended or is about to."""
        with self._changing:
            process, self._process = self._process, None
        if process is None:
            return 0
        for stream in filter(None, (process.stdin, process.stdout)):
            with suppress(OSError):
                stream.close()
        return process.wait()
