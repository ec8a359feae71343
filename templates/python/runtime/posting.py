"""One request to the authorization server: by an HTTP client of its own that follows no
redirect, keeps no cookie and no connection, and is gone afterwards."""

from __future__ import annotations

import ssl
import time

import httpx2

from . import tls
from .failures import NEVER_LEFT
from .interruptions import BARE
from .redaction import excerpt
from .steps import Answer, Post, Unreachable

_USER_AGENT = "ionapi-client"

_NEVER_SENT = (*NEVER_LEFT, httpx2.LocalProtocolError, httpx2.InvalidURL)


class Poster:
    """Posts forms from a thread.

    Args:
        verify: as `tls.context` takes it.
        transport: what sends the requests instead of the network; never closed here.
    """

    def __init__(
        self,
        verify: ssl.SSLContext | str | None,
        transport: httpx2.BaseTransport | None,
    ) -> None:
        self._verify = verify
        self._transport = transport

    def post(self, step: Post, timeout: float) -> Answer | Unreachable:
        """Sends a form. The time-out, in seconds, is for each phase of the request."""
        asked_at = time.monotonic()
        try:
            with BARE, self._client(timeout) as client:
                return _answer(client.send(_request(step)), asked_at)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return _unreachable(error)

    def _client(self, timeout: float) -> httpx2.Client:
        if self._transport is not None:
            transport = _Borrowed(self._transport)
            return httpx2.Client(transport=transport, timeout=timeout)
        return httpx2.Client(verify=tls.context(self._verify), timeout=timeout)


class AsyncPoster:
    """Posts forms from a task; as `Poster`."""

    def __init__(
        self,
        verify: ssl.SSLContext | str | None,
        transport: httpx2.AsyncBaseTransport | None,
    ) -> None:
        self._verify = verify
        self._transport = transport

    async def post(self, step: Post, timeout: float) -> Answer | Unreachable:
        """Sends a form. The time-out, in seconds, is for each phase of the request."""
        asked_at = time.monotonic()
        try:
            with BARE:
                async with self._client(timeout) as client:
                    return _answer(await client.send(_request(step)), asked_at)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return _unreachable(error)

    def _client(self, timeout: float) -> httpx2.AsyncClient:
        if self._transport is not None:
            transport = _AsyncBorrowed(self._transport)
            return httpx2.AsyncClient(transport=transport, timeout=timeout)
        return httpx2.AsyncClient(verify=tls.context(self._verify), timeout=timeout)


class _Borrowed(httpx2.BaseTransport):
    """Somebody else's transport: not opened here, and not closed."""

    def __init__(self, transport: httpx2.BaseTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._transport.handle_request(request)


class _AsyncBorrowed(httpx2.AsyncBaseTransport):
    def __init__(self, transport: httpx2.AsyncBaseTransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self._transport.handle_async_request(request)


def _request(step: Post) -> httpx2.Request:
    """The request, secrets in places only that no `repr` shows: a byte stream, and
    headers of a type that masks `Authorization`."""
    url = httpx2.URL(step.url)
    stream = httpx2.ByteStream(step.form.encoded())
    length = len(step.form.encoded())
    headers = httpx2.Headers(
        [
            (b"Host", url.netloc),
            (b"Accept", b"application/json"),
            (b"Content-Type", b"application/x-www-form-urlencoded"),
            (b"Content-Length", b"%d" % length),
            (b"Connection", b"close"),
            (b"User-Agent", _USER_AGENT.encode()),
        ]
    )
    if step.login is not None:
        headers["Authorization"] = step.login.header()
    return httpx2.Request("POST", url, headers=headers, stream=stream)


def _answer(response: httpx2.Response, asked_at: float) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.content, asked_at)


def _unreachable(error: Exception) -> Unreachable:
    """What an error of the HTTP library means. The error itself, whose traceback holds
    the request, goes no further."""
    return Unreachable(
        sent=not isinstance(error, _NEVER_SENT),
        timed_out=isinstance(error, httpx2.TimeoutException),
        reason=excerpt(f"{type(error).__name__}: {error}".rstrip(": ")),
    )
