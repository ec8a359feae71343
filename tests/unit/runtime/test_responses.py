"""What becomes of an answer."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx2
import pytest
from ionapi_runtime import (
    BusinessError,
    ConflictError,
    DecodeError,
    IonApiError,
    NotFoundError,
    Response,
    ServerError,
    Settings,
    StatusError,
)

from tests_support.shop import SETTINGS, Client, Item, Job, Problem, Server, answer


def client(*answers: httpx2.Response, strict: bool = False) -> Client:
    return Client(auth=None, transport=Server(*answers).transport, strict=strict)


def test_json_is_models() -> None:
    """Also under names that end in +json, in other encodings, and with a byte order mark."""
    content = b'{"itemId": 1, "name": "\xc3\xbc"}'
    for kind, body in (
        ("application/json", content),
        ("application/vnd.shop+json; charset=utf-8", content),
        ("application/json; charset=latin-1", content.decode().encode("latin-1")),
        ("application/json", b"\xef\xbb\xbf" + content),
        ("text/plain", content),
        ("", content),
    ):
        item = client(httpx2.Response(200, content=body, headers={"content-type": kind})).items.get_item("1")
        assert Item(item_id=1, name="ü") == item, kind


def test_the_type_depends_on_the_status() -> None:
    """Where the document says so; a status that it does not list is read as any of them."""
    assert isinstance(client(answer({"itemId": 1}, 201)).items.create_item(), Item)
    assert isinstance(client(answer({"jobId": "1"}, 202)).items.create_item(), Job)
    assert isinstance(client(answer({"jobId": "1"}, 200)).items.create_item(), Job)
    assert None is client(httpx2.Response(303)).items.create_item()


@pytest.mark.parametrize(
    ("content_type", "content", "expected"),
    [
        ("text/plain; charset=utf-8", "ü".encode(), "ü"),
        ("text/plain; charset=iso-8859-1", b"\xfc", "ü"),
        ("text/plain; charset=nonsense", b"x\xff", "x\ufffd"),
        ("text/plain; charset=base64", b"x", "x"),
        ("text/xml", b"<a/>", "<a/>"),
        ("application/json", b'"quoted"', "quoted"),
        ("application/json", b'{"a": 1}', '{"a": 1}'),
        ("application/json", b"not json", "not json"),
        ("", b"", ""),
    ],
)
def test_text(content_type: str, content: bytes, expected: str) -> None:
    """A text in the encoding that the answer names; a JSON string without its quotes; never a crash."""
    reply = httpx2.Response(200, content=content, headers={"content-type": content_type})
    assert expected == client(reply).items.get_note()


def test_bytes() -> None:
    """As they came."""
    assert b"\x00\xff" == client(httpx2.Response(200, content=b"\x00\xff")).items.download()


def test_nothing() -> None:
    """Whatever a server sends where the document promises nothing."""
    made: Any = client(answer({"surprise": 1}))
    assert None is made.items.delete_item("1")


def test_an_empty_body_in_place_of_json() -> None:
    """None, unless the client is strict."""
    assert None is client(httpx2.Response(200)).items.get_item("1")
    with pytest.raises(DecodeError, match=r"empty body \(GET /items/{itemId}\)"):
        client(httpx2.Response(200), strict=True).items.get_item("1")


def test_a_page_in_place_of_json() -> None:
    """A log-in page says that it is none of the API's answers, in a few words without secrets."""
    secret = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ"
    page = httpx2.Response(200, html=f"<html><title>Log in</title>{secret}{'x ' * 1000}</html>")
    with pytest.raises(DecodeError, match="expected JSON, found text/html: <html><title>Log in") as caught:
        client(page).items.get_item("1")
    assert secret not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_strict_names_the_path_and_the_operation() -> None:
    """A wrong shape is kept as it came, or is an error that says where it is."""
    wrong = [{"itemId": 1}, {"itemId": "x"}]
    assert "x" == client(answer(wrong)).items.list_items()[1].item_id
    with pytest.raises(DecodeError, match=r"^\$\[1\]\.itemId: expected an integer.*GET /items"):
        client(answer(wrong), strict=True).items.list_items()


def test_errors_are_typed() -> None:
    """`error` is the document's model for the status, its range or all others; else None. The body stays."""
    with pytest.raises(NotFoundError) as missing:
        client(answer({"title": "gone"}, 404, etag='"1"')).items.get_item("secret-id")
    error = missing.value
    assert isinstance(error.error, Problem)
    assert (404, "gone", '"1"') == (error.status, error.error.title, error.headers["ETag"])
    assert "GET /items/{itemId} answered 404 Not Found" in str(error)
    assert "secret-id" not in str(error)
    with pytest.raises(ServerError) as broken:
        client(answer({"title": "down"}, 500)).items.get_item("1")
    assert isinstance(broken.value.error, Problem)
    with pytest.raises(ConflictError) as undeclared:
        client(answer({"title": "x"}, 409)).items.get_item("1")
    assert None is undeclared.value.error
    assert b'{"title":"x"}' == undeclared.value.body
    with pytest.raises(StatusError) as other:
        client(answer({"title": "x"}, 418)).items.create_item()
    assert isinstance(other.value.error, Problem)


def test_an_error_of_another_shape_is_an_error_all_the_same() -> None:
    """A proxy's page instead of the document's model."""
    with pytest.raises(NotFoundError) as caught:
        client(httpx2.Response(404, html="<html>nginx</html>")).items.get_item("1")
    assert (None, b"<html>nginx</html>") == (caught.value.error, caught.value.body)


def test_errors_travel() -> None:
    """They can be pickled and copied, and keep no request."""
    with pytest.raises(NotFoundError) as caught:
        client(answer({"title": "gone"}, 404)).items.get_item("1")
    for other in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert (404, str(caught.value)) == (other.status, str(other))
        assert caught.value.body == other.body


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirections_are_not_followed(status: int) -> None:
    """A bearer token goes where the caller sent it, and nowhere else."""
    server = Server(httpx2.Response(status, headers={"location": "https://evil.example/"}))
    with pytest.raises(StatusError) as caught:
        Client(auth=None, transport=server.transport).items.get_item("1")
    assert status == caught.value.status
    assert 1 == len(server.requests)


def test_the_whole_response() -> None:
    """Status, headers in any case, bytes and value."""
    made = client(answer({"itemId": 1}, 200, etag='"7"'))
    response: Response[Item] = made.response(made.items.get_item, "1", language="en")
    assert (200, '"7"', b'{"itemId":1}', 1) == (
        response.status,
        response.headers["ETag"],
        response.content,
        response.value.item_id,
    )
    assert "<Response 200 of GET /items/{itemId}>" == repr(response)


def test_compressed_answers() -> None:
    """Are unpacked."""
    import gzip

    content = gzip.compress(b'{"itemId": 1}')
    headers = {"content-encoding": "gzip", "content-type": "application/json"}
    assert 1 == client(httpx2.Response(200, content=content, headers=headers)).items.get_item("1").item_id


@pytest.fixture
def checked() -> type[Client]:
    """A client of a product whose failures come with status 200."""

    def check(response: httpx2.Response, error: IonApiError | None) -> IonApiError | None:
        if error is None and b"errorMessage" in response.content:
            said = f"{response.status_code} {response.headers['content-type']}"
            return BusinessError("X", None, None, said)
        return error

    class Checked(Client):
        settings = Settings(title="x", user_agent="x", base_url="https://x.example", check=check)

    return Checked


def test_failures_with_a_success_status(checked: type[Client]) -> None:
    """The check of the document's product sees each answer before it is returned."""
    server = Server(answer({"itemId": 1}), answer({"errorMessage": "no"}))
    made = checked(auth=None, transport=server.transport)
    assert 1 == made.items.get_item("1").item_id
    with pytest.raises(BusinessError, match="200 application/json"):
        made.items.get_item("1")
    assert SETTINGS.check is None
