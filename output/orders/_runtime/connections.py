"""The connections of a client that waits: made at its first call, shared by its
copies, never inherited by a forked child."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Generator

import httpx2

from . import forks, tls
from .proxies import proxy_for

MAX_CONNECTIONS = 100
"""Connections to one server at the same time; as many are kept for the next call, so
that a wave of calls does not make new ones each time."""

LIMITS = httpx2.Limits(
    max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS
)


class Connections:
    """Sends requests from any number of threads.

    Neither redirects nor cookies are followed up, `.netrc` is not read, and no URL is
    logged; the proxy variables of the environment are honoured.

    Args:
        verify: the TLS settings; None are the system's.
        transport: what sends the requests instead of the network.
        auth: what the HTTP library does to each request to a trusted server.
    """

    def __init__(
        self,
        *,
        verify: ssl.SSLContext | None,
        transport: httpx2.BaseTransport | None,
        auth: httpx2.Auth | None,
    ) -> None:
        self._verify = verify
        self._given = transport
        self._auth = auth
        self._pools: dict[tuple[str, bytes], httpx2.BaseTransport] = {}
        self._closed = False
        self._lock = threading.Lock()
        forks.drop_in_child(self)

    def handle(self, request: httpx2.Request, *, trusted: bool) -> httpx2.Response:
        """Send a request; the body of the answer is still to be read.

        Args:
            request: the request.
            trusted: whether secrets may go to its server.

        Raises:
            RuntimeError: the client is closed.
            httpx2.RequestError: no answer came.
        """
        url = request.url
        server = (url.scheme, url.netloc)
        pool = self._pools.get(server) or self._opened(*server)
        if self._auth is not None and trusted:
            return _authenticated(pool, request, self._auth)
        response = pool.handle_request(request)
        response.request = request
        return response

    def close(self) -> None:
        """Close them; there are no others afterwards."""
        with self._lock:
            pools = [*self._pools.values()]
            if self._given is not None:
                pools = [] if self._closed else [self._given]
            self._pools.clear()
            self._closed = True
        for pool in pools:
            pool.close()

    def after_fork(self) -> None:
        """A child that used its parent's connections would break them on both sides."""
        self._lock = threading.Lock()
        self._pools.clear()

    def _opened(self, scheme: str, host: bytes) -> httpx2.BaseTransport:
        with self._lock:
            if self._closed:
                raise RuntimeError("the client is closed; make another one")
            pool = self._pools.get((scheme, host))
            if pool is None:
                pool = self._given or httpx2.HTTPTransport(
                    verify=tls.context(self._verify),
                    limits=LIMITS,
                    proxy=proxy_for(scheme, host.decode()),
                )
                self._pools[scheme, host] = pool
            return pool


def has_body_against_the_rules(response: httpx2.Response) -> bool:
    """Whether an answer that cannot have a body (RFC 9110 sections 15.3.5 and 15.4.5)
    announces one. The next call would read it as the beginning of its own answer, so
    that the connection has to be closed."""
    return response.status_code in (204, 304) and (
        response.headers.get("content-length", "0").strip() != "0"
        or "transfer-encoding" in response.headers
    )


def _authenticated(
    pool: httpx2.BaseTransport, request: httpx2.Request, auth: httpx2.Auth
) -> httpx2.Response:
    """Send a request with the HTTP library's kind of authentication."""
    flow: Generator[httpx2.Request, httpx2.Response, None] = auth.sync_auth_flow(
        request
    )
    try:
        request = next(flow)
        while True:
            response = pool.handle_request(request)
            response.request = request
            try:
                request = flow.send(response)
            except StopIteration:
                return response
            response.read()
    finally:
        flow.close()
