"""What all calls of a client have in common, and how it becomes part of a request."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Self
from urllib.parse import urljoin

import httpx2

from .headers import HeaderTable
from .outgoing import Outgoing
from .retry import Budget, Retry
from .schemes import Scheme, needed
from .server import Server
from .settings import Check, Settings
from .tokens import Token

_NO_BODY = httpx2.ByteStream(b"")
_BODY_EXPECTED = frozenset({"POST", "PUT", "PATCH", "QUERY"})

Timeouts = Mapping[str, float | None]
"""Seconds for `connect`, `read`, `write` and `pool`; None is "no limit"."""


class Session:
    """Address, headers, time-outs and the rest of a client's options; never changed,
    so that copies may share it.

    Args:
        server: where calls go; None where that is not known, as in a client of several
            documents, each of which has its own.
        trusted: the server whose origin secrets may be sent to; None is that where
            calls go.
        fixed: whether all calls go to that server, whatever an operation says.
        settings: what the document says.
        headers: what is sent with each call.
        timeouts: how long a call waits.
        retry: what is repeated.
        schemes: what authenticates calls of other APIs, by the document's names; by the
            name "" what goes with every call.
        strict: whether answers must be as the document says.
    """

    def __init__(
        self,
        *,
        server: Server | None,
        trusted: Server | None,
        fixed: bool,
        settings: Settings,
        headers: HeaderTable,
        timeouts: Timeouts,
        retry: Retry,
        schemes: Mapping[str, Scheme],
        strict: bool,
    ) -> None:
        self.retry = retry
        self.budget = Budget(retry.budget)
        self.strict = strict
        self._server = server
        self._trusted = trusted
        self._fixed = fixed
        self._others: dict[str, Server] = {}
        self._settings = settings
        self._headers = headers
        self._extensions = {"timeout": dict(timeouts)}
        self._schemes = schemes

    @property
    def title(self) -> str:
        """The API's name."""
        return self._settings.title

    @property
    def check(self) -> Check | None:
        """Finds failures in answers with a success status."""
        return self._settings.check

    def with_options(
        self, timeouts: Timeouts | None, headers: HeaderTable, retry: Retry | None
    ) -> Self:
        """The same with other options; the budget of repetitions is shared."""
        other = copy.copy(self)
        other._headers = self._headers | headers
        if timeouts is not None:
            other._extensions = {"timeout": dict(timeouts)}
        if retry is not None:
            other.retry = retry
        return other

    def at(self, server: Server | None, settings: Settings) -> Self:
        """The same for another document."""
        other = copy.copy(self)
        other._server = server
        other._others = {}
        other._settings = settings
        return other

    def trusts(self, outgoing: Outgoing) -> bool:
        """Whether the call goes where secrets may be sent."""
        server = self._server_of(outgoing)
        trusted = self._trusted or self._server
        return server is trusted or (
            trusted is not None and server.origin == trusted.origin
        )

    def request(self, outgoing: Outgoing, token: Token | None) -> httpx2.Request:
        """An HTTP request for a call, with what authenticates it.

        Raises:
            ValueError: it is not known where to send it, the URL is longer than 65,536
                characters, or a secret cannot be sent.
        """
        request = self._bare(outgoing)
        if not self.trusts(outgoing):
            return request
        if token is not None:
            request.headers["Authorization"] = token.authorization
        if self._schemes:
            alternatives = outgoing.security
            if alternatives is None:
                alternatives = self._settings.security
            for scheme in needed(self._schemes, alternatives):
                reason = scheme.apply(request)
                if reason is not None:
                    raise ValueError(f"auth: {reason}")
        return request

    def _bare(self, outgoing: Outgoing) -> httpx2.Request:
        server = self._server_of(outgoing)
        payload = outgoing.payload
        headers = [(b"Host", server.host)]
        headers += (self._headers | outgoing.headers).values()
        if payload is not None and payload.length is None:
            headers.append((b"Transfer-Encoding", b"chunked"))
        elif payload is not None:
            headers.append((b"Content-Length", str(payload.length).encode()))
        elif outgoing.method in _BODY_EXPECTED:
            headers.append((b"Content-Length", b"0"))
        return httpx2.Request(
            outgoing.method,
            server.at(outgoing.target),
            headers=headers,
            stream=_NO_BODY if payload is None else payload,
            extensions=self._extensions,
        )

    def _server_of(self, outgoing: Outgoing) -> Server:
        """Where a call goes; a server of an operation may be relative to the API's."""
        own = None if self._fixed else outgoing.server
        if own is None and self._server is not None:
            return self._server
        known = self._others.get(own or "")
        if known is not None:
            return known
        if own is None or (self._server is None and "//" not in own):
            raise ValueError(
                f"base_url: the document of {self.title} does not say where the API "
                "is; pass its address to the client"
            )
        base = "https:" if self._server is None else self._server.url
        self._others[own] = server = Server(urljoin(base, own))
        return server
