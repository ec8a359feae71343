"""Which documents a SPEC names, and how far their references may reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostics, Severity
from ionapi_codegen.lower.document import lower
from ionapi_codegen.sources import find

DOCUMENT = """
openapi: 3.1.0
info: {title: Parts, version: "1"}
paths:
  /parts:
    get: {responses: {"200": {description: "", content: {application/json: {schema: {$ref: "../common/part.yaml"}}}}}}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A document that shares a file with others, beside its own folder."""
    for folder in ("spec", "common"):
        (tmp_path / folder).mkdir()
    (tmp_path / "spec" / "api.yaml").write_text(DOCUMENT)
    (tmp_path / "common" / "part.yaml").write_text("{type: object, properties: {id: {type: integer}}}")
    (tmp_path / "ENTRY").write_text("spec/api.yaml\n")
    return tmp_path


@pytest.mark.parametrize(("spec", "errors"), [("", 0), ("spec", 1), ("spec/api.yaml", 1)])
def test_references_stay_in_the_folder_that_was_named(repository: Path, spec: str, errors: int) -> None:
    """Of a document that was named itself that is its own folder."""
    diagnostics = Diagnostics()
    (source,) = find(str(repository / spec), diagnostics)
    api = lower(source.load(diagnostics), diagnostics)
    assert errors == diagnostics.count(Severity.ERROR)
    assert 1 - errors == len(api.operations)
