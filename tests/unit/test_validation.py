"""Validation within a run of many documents."""

from __future__ import annotations

import pytest

from ionapi_codegen import validation
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.document import LoadOptions, SpecDocument, load_bytes
from ionapi_codegen.validation import Validation


def test_documents_are_validated_until_the_time_is_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was left out is said once, with a number."""
    validated: list[SpecDocument] = []
    monkeypatch.setattr(
        validation, "findings", lambda document, seconds, diagnostics: validated.append(document)
    )
    monkeypatch.setattr(validation, "monotonic", iter(range(100)).__next__)
    diagnostics = Diagnostics()
    run = Validation(diagnostics, seconds=2)
    documents = [
        load_bytes(f"{number}.yaml", b"openapi: 3.1.0\npaths: {}\n", LoadOptions(), Diagnostics())
        for number in range(5)
    ]

    for document in documents:
        run.of(document)
    run.close()

    assert documents[:2] == validated
    assert [found.message for found in diagnostics.sorted()] == [
        "3 of the documents were not validated, since there are so many"
    ]
