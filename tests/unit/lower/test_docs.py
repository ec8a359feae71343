"""What a document says to people."""

from __future__ import annotations

import json

import pytest

from ionapi_codegen.ir.schema import NO_DOCS, Docs
from ionapi_codegen.ir.text import Text

from .conftest import LowerYaml


@pytest.mark.parametrize("written", ["", " ", "~", "...", "???", '"', "-", "\u2014", "\u00a0"])
def test_text_that_says_nothing_is_none(lower_yaml: LowerYaml, written: str) -> None:
    """Authors fill fields that they must not leave empty."""
    (operation,) = lower_yaml(f"paths: {{/a: {{get: {{summary: {json.dumps(written)}}}}}}}").api.operations
    assert NO_DOCS == operation.docs


@pytest.mark.parametrize("written", ["%", "€", "1.", "Größe"])
def test_short_text_is_kept(lower_yaml: LowerYaml, written: str) -> None:
    """A unit is a sign."""
    (operation,) = lower_yaml(f"paths: {{/a: {{get: {{summary: {json.dumps(written)}}}}}}}").api.operations
    assert Docs(summary=Text(written)) == operation.docs
