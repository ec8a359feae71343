"""The connections of a client that is awaited: for each event loop its own."""

from __future__ import annotations

import asyncio
import ssl
import weakref
from collections.abc import AsyncGenerator

import httpx2

from . import forks, tls
from .connections import LIMITS
from .proxies import proxy_for

_Pools = dict[tuple[str, bytes], httpx2.AsyncBaseTransport]


class AsyncConnections:
    """Sends requests from any number of tasks; as `Connections`.

    A connection belongs to the event loop that made it, so that a client that is used
    by several loops, one after the other, has connections for each.
    """

    def __init__(
        self,
        *,
        verify: ssl.SSLContext | None,
        transport: httpx2.AsyncBaseTransport | None,
        auth: httpx2.Auth | None,
    ) -> None:
        self._verify = verify
        self._given = transport
        self._auth = auth
        self._loops: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Pools] = (
            weakref.WeakKeyDictionary()
        )
        self._closed = False
        forks.drop_in_child(self)

    async def handle(
        self, request: httpx2.Request, *, trusted: bool
    ) -> httpx2.Response:
        """Send a request; as `Connections.handle`.

        Raises:
            RuntimeError: the client is closed.
            httpx2.RequestError: no answer came.
        """
        url = request.url
        server = (url.scheme, url.netloc)
        pools = self._loops.get(asyncio.get_running_loop()) or {}
        pool = pools.get(server) or self._opened(*server)
        if self._auth is not None and trusted:
            return await _authenticated(pool, request, self._auth)
        response = await pool.handle_async_request(request)
        response.request = request
        return response

    async def aclose(self) -> None:
        """Close those of the running loop and forget the others; there are no others
        afterwards."""
        pools = [*self._loops.get(asyncio.get_running_loop(), {}).values()]
        if self._given is not None:
            pools = [] if self._closed else [self._given]
        self._loops.clear()
        self._closed = True
        for pool in pools:
            await pool.aclose()

    def after_fork(self) -> None:
        """A child that used its parent's connections would break them on both sides."""
        self._loops.clear()

    def _opened(self, scheme: str, host: bytes) -> httpx2.AsyncBaseTransport:
        if self._closed:
            raise RuntimeError("the client is closed; make another one")
        for loop in [loop for loop in self._loops if loop.is_closed()]:
            # Its connections know it, and would keep it and their sockets.
            del self._loops[loop]
        pool = self._given or httpx2.AsyncHTTPTransport(
            verify=tls.context(self._verify),
            limits=LIMITS,
            proxy=proxy_for(scheme, host.decode()),
        )
        self._loops.setdefault(asyncio.get_running_loop(), {})[scheme, host] = pool
        return pool


async def _authenticated(
    pool: httpx2.AsyncBaseTransport, request: httpx2.Request, auth: httpx2.Auth
) -> httpx2.Response:
    flow: AsyncGenerator[httpx2.Request, httpx2.Response] = auth.async_auth_flow(
        request
    )
    try:
        request = await anext(flow)
        while True:
            response = await pool.handle_async_request(request)
            response.request = request
            try:
                request = await flow.asend(response)
            except StopAsyncIteration:
                return response
            await response.aread()
    finally:
        await flow.aclose()
