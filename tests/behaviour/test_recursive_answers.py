"""Answers whose type is an alias that names itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests_support.recorder import Recorder

TREES = """
openapi: 3.1.0
info: {title: Trees, version: "1"}
paths:
  /tree:
    get:
      operationId: getTree
      responses:
        "200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}
        "202":
          description: ""
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}
        "203": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}}
        default: {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}
components:
  schemas:
    Item: {type: object, properties: {id: {type: integer}}}
    Tree:
      additionalProperties: {oneOf: [{$ref: "#/components/schemas/Tree"}, {type: string}]}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(TREES)


@pytest.fixture
def client(package: Any, recorder: Recorder) -> Iterator[Any]:
    with package.Client(base_url=recorder.url, auth=None) as made:
        yield made


@pytest.mark.parametrize("status", [200, 202])
def test_by_status(client: Any, recorder: Recorder, status: int) -> None:
    """Each is read as the document says, where several statuses have types."""
    tree = {"a": {"b": "c"}}
    sent = tree if status == 200 else [tree]
    recorder.answers(sent, status=status)
    assert sent == client.get_tree()


def test_other_types_beside_it(package: Any, client: Any, recorder: Recorder) -> None:
    """Are read as ever."""
    recorder.answers({"id": 1}, status=203)
    assert package.models.Item(id=1) == client.get_tree()


def test_errors(package: Any, client: Any, recorder: Recorder) -> None:
    """The error has the document's value."""
    recorder.answers({"a": {"b": "c"}}, status=404)
    with pytest.raises(package.NotFoundError) as caught:
        client.get_tree()
    assert {"a": {"b": "c"}} == caught.value.error
