"""The token of a client that works in threads: obtained, renewed, revoked."""

from __future__ import annotations

import contextlib
import logging
import ssl
import time
from collections.abc import Callable
from typing import TypeVar

import httpx2

from . import forks
from .credentials import Credentials
from .flight import Flights
from .posting import Poster
from .renewal import StoredGrant
from .steps import Answer, Pause, Post, Steps, Unreachable
from .store import TokenStore, Unshared
from .tokens import Token

CLOSING_TIMEOUT = 5.0
"""Seconds that closing a client takes at most."""

_LOG = logging.getLogger(__name__)

T = TypeVar("T")


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
        timeout: seconds for each phase of a request to the authorization server.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        store: TokenStore | None = None,
        verify: ssl.SSLContext | str | None = None,
        transport: httpx2.BaseTransport | None = None,
        timeout: float = 30.0,
    ) -> None:
        credentials.check()
        self._shares = store is not None
        self._grant = StoredGrant(credentials, store or Unshared())
        self._poster = Poster(verify, transport)
        self._timeout = timeout
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
        _drive(self._grant.revoke(self._flights.take()), self._post)

    def close(self) -> None:
        """Revokes what this client obtained, unless a store shares it: once, in a few
        seconds, raising nothing. There are no tokens from here afterwards."""
        token = self._flights.close()
        if token is not None:
            self._end(token)

    def _renewed(self, old: Token | None) -> Token:
        return _drive(self._grant.renew(old), self._post)

    def _end(self, token: Token) -> None:
        if self._shares:
            return
        ends_at = time.monotonic() + CLOSING_TIMEOUT
        with contextlib.suppress(Exception):
            _drive(
                self._grant.revoke(token, repeats=0),
                lambda step: self._poster.post(step, phase_timeout(ends_at)),
            )
            _LOG.debug("the token is revoked")

    def _post(self, step: Post) -> Answer | Unreachable:
        return self._poster.post(step, self._timeout)


def phase_timeout(ends_at: float) -> float:
    """Seconds for each of the two phases of a request, connecting and waiting, that is
    to be over at a monotonic time."""
    return max((ends_at - time.monotonic()) / 2, 0.1)


def _drive(steps: Steps[T], post: Callable[[Post], Answer | Unreachable]) -> T:
    """Does what a piece of the protocol asks for, in this thread."""
    reply: Answer | Unreachable | None = None
    try:
        while True:
            try:
                step = steps.send(reply)
            except StopIteration as end:
                result: T = end.value
                return result
            match step:
                case Post():
                    reply = post(step)
                case Pause(seconds=seconds):
                    time.sleep(seconds)
                    reply = None
    finally:
        steps.close()
