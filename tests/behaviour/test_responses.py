"""What answers become: by status, by media type, item by item; what came with them, and what the text says of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests_support.recorder import Recorder

ANSWERS = """
openapi: 3.1.0
info: {title: Answers, version: "1"}
security: [{key: []}]
paths:
  /chat:
    post:
      operationId: createChat
      responses:
        "200":
          description: ""
          content:
            application/json: {schema: {$ref: "#/components/schemas/Item"}}
            text/event-stream: {schema: {$ref: "#/components/schemas/Chunk"}}
        4XX: {description: "", content: {application/problem+json: {schema: {$ref: "#/components/schemas/Problem"}}}}
  /ranges:
    get:
      operationId: ranges
      responses:
        2XX: {description: "", content: {text/plain: {schema: {type: string}}}}
        "201": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}}
        "204": {description: ""}
  /report:
    get:
      operationId: report
      responses:
        "200":
          description: ""
          headers:
            X-Rate-Limit: {schema: {type: integer}}
            X-Expires: {schema: {type: string, format: date-time}}
            X-Tags: {schema: {type: array, items: {type: string}}}
          content:
            text/csv: {schema: {type: string}}
            application/pdf: {schema: {type: string, format: binary}}
          links: {Next: {operationId: ranges, parameters: {id: $response.body#/id}, description: Go on.}}
  /login:
    get:
      operationId: login
      security: []
      responses: {"302": {description: "", headers: {Location: {schema: {type: string}}}}}
  /default:
    get:
      operationId: fallback
      responses: {default: {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}}
  /label:
    get:
      operationId: label
      responses:
        "200": {description: "", content: {application/json: {schema: {type: string, format: byte}}}}
  /lines:
    get:
      operationId: lines
      responses: {"200": {description: "", content: {application/jsonl: {schema: {$ref: "#/components/schemas/Chunk"}}}}}
webhooks:
  itemChanged:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {kind: {type: string}}}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Item: {type: object, properties: {id: {type: integer}}}
    Chunk: {type: object, properties: {delta: {type: string}}}
    Problem: {type: object, properties: {title: {type: string}}}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(ANSWERS)


@pytest.fixture
def client(package: Any, recorder: Recorder) -> Iterator[Any]:
    with package.Client(base_url=recorder.url, auth=None) as made:
        yield made


def test_an_answer_and_its_stream(client: Any, recorder: Recorder) -> None:
    """What offers both JSON and events has a method for each, which asks for what it reads."""
    recorder.answers({"id": 1})
    assert 1 == client.create_chat().id
    assert recorder.last.headers["accept"].startswith("application/json")
    recorder.answers('data: {"delta": "a"}\n\ndata: {"delta": "b"}\n\n', content_type="text/event-stream")
    assert ["a", "b"] == [chunk.delta for chunk in client.create_chat_stream()]
    assert recorder.last.headers["accept"].startswith("text/event-stream")


def test_the_whole_response_of_a_stream(package: Any, recorder: Recorder) -> None:
    """Its value is the stream, waiting or awaited."""
    lines = '{"delta": "a"}\n{"delta": "b"}\n'

    async def deltas() -> list[str]:
        async with package.AsyncClient(base_url=recorder.url, auth=None) as client:
            response = await client.response(client.lines)
            return [chunk.delta async for chunk in response.value]

    recorder.answers(lines, content_type="application/jsonl")
    with package.Client(base_url=recorder.url, auth=None) as client:
        response = client.response(client.lines)
        assert (200, ["a", "b"]) == (response.status, [chunk.delta for chunk in response.value])
    recorder.answers(lines, content_type="application/jsonl")
    assert ["a", "b"] == asyncio.run(deltas())


@pytest.mark.parametrize(
    ("sent", "content_type", "expected"),
    [
        ('"aGVsbG8="', "application/json", b"hello"),
        ('"no base64!"', "application/json", b'"no base64!"'),
        ("%PDF-1.7", "application/pdf", b"%PDF-1.7"),
    ],
)
def test_bytes_in_a_json_text(
    client: Any, recorder: Recorder, sent: str, content_type: str, expected: bytes
) -> None:
    """In base64, which is undone; what is no base64, or no JSON, is the body as it came."""
    recorder.answers(sent, content_type=content_type)
    assert expected == client.label()


def test_the_status_decides(client: Any, recorder: Recorder) -> None:
    """The most specific entry counts: a number, then its range."""
    recorder.answers("text", status=202)
    assert "text" == client.ranges()
    recorder.answers({"id": 1}, status=201)
    assert 1 == client.ranges().id
    recorder.answers(status=204)
    assert None is client.ranges()


def test_a_redirection_that_the_document_lists_is_an_answer(client: Any, recorder: Recorder) -> None:
    """Where it lists nothing else."""
    recorder.answers(status=302, location="/elsewhere")
    assert "/elsewhere" == client.response(client.login).header("location", str)


def test_default_is_for_errors_too(package: Any, client: Any, recorder: Recorder) -> None:
    """Where it is all that the document says."""
    recorder.answers({"title": "fine"})
    assert "fine" == client.fallback().title
    recorder.answers({"title": "bad"}, status=500)
    with pytest.raises(package.StatusError) as caught:
        client.fallback()
    assert "bad" == caught.value.error.title
    recorder.answers({"title": "busy"}, status=429, retry_after="7")
    with (
        pytest.raises(package.StatusError) as caught,
        client.with_options(retry=package.Retry(attempts=1)) as once,
    ):
        once.fallback()
    assert 7 == caught.value.header("Retry-After", int)


def test_headers_are_typed(package: Any, client: Any, recorder: Recorder) -> None:
    """Read as the type that is asked for; None where the answer lacks it; a `DecodeError` where it is none."""
    recorder.answers(
        "a,b",
        x_rate_limit="12",
        x_expires="2026-03-01T08:30:00Z",
        x_tags="a, b",
        last_modified="Sun, 01 Mar 2026 08:30:00 GMT",
        content_type="text/csv",
    )
    response = client.response(client.report)
    moment = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
    assert 12 == response.header("X-Rate-Limit", int)
    assert moment == response.header("X-Expires", dt.datetime)
    assert moment == response.header("Last-Modified", dt.datetime)
    assert ["a", "b"] == response.header("X-Tags", list[str])
    assert None is response.header("X-Other", int)
    with pytest.raises(package.DecodeError, match="X-Tags: expected int"):
        response.header("X-Tags", int)


def test_what_else_the_document_says_of_an_answer(client: Any) -> None:
    """Stands in the docstring: headers with their types, other media types, links."""
    said = " ".join((client.report.__doc__ or "").split())
    assert "Response headers: X-Rate-Limit (int), X-Expires (dt.datetime), X-Tags (list[str])." in said
    assert "Other media types: application/pdf." in said
    assert "Link Next: ranges with id=$response.body#/id. Go on." in said


def test_another_media_type_by_the_header_accept(client: Any, recorder: Recorder) -> None:
    """The document's first is asked for; what the caller says instead wins, and is read as a stream."""
    recorder.answers("a,b", content_type="text/csv")
    assert "a,b" == client.report()
    assert recorder.last.headers["accept"].startswith("text/csv")
    recorder.answers(b"%PDF", content_type="application/pdf")
    other = client.with_options(headers={"Accept": "application/pdf"})
    with other.stream(other.report) as answer:
        assert b"%PDF" == answer.read()
    assert "application/pdf" == recorder.last.headers["accept"]


def test_an_operation_that_needs_no_key_gets_none(package: Any, recorder: Recorder) -> None:
    """`security: []` counts even where there is but one scheme."""
    schemes = __import__(f"{package.__name__}._runtime", fromlist=["ApiKey"])
    auth = {"key": schemes.ApiKey("k", header="X-Key")}
    with package.Client(base_url=recorder.url, auth=auth) as client:
        recorder.answers(status=204)
        client.ranges()
        assert "k" == recorder.last.headers["x-key"]
        recorder.answers(status=302)
        client.login()
        assert "x-key" not in recorder.last.headers


def test_webhooks_are_models(package: Any) -> None:
    """What the server sends by itself can be read."""
    assert "new" == package.models.ItemChangedBody.from_dict({"kind": "new"}).kind


ERRORS = """
openapi: 3.0.3
info: {title: Errors, version: "1"}
paths:
  /items:
    get:
      operationId: items
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        "200": {description: "", content: {application/json: {schema: {type: array, items: {type: string}}}}}
        "422": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Bad"}}}}
        "503": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Busy"}}}}
components:
  schemas:
    Bad: {type: object, required: [message], properties: {message: {type: string}}}
    Busy: {type: object, properties: {code: {type: string}}}
"""


def test_models_of_several_errors_are_typed(generate: Any) -> None:
    """mypy takes models with different constructors side by side."""
    package = generate(ERRORS)
    folder = Path(package.__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "-p", folder.name],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
