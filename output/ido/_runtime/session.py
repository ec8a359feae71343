"""What all calls of a client have in common, and how it becomes part of a request."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

import httpx2

from .headers import FRAMING, HeaderTable
from .retry import Budget, Retry
from .schemes import Scheme, needed
from .server import Server
from .settings import Check, Settings
from .tokens import Token

if TYPE_CHECKING:
    from .outgoing import Outgoing

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
        own: what is sent with each call.
        headers: what the caller adds. It may hold keys: it is not sent to another
            server that a single operation names.
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
        own: HeaderTable,
        headers: HeaderTable,
        timeouts: Timeouts,
        retry: Retry,
        schemes: Mapping[str, Scheme],
        strict: bool,
    ) -> None:
        self.retry = _checked(retry)
        self.budget = Budget(retry.budget)
        self.strict = strict
        self.options: Mapping[str, object] = {}
        self._server = server
        self._trusted = trusted
        self._fixed = fixed
        self._others: dict[str, Server] = {}
        self._settings = settings
        self._own = own
        self._headers = own | headers
        self._extensions = {"timeout": dict(timeouts)}
        self._schemes = schemes

    @property
    def title(self) -> str:
        """The API's name."""
        return self._settings.title

    @property
    def check(self) -> Check | None:
        """Finds failures that the status of an answer does not tell."""
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
            other.retry = _checked(retry)
        return other

    def saying(self, options: Mapping[str, object]) -> Self:
        """The same with more to say to operations that have options."""
        other = copy.copy(self)
        other.options = {**self.options, **options}
        return other

    def is_of(self, settings: Settings) -> bool:
        """Whether calls go to the API of this document."""
        return self._settings is settings

    def above(self, levels: int) -> Self:
        """The same, for an address that is so many segments of the path shorter."""
        other = copy.copy(self)
        if self._server is not None:
            url = self._server.url.rstrip("/")
            other._server = Server(url.rsplit("/", levels)[0])
        other._others = {}
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
        return _same_origin(server, self._trusted or self._server)

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
        link = outgoing.link
        url = server.at(outgoing.target) if link is None else server.beyond(link)
        common = self._headers if self._is_own(server) else self._own
        payload = outgoing.payload
        given = {"host": (b"Host", server.host)} | common | outgoing.headers
        if "accept" in common:
            given["accept"] = common["accept"]
        # How long the body is follows from the body, whatever an argument says.
        for name in FRAMING:
            given.pop(name, None)
        if payload is not None and payload.length is None:
            given["transfer-encoding"] = (b"Transfer-Encoding", b"chunked")
        elif payload is not None:
            length = str(payload.length).encode()
            given["content-length"] = (b"Content-Length", length)
        elif outgoing.method in _BODY_EXPECTED:
            given["content-length"] = (b"Content-Length", b"0")
        return httpx2.Request(
            outgoing.method,
            url,
            headers=[*given.values()],
            stream=_NO_BODY if payload is None else payload,
            extensions=self._extensions,
        )

    def _is_own(self, server: Server) -> bool:
        """Whether it is the API's server, or one that has its secrets anyway."""
        return any(
            _same_origin(server, known) for known in (self._server, self._trusted)
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


def _checked(retry: object) -> Retry:
    if isinstance(retry, Retry):
        return retry
    raise TypeError(
        f"retry: a Retry, such as Retry(attempts=3), not {type(retry).__name__}"
    )


def _same_origin(server: Server, other: Server | None) -> bool:
    return server is other or (other is not None and server.origin == other.origin)
