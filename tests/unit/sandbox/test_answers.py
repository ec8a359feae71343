"""An operation answers with the response that means success, in the media type that the caller wants."""

from __future__ import annotations

import json

import pytest

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Operation, Response
from ionapi_codegen.ir.schema import Kind, Scalar, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox.answers import Answer, Answers

STRING = Scalar(Kind.STRING)


def answer(*responses: Response, accept: str = "*/*", status: int | None = None) -> Answer:
    operation = Operation("GET", Text("/"), responses=responses)
    return Answers(Api(Text("T"), Text("1"), (operation,), {})).of(operation, accept, status)


def of(status: str, *media_types: str, type_: Type | None = STRING) -> Response:
    return Response(status, tuple(Content(media_type, type_) for media_type in media_types))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("404", "201", "202"), 201),
        (("404", "2XX"), 200),
        (("default",), 200),
        (("404", "default"), 200),
        (("404",), 200),
        ((), 200),
    ],
)
def test_statuses(statuses: tuple[str, ...], expected: int) -> None:
    """The lowest declared success; 200 where the document names none."""
    assert expected == answer(*(of(status, "application/json") for status in statuses)).status


@pytest.mark.parametrize(
    ("declared", "content"), [("404", b'"text"'), ("4XX", b'"text"'), ("default", b'"text"'), ("500", b"")]
)
def test_a_status_on_request(declared: str, content: bytes) -> None:
    """By number, by range, by default; without content where the document does not know it."""
    found = answer(of("200", "text/plain"), of(declared, "application/json"), status=404)
    assert (404, content) == (found.status, found.content)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/pdf, text/csv;q=0.5", "text/csv"),
        ("image/png", "application/json"),
    ],
)
def test_media_types(accept: str, expected: str) -> None:
    """JSON where the caller does not mind, or wants what there is not."""
    assert (
        expected == answer(of("200", "text/csv", "application/json"), accept=accept).headers["Content-Type"]
    )


@pytest.mark.parametrize(
    ("media_type", "type_", "expected"),
    [
        ("application/problem+json", STRING, ("application/problem+json", b'"text"')),
        ("text/plain", STRING, ("text/plain", b"text")),
        ("*/*", STRING, ("application/json", b'"text"')),
        ("image/*", Scalar(Kind.BINARY), ("application/octet-stream", b"sandbox\x00\xff")),
        ("*/*", Scalar(Kind.BINARY), ("application/octet-stream", b"sandbox\x00\xff")),
        ("application/pdf", None, ("application/pdf", b"sandbox\x00\xff")),
        ("application/x-ndjson", STRING, ("application/x-ndjson", b'"text"\n' * 3)),
        ("application/xml", Scalar(Kind.INTEGER), ("application/xml", b"<sandbox/>")),
    ],
)
def test_contents(media_type: str, type_: Type | None, expected: tuple[str, bytes]) -> None:
    """Each media type has its own way to write a value."""
    found = answer(of("200", media_type, type_=type_))
    assert expected == (found.headers["Content-Type"], found.content)


def test_examples_come_first() -> None:
    """The document's own example is the answer, word for word."""
    example = {Text("name"): (1, None, Text("x"))}
    found = answer(Response("200", (Content("application/json", STRING, examples=(example,)),)))
    assert {"name": [1, None, "x"]} == json.loads(found.content)
