"""The token of a client that works in threads: obtained, renewed, revoked."""

from __future__ import annotations

import ssl
import time
from functools import cached_property
from typing import TYPE_CHECKING

import httpx2

from . import forks, tls
from .credentials import Credentials
from .flight import Flights
from .tokens import Token

if TYPE_CHECKING:
    from .authorization_server import AuthorizationServer
    from .store import TokenStore


LONGEST_REQUEST = 30.0
"""Seconds for a request to the authorization server, where the client's own time-out
is not shorter."""

CLOSING_TIMEOUT = 5.0
"""Seconds that closing a client takes at most."""


class IonAuth:
    """The account of a client with the authorization server.

    Any number of threads may use one object. There is one renewal at a time, for which
    all of them wait and whose failure all of them share.

    Args:
        credentials: whose tokens these are.
        store: what shares the token with other clients or processes. A client with a
            store leaves its token there when it is closed; one without keeps the token
            to itself, and revokes it.
        verify: an `ssl.SSLContext`, or the path of a file with the authorities to
            trust.
        transport: what sends the requests instead of the network, for tests.
        timeout: seconds that a request to the authorization server takes at most.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        store: TokenStore | None = None,
        verify: ssl.SSLContext | str | None = None,
        transport: httpx2.BaseTransport | None = None,
        timeout: float = LONGEST_REQUEST,
    ) -> None:
        credentials.check()
        tls.check(verify)
        if store is not None:
            from .store import check

            check(store)
        self._shares = store is not None
        self._arguments = (credentials, store, verify, transport, timeout)
        self._flights = Flights(self._renewed, self._end)
        forks.drop_in_child(self)

    def after_fork(self) -> None:
        """A child obtains a token of its own."""
        self._flights.reset()

    def fresh(self) -> Token | None:
        """The token, where one is at hand that need not be renewed; else None. Takes no
        lock and no time."""
        state = self._flights.state
        return state.token if time.monotonic() < state.good_until else None

    def token(self, rejected: Token | None = None) -> Token:
        """A token to use now: the one at hand, or a new one.

        Args:
            rejected: the token that an API has just refused. The answer is another one;
                it is the same where that is itself a replacement of the last 30
                seconds, because then the token is not what is wrong.

        Raises `AuthenticationError` where the server gives none, which is remembered
        for 30 seconds, `TransportError` where it cannot be reached.
        """
        return self._flights.token(rejected)

    def revoke(self) -> None:
        """Ends the grant: the server forgets the token and what renews it. A later
        `token()` obtains a new one.

        Where the credentials name no revocation endpoint, the token is forgotten here
        and ends by itself. Raises as `token` does.
        """
        self._server.revoke(self._flights.take())

    def close(self) -> None:
        """Revokes what this client obtained, unless a store shares it: once, in a few
        seconds, raising nothing. There are no tokens from here afterwards."""
        token = self._flights.close()
        if token is not None:
            self._end(token)

    @cached_property
    def _server(self) -> AuthorizationServer:
        # The protocol is loaded for the first token and not for `import`.
        from .authorization_server import AuthorizationServer

        return AuthorizationServer(*self._arguments)

    def _renewed(self, old: Token | None) -> Token:
        return self._server.renew(old)

    def _end(self, token: Token) -> None:
        if not self._shares:
            self._server.end(token, CLOSING_TIMEOUT)
