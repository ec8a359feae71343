"""What the sandbox has of LN's services: sets with keys of several parts, sets below an entity, other calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox import ln
from ionapi_codegen.sandbox.answers import Answer, Answers
from ionapi_codegen.sandbox.arguments import Call
from ionapi_codegen.sandbox.m3 import Refusals

DOCUMENT = """
swagger: "2.0"
info: {title: Lines, version: "1"}
basePath: /ACME_TST/LN/lnapi/odata/tdapi.lines
produces: [application/json]
paths:
  /Lines:
    get: {operationId: list, responses: {200: {description: x, schema: {$ref: "#/definitions/Page"}}}}
  /Lines(Order='{Order}',Position={Position}):
    parameters:
      - {name: Order, in: path, required: true, type: string}
      - {name: Position, in: path, required: true, type: integer}
    get: {operationId: get, responses: {200: {description: x, schema: {$ref: "#/definitions/Line"}}}}
    patch:
      operationId: change
      parameters: [{name: body, in: body, schema: {$ref: "#/definitions/Line"}}]
      responses: {200: {description: x, schema: {$ref: "#/definitions/Line"}}}
  /Release(Order='{Order}'):
    post:
      operationId: release
      parameters: [{name: Order, in: path, required: true, type: string}]
      responses: {200: {description: x, schema: {type: object, properties: {done: {type: boolean}}}}}
definitions:
  Line:
    type: object
    properties: {Order: {type: string}, Position: {type: integer}, Item: {type: string}}
  Page:
    type: object
    properties:
      "@odata.nextLink": {type: string}
      value: {type: array, items: {$ref: "#/definitions/Line"}}
"""


class Caller:
    """Calls operations of a service by their ids."""

    def __init__(self, folder: Path) -> None:
        path = folder / "lines.yaml"
        path.write_text(DOCUMENT, "utf-8")
        (self.api,) = pipeline.understand(str(path), "auto", Diagnostics())
        found = ln.service(self.api, Answers(self.api))
        assert found is not None
        self.service = found

    def __call__(self, name: str, query: str = "", body: object = None, **given: str) -> Answer:
        operation = next(each for each in self.api.operations if each.id == Text(name))
        headers = {key.replace("_", "-"): value for key, value in given.items() if key.islower()}
        variables = {key: value for key, value in given.items() if not key.islower()}
        content = b"" if body is None else json.dumps(body).encode()
        return self.service.transact(operation, Call(variables, query, headers, content), Refusals())


@pytest.fixture
def call(tmp_path: Path) -> Caller:
    return Caller(tmp_path)


def read(answer: Answer) -> Any:
    return json.loads(answer.content)


def test_a_key_of_several_parts(call: Caller) -> None:
    """A text and a number, each as its document has it."""
    first = read(call("list"))["value"][0]
    assert ("100000001", 1) == (first["Order"], first["Position"])
    found = read(call("get", Order="100000001", Position="1"))
    assert first == found
    assert 404 == call("get", Order="100000001", Position="2").status


def test_a_change_answers_as_the_document_says(call: Caller) -> None:
    etag = read(call("get", Order="100000002", Position="2"))["@odata.etag"]
    changed = call("change", body={"Item": "X"}, if_match=etag, Order="100000002", Position="2")
    assert (200, "X") == (changed.status, read(changed)["Item"])
    again = call("change", body={"Item": "Y"}, if_match=etag, Order="100000002", Position="2")
    assert (412, "LN0412") == (again.status, read(again)["error"]["code"])


def test_other_calls_have_the_answer_of_the_document(call: Caller) -> None:
    assert {"done": True} == read(call("release", Order="1"))


@pytest.mark.parametrize(
    ("query", "numbers", "link"),
    [
        ("", range(1, 11), "Lines?%24skiptoken=10"),
        ("$skiptoken=20", range(21, 26), None),
        ("$top=3", range(1, 4), None),
        ("$top=12&$skip=1", range(2, 12), "Lines?%24skiptoken=11&%24top=2"),
        ("$skip=25", range(0), None),
        ("$top=0", range(0), None),
        ("$filter=x&$skiptoken=10", range(11, 21), "Lines?%24filter=x&%24skiptoken=20"),
    ],
)
def test_pages(call: Caller, query: str, numbers: range, link: str | None) -> None:
    page = read(call("list", query))
    assert list(numbers) == [each["Position"] for each in page["value"]]
    assert (25, link) == (page["@odata.count"], page.get("@odata.nextLink"))
