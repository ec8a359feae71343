"""Bodies of raw bytes whose schema has a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests_support.recorder import Recorder

REGISTRY = """
openapi: 3.1.0
info: {title: Registry, version: "1"}
paths:
  /artifact:
    get:
      operationId: fetch
      responses: {"200": {description: "", content: {"*/*": {schema: {$ref: "#/components/schemas/Content"}}}}}
    put:
      operationId: replace
      requestBody: {required: true, content: {"*/*": {schema: {$ref: "#/components/schemas/Content"}}}}
      responses: {"204": {description: ""}}
  /certificate:
    get:
      operationId: certificate
      responses:
        "200": {description: "", content: {text/plain: {schema: {$ref: "#/components/schemas/Renamed"}}}}
components:
  schemas:
    Content: {type: string, format: binary}
    Renamed: {$ref: "#/components/schemas/Content"}
"""
BYTES = b'"\xff\x00'


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(REGISTRY)


@pytest.fixture
def client(package: Any, recorder: Recorder) -> Iterator[Any]:
    with package.Client(base_url=recorder.url, auth=None) as made:
        yield made


def test_they_are_sent_as_they_are(client: Any, recorder: Recorder) -> None:
    """As octets, not as a JSON string."""
    recorder.answers(status=204)
    client.replace(body=BYTES)
    assert (BYTES, "application/octet-stream") == (recorder.last.body, recorder.last.headers["content-type"])


@pytest.mark.parametrize("content_type", ["application/octet-stream", "application/json", "text/plain"])
def test_they_come_as_they_are(client: Any, recorder: Recorder, content_type: str) -> None:
    """Whatever the server calls them, also through a name for a name."""
    recorder.answers(BYTES, content_type=content_type)
    assert BYTES == client.fetch()
    recorder.answers(BYTES, content_type=content_type)
    assert BYTES == client.certificate()
