"""The errors of a client: one tree, picklable and copyable, and nothing secret in what they say."""

from __future__ import annotations

import copy
import pickle

import pytest
from ionapi_runtime import errors
from ionapi_runtime.errors import (
    AuthenticationError,
    BusinessError,
    CredentialsError,
    DecodeError,
    IonApiError,
    NotFoundError,
    RequestTimeoutError,
    ServerError,
    StatusError,
    TransportError,
    status_error_class,
)
from ionapi_runtime.redaction import excerpt

JWT = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhY21lIn0.c2lnbmF0dXJl"

EVERY_KIND = [
    CredentialsError("the file a.ionapi lacks a key"),
    AuthenticationError(400, "invalid_grant", "no such account"),
    TransportError("no answer", sent=False),
    RequestTimeoutError("no answer in time"),
    NotFoundError(404, {"x": "y"}, b'{"a": 1}', {"a": 1}, "GET", "/items/{id}"),
    BusinessError("XCU0001", "CUNO", "ServerReturnedNOK", "no such customer", ({"CUNO": "1"},)),
    DecodeError("$.items[3].price", "expected a number, found a string"),
]


@pytest.mark.parametrize("error", EVERY_KIND, ids=lambda error: type(error).__name__)
def test_errors_survive_pickle_and_copy(error: IonApiError) -> None:
    """Those of another process, and those that many waiters share, are whole."""
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (type(error), error.args, vars(error), str(error)) == (
            type(twin),
            twin.args,
            vars(twin),
            str(twin),
        )


def test_the_module_opens_with_its_tree() -> None:
    """Every class that the module defines is in the tree of its docstring."""
    classes = [
        name for name, value in vars(errors).items() if isinstance(value, type) and name.endswith("Error")
    ]
    assert [] == [name for name in classes if name not in str(errors.__doc__)]


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "UnauthorizedError"),
        (403, "ForbiddenError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (412, "PreconditionFailedError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitedError"),
        (418, "StatusError"),
        (302, "StatusError"),
        (500, "ServerError"),
        (599, "ServerError"),
        (600, "StatusError"),
    ],
)
def test_a_status_has_a_class(status: int, name: str) -> None:
    """Its own, that of its hundred, or the common one."""
    assert name == status_error_class(status).__name__


def test_messages_say_what_and_where() -> None:
    """One line each."""
    assert [
        "the file a.ionapi lacks a key",
        "the authorization server answered 400 Bad Request: invalid_grant: no such account",
        "no answer",
        "no answer in time",
        'GET /items/{id} answered 404 Not Found: {"a": 1}',
        "no such customer (field CUNO, code XCU0001)",
        "$.items[3].price: expected a number, found a string",
    ] == [str(error) for error in EVERY_KIND]
    assert "GET / answered 799" == str(StatusError(799, {}, b"", None, "GET", "/"))
    assert "ServerError('GET / answered 500 Internal Server Error')" == repr(
        ServerError(500, {"set-cookie": "secret"}, b"", None, "GET", "/")
    )


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f'{{"access_token":"{JWT}"}}'.encode(), '{"access_token":"[…]"}'),
        (
            b"the Illegal-impersonation-attempt-happened here",
            "the Illegal-impersonation-attempt-happened here",
        ),
        (b"id 0a1b2c3d-0000-4000-8000-00000000abcd", "id 0a1b2c3d-0000-4000-8000-00000000abcd"),
        (b"hush and hush", "[…] and […]"),
        (b"<html>\r\n\x1b[31m\x00 \xff", "<html> ?[31m? \ufffd"),
        (b"word " * 200, ("word " * 200)[:299] + "…"),
        (b"", ""),
    ],
)
def test_excerpts_hide_what_looks_like_a_secret(body: bytes, shown: str) -> None:
    """Tokens, keys and control characters; not words, and not the UUID that support asks for."""
    assert shown == excerpt(body, ("hush", ""))
