"""What a task asks of the authorization server, and awaits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx2

from .authorization_server import share_of
from .credentials import Credentials
from .posting import AsyncPoster
from .renewal import StoredGrant
from .steps import Answer, Pause, Post, Steps, Unreachable
from .store import TokenStore, Unshared
from .tokens import Token

_LOG = logging.getLogger(__name__)

T = TypeVar("T")


class AsyncAuthorizationServer:
    """The server as one account sees it; the arguments are those of
    `AsyncIonAuth`."""

    def __init__(
        self,
        credentials: Credentials,
        store: TokenStore | None,
        verify: ssl.SSLContext | str | None,
        transport: httpx2.AsyncBaseTransport | None,
        timeout: float,
    ) -> None:
        self._grant = StoredGrant(credentials, store or Unshared())
        self._poster = AsyncPoster(verify, transport)
        self._timeout = timeout

    def renewal(self, old: Token | None) -> Steps[Token]:
        """The steps to another token than `old`, to be given to `take`."""
        return self._grant.renew(old)

    async def take(self, steps: Steps[T]) -> T:
        """Does what a piece of the protocol asks for."""
        return await _drive(steps, self._post)

    async def revoke(self, token: Token | None) -> None:
        """Ends the grant of a token, or of the one in the store."""
        await self.take(self._grant.revoke(token))

    async def end(self, token: Token, within: float) -> None:
        """As `revoke`, in so many seconds and whatever comes of it."""
        ends_at = time.monotonic() + within
        with contextlib.suppress(Exception):
            await _drive(
                self._grant.revoke(token, repeats=0),
                lambda step: self._poster.post(step, share_of(ends_at)),
            )
            _LOG.debug("the token is revoked")

    async def _post(self, step: Post) -> Answer | Unreachable:
        return await self._poster.post(step, self._timeout)


async def _drive(
    steps: Steps[T], post: Callable[[Post], Awaitable[Answer | Unreachable]]
) -> T:
    """Does what a piece of the protocol asks for, in this task."""
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
                    reply = await post(step)
                case Pause(seconds=seconds):
                    await asyncio.sleep(seconds)
                    reply = None
    finally:
        steps.close()
