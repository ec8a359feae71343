"""What a body looks like on the wire, for every media type, and how one of several is chosen."""

from __future__ import annotations

import email
import email.message
import io
from collections.abc import Iterator
from typing import Any

import pytest

from tests_support.recorder import Received, Recorder

BODIES = """
openapi: 3.1.0
info: {title: Bodies, version: "1"}
paths:
  /any:
    post:
      operationId: sendAny
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/Item"}}
          application/xml: {schema: {$ref: "#/components/schemas/Item"}}
          multipart/form-data:
            schema:
              type: object
              properties:
                photo: {type: string, format: binary}
                files: {type: array, items: {type: string, format: binary}}
                item: {$ref: "#/components/schemas/Item"}
                count: {type: integer}
            encoding:
              photo: {contentType: "image/png, image/jpeg", headers: {X-Kind: {schema: {const: photo}}}}
          application/octet-stream: {}
      responses: {"204": {description: ""}}
    get:
      operationId: find
      requestBody: {content: {application/json: {schema: {type: array, items: {type: integer}}}}}
      responses: {"204": {description: ""}}
    delete:
      operationId: remove
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                plain: {type: array, items: {type: string}}
                list: {type: array, items: {type: string}}
                json: {type: array, items: {type: string}}
            encoding:
              list: {style: form, explode: false}
              json: {contentType: application/json}
      responses: {"204": {description: ""}}
  /file:
    post:
      operationId: sendFile
      requestBody: {content: {"*/*": {schema: {type: string, format: binary}}}}
      responses: {"204": {description: ""}}
    put:
      operationId: sendParts
      requestBody: {content: {multipart/form-data: {schema: {type: string, format: binary}}}}
      responses: {"204": {description: ""}}
    patch:
      operationId: sendForm
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}
      responses: {"204": {description: ""}}
    delete:
      operationId: sendJson
      requestBody:
        content:
          application/*+json: {schema: {$ref: "#/components/schemas/Item"}}
          application/json: {schema: {$ref: "#/components/schemas/Item"}}
          application/x-www-form-urlencoded: {schema: {type: string}}
          text/json: {schema: {$ref: "#/components/schemas/Item"}}
      responses: {"204": {description: ""}}
  /lines:
    post:
      operationId: sendLines
      requestBody: {content: {application/x-ndjson: {schema: {$ref: "#/components/schemas/Item"}}}}
      responses: {"204": {description: ""}}
components:
  schemas:
    Item: {type: object, properties: {id: {type: integer}}}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(BODIES)


@pytest.fixture
def client(package: Any, recorder: Recorder) -> Iterator[Any]:
    with package.Client(base_url=recorder.url, auth=None) as made:
        yield made


def parts(received: Received) -> list[tuple[str, str | None, str | None, str | None, bytes]]:
    """Name, file name, media type, X-Kind and content of each part, as Python's own parser reads them."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + received.body)
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename(),
            part["content-type"],
            part["x-kind"],
            bytes(part.get_payload(decode=True) or b""),
        )
        for part in message.walk()
        if not part.is_multipart()
    ]


def test_the_value_chooses_the_media_type(package: Any, client: Any, recorder: Recorder) -> None:
    """A model is JSON, a str is the text that is offered, bytes are binary, a model with a file is multipart."""
    models = package.models
    photo = models.SendAnyBody(photo=package.File(b"", name="a.png"))
    for body, expected in (
        (models.Item(id=1), "application/json"),
        ("<item/>", "application/xml"),
        (b"\0", "application/octet-stream"),
        (io.BytesIO(b"\0"), "application/octet-stream"),
        (iter([b"\0"]), "application/octet-stream"),
        (photo, "multipart/form-data"),
    ):
        client.send_any(body=body)
        assert recorder.last.headers["content-type"].startswith(expected), body


def test_the_caller_chooses_the_media_type(client: Any, recorder: Recorder) -> None:
    """Every one of those that the document lists can be sent."""
    client.send_any(body={"count": 1}, content_type="multipart/form-data")
    assert [("count", None, None, None, b"1")] == parts(recorder.last)
    client.send_any(body=b"<item/>", content_type="application/xml")
    assert ("application/xml", b"<item/>") == (recorder.last.headers["content-type"], recorder.last.body)


def test_parts(package: Any, client: Any, recorder: Recorder) -> None:
    """Files with their names and types, an array of them, JSON, text; of several media types the one that the file's
    name tells, headers of the document and of the caller."""
    file = package.File
    body = package.models.SendAnyBody(
        photo=file(b"1", name="a.jpg", headers={"X-Kind": "scan"}),
        files=[file(b"2", name="b.txt"), file(b"3", content_type="a/b")],
        item=package.models.Item(id=1),
        count=4,
    )
    client.send_any(body=body)
    assert [
        ("photo", "a.jpg", "image/jpeg", "scan", b"1"),
        ("files", "b.txt", "text/plain", None, b"2"),
        ("files", "files", "a/b", None, b"3"),
        ("item", None, "application/json", None, b'{"id":1}'),
        ("count", None, None, None, b"4"),
    ] == parts(recorder.last)
    client.send_any(body={"photo": file(b"", name="a.gif")}, content_type="multipart/form-data")
    assert ("image/png", "photo") == parts(recorder.last)[0][2:4]


def test_forms(client: Any, recorder: Recorder) -> None:
    """Arrays repeat their name, unless the encoding says otherwise. DELETE may have a body."""
    two = ["a", "b&c"]
    client.remove(body={"plain": two, "list": two, "json": two})
    assert "DELETE" == recorder.last.method
    assert b"plain=a&plain=b%26c&list=a,b%26c&json=%5B%22a%22%2C%22b%26c%22%5D" == recorder.last.body


def test_bytes_of_any_media_type(client: Any, recorder: Recorder) -> None:
    """Are sent as they are, not as base64 in JSON."""
    client.send_file(body=b"\0\xff")
    assert ("application/octet-stream", b"\0\xff") == (
        recorder.last.headers["content-type"],
        recorder.last.body,
    )


def test_forms_without_names(package: Any, client: Any, recorder: Recorder) -> None:
    """Of a form that its document describes as one value the caller knows the names of the fields: the
    annotations ask for a mapping."""
    client.send_parts(body={"file": package.File(b"1", name="a.png")})
    assert [("file", "a.png", "image/png", None, b"1")] == parts(recorder.last)
    client.send_form(body={"text": "a b"})
    assert b"text=a%20b" == recorder.last.body
    asked = [call.__wrapped__.__annotations__["body"] for call in (client.send_parts, client.send_form)]
    assert ["Mapping[str, object] | None"] * 2 == asked


def test_a_media_type_that_a_range_stands_for(client: Any, recorder: Recorder) -> None:
    """Is offered once where the document lists it beside the range. What a form without names is described as
    is no type of the body where that is JSON as well."""
    with pytest.raises(ValueError, match=r"is none of application/json, text/json, [^,]*-urlencoded$"):
        client.send_json(body={"id": 1}, content_type="application/xml")
    asked = client.send_json.__wrapped__.__annotations__["body"]
    assert "models.Item | Mapping[str, object] | None" == asked
    client.send_json(body={"id": 1})
    assert "application/json" == recorder.last.headers["content-type"]


def test_a_body_of_get(client: Any, recorder: Recorder) -> None:
    """Is sent when it is there, and leaves no header behind when it is not."""
    client.find(body=[1, 2])
    assert ("GET", b"[1,2]", "5") == (
        recorder.last.method,
        recorder.last.body,
        recorder.last.headers["content-length"],
    )
    client.find()
    assert not {"content-type", "content-length", "transfer-encoding"} & recorder.last.headers.keys()


def test_json_lines(package: Any, client: Any, recorder: Recorder) -> None:
    """A line for each item of any iterable."""
    client.send_lines(body=(package.models.Item(id=number) for number in (1, 2)))
    assert b'{"id":1}\n{"id":2}\n' == recorder.last.body
    assert "application/x-ndjson" == recorder.last.headers["content-type"]
