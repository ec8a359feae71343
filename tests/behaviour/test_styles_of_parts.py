"""How the fields of a multipart body are written where the document gives them a style."""

from __future__ import annotations

import email
from typing import Any

import pytest

from tests_support.recorder import Received, Recorder

STYLES = """
openapi: {version}
info: {{title: Parts, version: "1"}}
paths:
  /parts:
    post:
      operationId: send
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                value: {{}}
                files: {{type: array, items: {{type: string, format: binary}}}}
            encoding:
              value: {{{encoding}, contentType: application/json}}
              files: {{style: form, explode: true}}
      responses: {{"204": {{description: ""}}}}
"""

SWAGGER = """
swagger: "2.0"
info: {title: Parts, version: "1"}
consumes: [multipart/form-data]
paths:
  /parts:
    post:
      operationId: send
      parameters:
        - {name: csv, in: formData, type: array, items: {type: string}}
        - {name: pipes, in: formData, type: array, items: {type: integer}, collectionFormat: pipes}
        - {name: multi, in: formData, type: array, items: {type: string}, collectionFormat: multi}
        - {name: title, in: formData, type: string}
        - {name: file, in: formData, type: file}
      responses: {204: {description: ""}}
"""


def parts(received: Received) -> list[tuple[str, str | None, str | None, bytes]]:
    """Name, file name, media type and content of each part, as Python's own parser reads them."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename(),
            part["content-type"],
            bytes(part.get_payload(decode=True) or b""),
        )
        for part in email.message_from_bytes(head + received.body).walk()
        if not part.is_multipart()
    ]


@pytest.mark.parametrize(
    ("encoding", "value", "expected"),
    [
        ("style: form", ["a b", "c,d"], [("value", "a b"), ("value", "c,d")]),
        ("style: form", {"R": 100, "G": [1, 2]}, [("R", "100"), ("G", "1"), ("G", "2")]),
        ("style: form", "a&b", [("value", "a&b")]),
        ("style: form, explode: false", ["a b", None, True], [("value", "a b,true")]),
        ("style: form, explode: false", {"R": 100, "G": 200}, [("value", "R,100,G,200")]),
        ("explode: false", [1, 2], [("value", "1,2")]),
        ("style: spaceDelimited", ["a", "b"], [("value", "a b")]),
        ("style: spaceDelimited", {"R": 100, "G": 200}, [("value", "R 100 G 200")]),
        ("style: pipeDelimited", ["a", "b"], [("value", "a|b")]),
        ("style: deepObject", {"R": 100, "G": {"x": "y"}}, [("value[R]", "100"), ("value[G][x]", "y")]),
        ("allowReserved: true", ["a/b"], [("value", "a/b")]),
    ],
)
def test_styles(
    generate: Any, recorder: Recorder, encoding: str, value: object, expected: list[tuple[str, str]]
) -> None:
    """As in a query, but nothing is percent-encoded, and the media type of the encoding does not count: OpenAPI 3.1,
    "Encoding Object"."""
    with generate(STYLES.format(version="3.1.0", encoding=encoding)).Client(
        base_url=recorder.url, auth=None
    ) as client:
        client.send(body={"value": value})
    assert [(name, None, None, text.encode()) for name, text in expected] == parts(recorder.last)


@pytest.mark.parametrize("value", [[], [None], {}, None])
def test_nothing_in_a_style(generate: Any, recorder: Recorder, value: object) -> None:
    """What is empty or absent has no part."""
    package = generate(STYLES.format(version="3.1.0", encoding="style: form, explode: false"))
    with package.Client(base_url=recorder.url, auth=None) as client:
        client.send(body={"value": value})
    assert b"Content-Disposition" not in recorder.last.body


def test_files_in_a_style(generate: Any, recorder: Recorder) -> None:
    """Are files all the same."""
    package = generate(STYLES.format(version="3.1.0", encoding="style: form"))
    with package.Client(base_url=recorder.url, auth=None) as client:
        client.send(body={"files": [package.File(b"\0", name="a.bin"), package.File(b"\xff", name="b.bin")]})
    assert [
        ("files", "a.bin", "application/octet-stream", b"\0"),
        ("files", "b.bin", "application/octet-stream", b"\xff"),
    ] == parts(recorder.last)


def test_styles_mean_nothing_in_3_0(generate: Any, recorder: Recorder) -> None:
    """OpenAPI 3.0 ignores them in multipart bodies: media types say how a part is written."""
    package = generate(STYLES.format(version="3.0.3", encoding="style: form, explode: false"))
    with package.Client(base_url=recorder.url, auth=None) as client:
        client.send(body={"value": {"R": 100}})
    assert [("value", None, "application/json", b'{"R":100}')] == parts(recorder.last)


def test_collection_formats(generate: Any, recorder: Recorder) -> None:
    """Swagger 2.0 joins an array by commas unless it says otherwise, in multipart bodies, too."""
    package = generate(SWAGGER)
    with package.Client(base_url=recorder.url, auth=None) as client:
        body = {"csv": ["a b", "c"], "pipes": [1, 2], "multi": ["x", "y"], "title": "t"}
        client.send(body={**body, "file": package.File(b"\0", name="a.bin")})
    assert [
        ("csv", None, None, b"a b,c"),
        ("pipes", None, None, b"1|2"),
        ("multi", None, None, b"x"),
        ("multi", None, None, b"y"),
        ("title", None, None, b"t"),
        ("file", "a.bin", "application/octet-stream", b"\0"),
    ] == parts(recorder.last)
