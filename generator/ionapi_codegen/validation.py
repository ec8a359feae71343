"""How much of a run may go into validation, which tells its user something but decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Self

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.validate import question, report
from ionapi_codegen.spec.validate_process import Question, Worker
from ionapi_codegen.spec.validate_worker import Outcome

SECONDS_A_DOCUMENT = 2.0
SECONDS_A_RUN = 10.0

_MOST_WAITING = 8
"""Documents that may wait for the validator, each with its text in memory."""


class Validation:
    """Validates document after document beside the run, until the processor time for them is used up.

    What it has found is reported by `close`; the `with` block ends it.
    """

    def __init__(self, diagnostics: Diagnostics, seconds: float = SECONDS_A_RUN) -> None:
        self._diagnostics = diagnostics
        self._left = seconds
        self._worker = Worker()
        self._thread = ThreadPoolExecutor(1)
        self._asked: list[tuple[Callable[[str], Place], Future[Outcome | None]]] = []
        self._left_out = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._worker.kill()
        self._thread.shutdown()
        self._worker.__exit__(kind, error, trace)

    def expect(self) -> None:
        """Starts the validator, so that it is ready when a document is that was loaded."""
        self._thread.submit(self._worker.start)

    def of(self, document: SpecDocument) -> None:
        """Asks what in the document breaks the rules of OpenAPI."""
        if len(self._asked) >= _MOST_WAITING:
            self._asked[-_MOST_WAITING][1].result()
        asked = question(document, SECONDS_A_DOCUMENT)
        # Not the method of the tree, which would keep the whole document in memory.
        patched = document.root.tree.patched
        place = patched.place if patched is not None else partial(Place, document.sources[0].name)
        self._asked.append((place, self._thread.submit(self._answer, asked)))

    def leave_out(self, count: int) -> None:
        """So many further documents are not validated; `close` says so."""
        self._left_out += count

    def close(self) -> None:
        """Adds a warning for each finding, and says for how many documents there was no time."""
        skipped = self._left_out
        for place, asked in self._asked:
            result = asked.result()
            if result is None:
                skipped += 1
            else:
                report(place, result, SECONDS_A_DOCUMENT, self._diagnostics)
        if skipped:
            self._diagnostics.notice(
                "validation-skipped",
                f"{skipped} of the documents were not validated, since there are so many",
                help="`ionapi validate` takes its time",
            )

    def _answer(self, asked: Question | Outcome) -> Outcome | None:
        if isinstance(asked, Outcome):
            return asked
        if self._left <= 0:
            return None
        found = self._worker.ask(asked)
        self._left -= found.seconds
        return found
