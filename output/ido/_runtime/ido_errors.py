"""How Mongoose says that a call failed: in an answer of status 200, or in a header of an
empty one."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import httpx2

from .errors import BusinessError, IonApiError, StatusError
from .redaction import excerpt
from .values import is_object

CONFIG = "X-Infor-MongooseConfig"
"""The header that names the configuration."""

_FAILED = re.compile(rb'"Success"\s*:\s*false')
_PASSWORD = re.compile(r"/token/[^/]+/[^/]+/([^/]+)$")
_MENTIONS = re.compile(r"config", re.IGNORECASE)
_LIMITS = frozenset({401, 429, 502, 503, 504})
"""Statuses of the gateway that have nothing to do with a configuration."""

_UNNAMED = (
    "The call named no Mongoose configuration, without which the gateway lets few calls "
    "through: pass mongoose_config= to the client, to with_options or to the call."
)


class IDOError(BusinessError):
    """Mongoose carried the call out, or did not, and says that it failed.

    Args:
        code: its `MessageCode`; None where it sent none.
        message: what it says, without blanks around it.
        status: the HTTP status of the answer, a success.
        body: the answer as it came.
    """

    def __init__(
        self, code: str | None, message: str, status: int, body: bytes
    ) -> None:
        super().__init__(code, None, None, message)
        self.args = (code, message, status, body)
        self.status = status
        self.body = body


class MissingConfigurationError(IDOError):
    """The call named no configuration (`mongoose_config`), and Mongoose or the gateway
    asks for one."""


def ido_failure(
    response: httpx2.Response, error: IonApiError | None
) -> IonApiError | None:
    """The error of an answer: the one that its status means, or what Mongoose says in
    an answer of success.

    Args:
        response: the answer; its body was not read where it is streamed.
        error: the error that its status means.
    """
    found = error or _told(response)
    if found is None:
        return None
    path = response.request.url.raw_path.decode("ascii").partition("?")[0]
    secret = _PASSWORD.search(path)
    if secret is not None:
        found = _without(found, secret[1])
    if CONFIG not in response.request.headers and response.status_code not in _LIMITS:
        return _unnamed(found)
    return found


def _told(response: httpx2.Response) -> IDOError | None:
    """The failure that an answer of success tells of."""
    content = response.content if response.is_closed else None
    empty = response.headers.get("content-length") == "0" or content == b""
    said = response.headers.get("x-message", "").strip()
    if empty and said:
        return IDOError(None, said, response.status_code, b"")
    if content is None or not _FAILED.search(content):
        return None
    try:
        answer: object = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not is_object(answer) or answer.get("Success") is not False:
        return None
    message, code = answer.get("Message"), answer.get("MessageCode")
    said = message.strip() if isinstance(message, str) else ""
    told = any(
        value is not None
        for name, value in answer.items()
        if name not in ("Success", "Message", "MessageCode")
    )
    if not said and told and response.request.method == "GET":
        # Infor's own example of GetPropertyInformation: everything that was asked for,
        # and yet no success.
        return None
    known = str(code) if isinstance(code, (str, int)) else None
    return IDOError(known, said, response.status_code, content)


def _unnamed(error: IonApiError) -> IonApiError:
    """The error of a call that named no configuration."""
    body = error.body if isinstance(error, (IDOError, StatusError)) else b""
    said = error.message if isinstance(error, IDOError) else excerpt(body)
    if not _MENTIONS.search(said):
        error.add_note(_UNNAMED)
        return error
    status = error.status if isinstance(error, (IDOError, StatusError)) else 200
    missing = MissingConfigurationError(None, f"{said}. {_UNNAMED}", status, body)
    missing.__cause__ = error
    return missing


def _without(error: IonApiError, password: str) -> IonApiError:
    """The error without the password that stood in the path, should the answer repeat
    it."""
    secrets = sorted({password, unquote(password)}, key=len, reverse=True)
    if isinstance(error, IDOError):
        message = error.message
        for secret in secrets:
            message = message.replace(secret, "[…]")
        return IDOError(error.code, message, error.status, _masked(error.body, secrets))
    if isinstance(error, StatusError):
        error.body = _masked(error.body, secrets)
        error.args = (*error.args[:2], error.body, None, *error.args[4:])
        error.error = None
    return error


def _masked(body: bytes, secrets: list[str]) -> bytes:
    for secret in secrets:
        body = body.replace(secret.encode(), "[…]".encode())
    return body
