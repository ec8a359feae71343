"""What a thread asks of the authorization server, and waits for."""

from __future__ import annotations

import contextlib
import logging
import ssl
import time
from collections.abc import Callable
from typing import TypeVar

import httpx2

from .credentials import Credentials
from .posting import Poster
from .renewal import StoredGrant
from .steps import Answer, Pause, Post, Steps, Unreachable
from .store import TokenStore, Unshared
from .tokens import Token

_LOG = logging.getLogger(__name__)

T = TypeVar("T")


class AuthorizationServer:
    """The server as one account sees it; the arguments are those of `IonAuth`."""

    def __init__(
        self,
        credentials: Credentials,
        store: TokenStore | None,
        verify: ssl.SSLContext | str | None,
        transport: httpx2.BaseTransport | None,
        timeout: float,
    ) -> None:
        self._grant = StoredGrant(credentials, store or Unshared())
        self._poster = Poster(verify, transport)
        self._timeout = timeout

    def renew(self, old: Token | None) -> Token:
        """Another token than `old`."""
        return _drive(self._grant.renew(old), self._post)

    def revoke(self, token: Token | None) -> None:
        """Ends the grant of a token, or of the one in the store."""
        _drive(self._grant.revoke(token), self._post)

    def end(self, token: Token, within: float) -> None:
        """As `revoke`, in so many seconds and whatever comes of it."""
        ends_at = time.monotonic() + within
        with contextlib.suppress(Exception):
            _drive(
                self._grant.revoke(token, repeats=0),
                lambda step: self._poster.post(step, share_of(ends_at)),
            )
            _LOG.debug("the token is revoked")

    def _post(self, step: Post) -> Answer | Unreachable:
        return self._poster.post(step, self._timeout)


def share_of(ends_at: float) -> float:
    """Half of the seconds until a monotonic time: what a request may take that another
    one follows."""
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
