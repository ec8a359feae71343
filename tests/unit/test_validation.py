"""Validation within a run of many documents."""

from __future__ import annotations

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.document import LoadOptions, SpecDocument, load_bytes
from ionapi_codegen.validation import Validation


def document(number: int) -> SpecDocument:
    text = b"openapi: 3.1.0\ninfo: {version: '1'}\npaths: {}\n"
    return load_bytes(f"{number}.yaml", text, LoadOptions(), Diagnostics())


def reported(count: int, seconds: float) -> list[tuple[str, str]]:
    """What a run of so many documents without a title says, with so much processor time for them."""
    diagnostics = Diagnostics()
    with Validation(diagnostics, seconds) as run:
        for number in range(count):
            run.of(document(number))
        run.close()
    return [(found.code, found.place.file if found.place else "") for found in diagnostics.sorted()]


def test_every_document_has_its_findings() -> None:
    """However many there are, and although all are validated by one process beside the run."""
    expected = [("invalid-document", f"{number}.yaml") for number in range(12)]
    assert sorted(expected) == reported(12, 60)


def test_documents_are_validated_until_the_time_is_used_up() -> None:
    """What was left out is said once, with a number."""
    diagnostics = Diagnostics()
    with Validation(diagnostics, 1e-9) as run:
        for number in range(4):
            run.of(document(number))
        run.close()
    assert "3 of the documents were not validated, since there are so many" in [
        found.message for found in diagnostics.sorted()
    ]


def test_a_run_that_fails_leaves_no_process() -> None:
    """What is asked of the validator then is of no interest to anybody."""
    diagnostics = Diagnostics()
    with Validation(diagnostics) as run:
        run.of(document(1))
    assert () == diagnostics.sorted()
