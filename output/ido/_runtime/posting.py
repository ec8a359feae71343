"""One request to the authorization server: over a connection of its own, without
redirects and cookies, at most so long and at most so much."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Mapping
from types import TracebackType

import httpx2

from . import tls
from .failures import NEVER_LEFT
from .interruptions import BARE
from .proxies import proxy_for
from .redaction import excerpt
from .steps import Answer, Post, Unreachable

LARGEST = 1 << 20
"""Bytes that are read of an answer; real ones have a few thousand."""

CONNECT = 10.0
"""Seconds for a connection, if the whole request may take longer."""

_GRACE = 0.2
"""Seconds after its end that a request has to say by itself what it waited for."""

_USER_AGENT = "ionapi-client"

_NEVER_SENT = (*NEVER_LEFT, httpx2.LocalProtocolError, httpx2.InvalidURL)

Verify = ssl.SSLContext | str | None


class Poster:
    """Posts forms from a thread.

    Args:
        verify: as `tls.context` takes it.
        transport: what sends the requests instead of the network; never closed here.
    """

    def __init__(
        self, verify: Verify, transport: httpx2.BaseTransport | None = None
    ) -> None:
        self._verify = verify
        self._transport = transport

    def post(self, step: Post, timeout: float) -> Answer | Unreachable:
        """Sends a form, and is back after so many seconds, whatever the server does.

        A thread of its own sends it: what looks up a name, or reads an answer that
        drips, cannot be interrupted. It is left alone when time is over.
        """
        errand = _Errand(self, step, timeout)
        try:
            errand.start()
        except RuntimeError:
            # No thread begins any more while the interpreter ends.
            errand.run()
        errand.join(timeout + _GRACE)
        return errand.reply()

    def send(self, step: Post, timeout: float) -> Answer | Unreachable:
        """Sends a form; the time-out is for each piece of the answer."""
        ends_at = time.monotonic() + timeout
        transport = self._transport or _connection(self._verify, step.url)
        try:
            with BARE:
                return _exchanged(transport, step, timeout, ends_at)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return _unreachable(error, step)
        finally:
            if transport is not self._transport:
                transport.close()


class _Errand(threading.Thread):
    """A request on its way."""

    def __init__(self, poster: Poster, step: Post, timeout: float) -> None:
        super().__init__(name="ionapi-token", daemon=True)
        self._poster = poster
        self._step = step
        self._timeout = timeout
        self._reply: Answer | Unreachable = _late()
        self._error: BaseException | None = None

    def run(self) -> None:
        with self:
            self._reply = self._poster.send(self._step, self._timeout)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """What is raised is raised for the thread that waits."""
        self._error = error
        return True

    def reply(self) -> Answer | Unreachable:
        """What came of it until now."""
        error, self._error = self._error, None
        if error is not None:
            raise error
        return self._reply


class AsyncPoster:
    """Posts forms from a task; as `Poster`."""

    def __init__(
        self, verify: Verify, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._verify = verify
        self._transport = transport

    async def post(self, step: Post, timeout: float) -> Answer | Unreachable:
        """Sends a form, and is back after so many seconds, whatever the server does."""
        transport = self._transport or _async_connection(self._verify, step.url)
        try:
            with BARE:
                async with asyncio.timeout(timeout + _GRACE):
                    return await _async_exchanged(transport, step, timeout)
        except TimeoutError:
            return _late()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return _unreachable(error, step)
        finally:
            if transport is not self._transport:
                await transport.aclose()


def _connection(verify: Verify, url: str) -> httpx2.BaseTransport:
    return httpx2.HTTPTransport(verify=tls.context(verify), proxy=_proxy(url))


def _async_connection(verify: Verify, url: str) -> httpx2.AsyncBaseTransport:
    return httpx2.AsyncHTTPTransport(verify=tls.context(verify), proxy=_proxy(url))


def _proxy(url: str) -> httpx2.Proxy | None:
    parsed = httpx2.URL(url)
    return proxy_for(parsed.scheme, parsed.netloc.decode())


def _exchanged(
    transport: httpx2.BaseTransport, step: Post, timeout: float, ends_at: float
) -> Answer:
    asked_at = time.monotonic()
    response = transport.handle_request(_request(step, timeout))
    try:
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST:
                body = body[:LARGEST]
                break
            if time.monotonic() > ends_at:
                raise httpx2.ReadTimeout("the answer came too slowly")
        return Answer(response.status_code, _lower(response), body, asked_at)
    finally:
        response.close()


async def _async_exchanged(
    transport: httpx2.AsyncBaseTransport, step: Post, timeout: float
) -> Answer:
    asked_at = time.monotonic()
    response = await transport.handle_async_request(_request(step, timeout))
    try:
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST:
                body = body[:LARGEST]
                break
        return Answer(response.status_code, _lower(response), body, asked_at)
    finally:
        await response.aclose()


def _request(step: Post, timeout: float) -> httpx2.Request:
    """The request, secrets in places only that no `repr` shows: a byte stream, and
    headers of a type that masks `Authorization`."""
    url = httpx2.URL(step.url)
    stream = httpx2.ByteStream(step.form.encoded())
    length = len(step.form.encoded())
    headers = httpx2.Headers(
        [
            (b"Host", url.netloc),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"identity"),
            (b"Content-Type", b"application/x-www-form-urlencoded"),
            (b"Content-Length", b"%d" % length),
            (b"Connection", b"close"),
            (b"User-Agent", _USER_AGENT.encode()),
        ]
    )
    if step.login is not None:
        headers["Authorization"] = step.login.header()
    timeouts = httpx2.Timeout(timeout, connect=min(timeout, CONNECT)).as_dict()
    return httpx2.Request(
        "POST", url, headers=headers, stream=stream, extensions={"timeout": timeouts}
    )


def _lower(response: httpx2.Response) -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _late() -> Unreachable:
    return Unreachable(sent=True, timed_out=True, reason="no answer in time")


def _unreachable(error: Exception, step: Post) -> Unreachable:
    """What an error of the HTTP library means. The error itself, whose traceback holds
    the request, goes no further."""
    return Unreachable(
        sent=not isinstance(error, _NEVER_SENT),
        timed_out=isinstance(error, httpx2.TimeoutException),
        reason=excerpt(f"{type(error).__name__}: {error}".rstrip(": "), step.secrets()),
    )
