"""How a body is written in each media type."""

from __future__ import annotations

import email
import email.message
import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from ionapi_runtime import Binary, File, Form, Json, JsonLines, Multipart, Part, Text

from tests_support.shop import Client, Item, Server, Upload


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with Client(auth=None, transport=server.transport) as made:
        yield made


def parts_of(server: Server) -> list[email.message.Message]:
    """The parts of the last body, as Python's own parser reads them."""
    head = b"Content-Type: " + server.headers["content-type"].encode() + b"\r\n\r\n"
    payload = email.message_from_bytes(head + server.bodies[-1]).get_payload()
    assert isinstance(payload, list)
    return [part for part in payload if isinstance(part, email.message.Message)]


def test_json(client: Client, server: Server) -> None:
    """Models and mappings of their shape; what is unset is absent, null is null."""
    for body in (Item(item_id=1, name=None), {"itemId": 1, "name": None}):
        client.items.create_item(body=body)
        assert b'{"itemId":1,"name":null}' == server.bodies[-1]
        assert "application/json" == server.headers["content-type"]
        assert "24" == server.headers["content-length"]


def test_no_body(client: Client, server: Server) -> None:
    """An optional body that is left out is neither sent nor announced."""
    client.items.create_item()
    assert b"" == server.bodies[-1]
    assert "content-type" not in server.headers
    assert "0" == server.headers["content-length"]


def test_form(client: Client, server: Server) -> None:
    """Arrays repeat their name, objects are JSON, null is left out."""
    client.items.search(body={"q": "a&b", "tags": ["x", "y"], "deep": {"a": 1}, "none": None})
    assert b"q=a%26b&tags=x&tags=y&deep=%7B%22a%22%3A1%7D" == server.bodies[-1]
    assert "application/x-www-form-urlencoded" == server.headers["content-type"]


def test_form_with_encoding() -> None:
    """Fields follow the style that the document gives them."""
    form = Form(
        parts={
            "ids": Part(explode=False),
            "deep": Part(style="deepObject"),
            "url": Part(style="form", allow_reserved=True),
        }
    )
    payload = form.payload({"ids": [1, 2], "deep": {"a": 1}, "url": "a/b"}, form.media_type)
    assert b"ids=1,2&deep%5Ba%5D=1&url=a/b" == b"".join(payload)


def test_multipart(client: Client, server: Server) -> None:
    """Text, JSON and files; the document's media types and headers, the file's own name and type."""
    client.items.send(
        body={
            "title": 'ü "q"',
            "item": Item(item_id=1),
            "tags": ["a", "b"],
            "files": [File(b"\x00\xff", name='a"b.png'), b"raw", io.BytesIO(b"stream")],
            "none": None,
        },
        content_type="multipart/form-data",
    )
    found = [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part["x-part"],
            part.get_payload(decode=True),
        )
        for part in parts_of(server)
    ]
    assert [
        ("title", None, None, None, 'ü "q"'.encode()),
        ("item", None, "application/json", "1", b'{"itemId":1}'),
        ("tags", None, None, None, b"a"),
        ("tags", None, None, None, b"b"),
        ("files", "a%22b.png", "image/png", None, b"\x00\xff"),
        ("files", "files", "application/octet-stream", None, b"raw"),
        ("files", "files", "application/octet-stream", None, b"stream"),
    ] == found
    assert str(len(server.bodies[-1])) == server.headers["content-length"]


def test_multipart_of_a_model() -> None:
    """A model's files are sent as they are, its other fields by their names on the wire, read-only ones not."""
    upload = Upload(file=File(iter([b"a", b"b"]), name="x.bin"), item=Item(item_id=1), stored_at="now")
    payload = Multipart().payload(upload, "multipart/form-data")
    body = b"".join(payload)
    assert b'name="file"; filename="x.bin"' in body
    assert b"\r\n\r\nab\r\n" in body
    assert b'{"itemId":1}' in body
    assert b"now" not in body
    assert (None, False) == (payload.length, payload.repeatable)


def test_multipart_boundaries_differ_but_not_in_length() -> None:
    """Nobody can guess one, and the length of a body does not depend on chance."""
    first, second = (Multipart().payload({"a": 1}, "multipart/form-data") for _ in range(2))
    assert first.content_type != second.content_type
    assert first.length == second.length


def test_a_name_cannot_break_out_of_its_part() -> None:
    """Quotation marks and line breaks in names are written as HTML forms do."""
    body = b"".join(Multipart().payload({'a"\r\nX: 1': File(b"", name="f\r\nX: 2")}, "multipart/form-data"))
    assert b'name="a%22%0D%0AX: 1"; filename="f%0D%0AX: 2"' in body


@pytest.mark.parametrize(
    ("make", "length"),
    [
        (lambda: b"abc", "3"),
        (lambda: io.BytesIO(b"abc"), "3"),
        (lambda: iter([b"a", b"bc"]), None),
        (lambda: [b"a", b"bc"], None),
        (lambda: File(b"abc"), "3"),
    ],
)
def test_binary(client: Client, server: Server, make: Callable[[], bytes], length: str | None) -> None:
    """Bytes, files and iterables; the length is announced where it is known."""
    client.items.upload(body=make())
    assert b"abc" == server.bodies[-1]
    assert length == server.headers.get("content-length")
    assert (None if length else "chunked") == server.headers.get("transfer-encoding")
    assert "application/octet-stream" == server.headers["content-type"]


def test_the_media_type_of_a_file_counts(client: Client, server: Server) -> None:
    """Where the document says `image/*`, the file says which."""
    client.items.upload(body=File(b"", content_type="image/webp"))
    assert "image/webp" == server.headers["content-type"]


def test_a_file_is_sent_from_where_it_stands() -> None:
    """Also when it is sent once more."""
    file = io.BytesIO(b"skipped:kept")
    file.seek(8)
    payload = Binary().payload(file, "application/octet-stream")
    assert (4, True) == (payload.length, payload.repeatable)
    assert [b"kept", b"kept"] == [b"".join(payload), b"".join(payload)]


@pytest.mark.parametrize(
    ("body", "value", "message"),
    [
        (Binary(), 5, "bytes"),
        (Binary(), "text", "bytes"),
        (Form(), "a=1", "model or mapping"),
        (Multipart(), b"a", "model or mapping"),
        (Text(), {"a": 1}, "str or bytes"),
        (JsonLines(), 5, "iterable"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_type_error(
    body: Binary | Form | Multipart | Text | JsonLines, value: object, message: str
) -> None:
    """The message names the argument and what it may be."""
    with pytest.raises(TypeError, match=f"body: .*{message}"):
        body.payload(value, body.media_type)


def test_a_text_file_is_refused(client: Client) -> None:
    """With the caller's mistake as the error, not the HTTP library's."""
    text_file: Any = io.StringIO("text")
    with pytest.raises(TypeError, match="binary mode"):
        client.items.upload(body=text_file)


def test_what_the_caller_s_iterable_raises_comes_back(client: Client) -> None:
    """Itself, and without the frames of the HTTP library, whose variables hold the request."""

    def broken() -> Iterator[bytes]:
        yield b"a"
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine") as caught:
        client.items.upload(body=broken())
    files = {str(entry.path) for entry in caught.traceback}
    assert not [file for file in files if "httpx2" in file or "httpcore2" in file]
    assert None is caught.value.__context__


def test_text() -> None:
    """UTF-8, and said so; XML says it itself; bytes go as they are."""
    plain = Text()
    payload = plain.payload("ü", plain.media_type)
    assert (b"text/plain; charset=utf-8", "ü".encode()) == (payload.content_type, b"".join(payload))
    xml = Text("application/xml").payload(b"<a/>", "application/xml")
    assert (b"application/xml", b"<a/>") == (xml.content_type, b"".join(xml))


def test_json_lines(client: Client, server: Server) -> None:
    """A line for each item, sent as they come."""
    client.items.send_lines(body=(item for item in [Item(item_id=1), {"a": None}]))
    assert b'{"itemId":1}\n{"a":null}\n' == server.bodies[-1]
    assert "chunked" == server.headers["transfer-encoding"]
    sequence = JsonLines("application/json-seq")
    assert b'\x1e{"a":1}\n' == b"".join(sequence.payload([{"a": 1}], sequence.media_type))


@pytest.mark.parametrize(
    ("value", "content_type", "expected"),
    [
        ({"a": 1}, None, "application/json"),
        ("text", None, "application/json"),
        ("text", "text/plain", "text/plain; charset=utf-8"),
        ({"a": 1}, "application/json; charset=utf-8", "application/json; charset=utf-8"),
        ({"a": b"x"}, "multipart/form-data", "multipart/form-data; boundary="),
    ],
)
def test_one_of_several_media_types(
    client: Client, server: Server, value: object, content_type: str | None, expected: str
) -> None:
    """The caller names one, else it is the first that suits the value."""
    if content_type is None:
        client.items.send(body=value)
    else:
        client.items.send(body=value, content_type=content_type)
    assert server.headers["content-type"].startswith(expected)


def test_an_unknown_media_type_is_refused(client: Client, server: Server) -> None:
    """The message lists those that the operation takes."""
    with pytest.raises(ValueError, match="content_type: 'a/b' is none of application/json, multipart"):
        client.items.send(body={}, content_type="a/b")
    assert [] == server.requests


def test_json_in_other_names(server: Server) -> None:
    """A body of another JSON type is sent under its name."""
    merge = Json("application/merge-patch+json")
    assert b"application/merge-patch+json" == merge.payload({}, merge.media_type).content_type


def test_a_body_that_is_consumed_is_not_sent_again() -> None:
    """An iterator is gone after the first attempt, whatever the server answers."""
    server = Server(httpx2.Response(429), httpx2.Response(204))
    with Client(auth=None, transport=server.transport) as client, pytest.raises(Exception, match="429"):
        client.items.upload(body=iter([b"once"]))
    assert [b"once"] == server.bodies
