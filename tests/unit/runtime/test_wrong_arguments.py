"""Arguments of the wrong kind: said by name at once, and not as an `AttributeError` of the first call."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from ionapi_runtime.async_auth import AsyncIonAuth
from ionapi_runtime.auth import IonAuth
from ionapi_runtime.credentials import Credentials
from ionapi_runtime.retry import Retry
from ionapi_runtime.store import MemoryStore

from tests_support.shop import AsyncClient, Client


def _answer(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, json={})


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"retry": 3}, r"^retry: a Retry, such as Retry\(attempts=3\), not int$"),
    ({"retry": 0}, "^retry: a Retry"),
    ({"retry": Retry}, "^retry: a Retry, .* not type$"),
    ({"timeout": "x"}, "^timeout: a number of seconds, not str$"),
    ({"timeout": True}, "^timeout: a number of seconds, not bool$"),
    ({"timeout": (1, 2)}, "^timeout: a number of seconds, not tuple$"),
    (
        {"token_store": "path"},
        r"^token_store: a TokenStore, such as FileStore\(path\) or MemoryStore\(\), not str$",
    ),
    ({"token_store": MemoryStore}, "^token_store: an object, not the class MemoryStore$"),
    ({"credentials": "acme.ionapi"}, "^credentials: Credentials, as of a file, not str$"),
    ({"credentials": {"ti": "ACME", "cs": "s3cret"}}, "^credentials: Credentials, as of a file, not dict$"),
    ({"credentials": Credentials}, "^credentials: Credentials, as of a file, not type$"),
    ({"base_url": b"https://x.example"}, "^base_url: a text, not bytes$"),
    ({"headers": "X-A: b"}, "^headers: a mapping of texts, not str$"),
    ({"headers": [("X-A", "b")]}, "^headers: a mapping of texts, not list$"),
    ({"verify": False}, "^verify: an ssl.SSLContext"),
    ({"auth": "token"}, "^auth: Bearer, Basic or ApiKey"),
]


@pytest.mark.parametrize(("given", "message"), WRONG)
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_client_refuses_it_by_name(
    kind: Any, given: dict[str, Any], message: str, credentials: Credentials
) -> None:
    """Without showing the value, which may be a secret in the wrong place."""
    arguments = {"credentials": credentials, "transport": httpx2.MockTransport(_answer), **given}
    with pytest.raises(TypeError, match=message):
        kind(**arguments)


@pytest.mark.parametrize(
    ("given", "message"),
    [({"retry": 3}, "^retry: a Retry"), ({"timeout": "x"}, "^timeout: a number of seconds, not str$")],
)
def test_options_are_looked_at_as_well(given: dict[str, Any], message: str, credentials: Credentials) -> None:
    client = Client(credentials=credentials, transport=httpx2.MockTransport(_answer))
    with pytest.raises(TypeError, match=message):
        client.with_options(**given)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"attempts": "3"}, TypeError, "^attempts: a whole number, not str$"),
        ({"attempts": 2.5}, TypeError, "^attempts: a whole number, not float$"),
        ({"attempts": True}, TypeError, "^attempts: a whole number, not bool$"),
        ({"attempts": 0}, ValueError, "^attempts: a call is sent at least once$"),
        ({"pause": -1}, ValueError, "^pause: seconds, not below 0$"),
        ({"pause": float("nan")}, ValueError, "^pause: seconds, not below 0$"),
        ({"longest_pause": "1"}, TypeError, "^longest_pause: seconds, not str$"),
        ({"budget": None}, TypeError, "^budget: a whole number, not NoneType$"),
    ],
)
def test_a_retry_says_what_it_needs(given: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Retry(**given)


@pytest.mark.parametrize("kind", [IonAuth, AsyncIonAuth])
@pytest.mark.parametrize(
    "name", ["client_secret", "token_url", "tenant", "gateway_url", "client_id", "username"]
)
def test_credentials_are_texts(kind: Any, name: str, credentials: Credentials) -> None:
    """A field that is something else is named, and not shown."""
    given: dict[str, Any] = {name: b"s3cret"}
    with pytest.raises(TypeError, match=f"^{name} of the credentials: a text, not bytes$"):
        kind(credentials.__replace__(**given))
