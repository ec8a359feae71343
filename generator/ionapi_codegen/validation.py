"""How much of a run may go into validation, which tells its user something but decides nothing."""

from __future__ import annotations

from time import monotonic

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.validate import findings

SECONDS_A_DOCUMENT = 2.0
SECONDS_A_RUN = 20.0


class Validation:
    """Validates document after document until the time of the run is used up.

    A document of any size costs the start of the validator, most of a second; with hundreds of documents that
    would be three quarters of the run.
    """

    def __init__(self, diagnostics: Diagnostics, seconds: float = SECONDS_A_RUN) -> None:
        self._diagnostics = diagnostics
        self._left = seconds
        self._skipped = 0

    def of(self, document: SpecDocument) -> None:
        """Adds a warning for whatever breaks the rules of OpenAPI, as long as there is time."""
        if self._left <= 0:
            self._skipped += 1
            return
        began = monotonic()
        findings(document, SECONDS_A_DOCUMENT, self._diagnostics)
        self._left -= monotonic() - began

    def close(self) -> None:
        """Says for how many documents there was no time."""
        if self._skipped:
            self._diagnostics.notice(
                "validation-skipped",
                f"{self._skipped} of the documents were not validated, since there are so many",
                help="`ionapi validate` takes its time",
            )
