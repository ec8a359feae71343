"""What counts as coming back from a client."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.examples import Example, OfResponse
from corpus.roundtrip import Client, problems

TEXTS = """
openapi: 3.1.0
info: {title: Texts, version: "1"}
paths:
  /text:
    get: {operationId: text, responses: {"200": {content: {application/json: {schema: {type: string}}}}}}
  /bytes:
    get: {operationId: raw, responses: {"200": {content: {"*/*": {schema: {type: string, format: binary}}}}}}
"""


@pytest.mark.parametrize("path", ["/text", "/bytes"])
def test_a_body_that_is_text_or_bytes_is_itself(generate: Any, path: str) -> None:
    """An object that comes where the document has text is not lost: the client gives the body as it came."""
    package = generate(TEXTS)
    client = Client(package.__name__, {("GET", "/text"): "text", ("GET", "/bytes"): "raw"})
    answer = OfResponse("GET", path, 200, "application/json", True)
    assert [] == list(problems(client, Example(path, answer, '{"a": 1}')))
