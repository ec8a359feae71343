"""The token of a client that works in tasks: obtained, renewed, revoked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx2

from . import forks
from .async_flight import AsyncFlights
from .auth import CLOSING_TIMEOUT, phase_timeout
from .credentials import Credentials
from .posting import AsyncPoster
from .renewal import StoredGrant
from .steps import Answer, Pause, Post, Steps, Unreachable
from .store import TokenStore, Unshared
from .tokens import Token

_LOG = logging.getLogger(__name__)

T = TypeVar("T")


class AsyncIonAuth:
    """The account of a client with the authorization server; as `IonAuth`, for tasks.

    Any number of tasks may use one object, and several event loops one after the other.
    There is one renewal at a time. It belongs to none of those who wait for it: to
    cancel one of them, the first included, leaves it running.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        store: TokenStore | None = None,
        verify: ssl.SSLContext | str | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        timeout: float = 30.0,
    ) -> None:
        credentials.check()
        self._shares = store is not None
        self._grant = StoredGrant(credentials, store or Unshared())
        self._poster = AsyncPoster(verify, transport)
        self._timeout = timeout
        self._flights = AsyncFlights(self._grant.renew, self._driven, self._end)
        forks.drop_in_child(self)

    def after_fork(self) -> None:
        """A child obtains a token of its own."""
        self._flights.reset()

    def fresh(self) -> Token | None:
        """The token, where one is at hand that need not be renewed; else None."""
        state = self._flights.state
        return state.token if time.monotonic() < state.good_until else None

    async def token(self, rejected: Token | None = None) -> Token:
        """A token to use now; as `IonAuth.token`."""
        return await self._flights.token(rejected)

    async def revoke(self) -> None:
        """Ends the grant; as `IonAuth.revoke`."""
        token = await self._flights.take()
        await self._driven(self._grant.revoke(token))

    async def aclose(self) -> None:
        """Revokes what this client obtained, unless a store shares it: once, in a few
        seconds, raising nothing. There are no tokens from here afterwards."""
        try:
            async with asyncio.timeout(CLOSING_TIMEOUT):
                token = await self._flights.close()
        except TimeoutError:
            return
        if token is not None:
            await self._end(token)

    async def _driven(self, steps: Steps[T]) -> T:
        return await _drive(steps, self._post)

    async def _end(self, token: Token) -> None:
        if self._shares:
            return
        ends_at = time.monotonic() + CLOSING_TIMEOUT
        with contextlib.suppress(Exception):
            await _drive(
                self._grant.revoke(token, repeats=0),
                lambda step: self._poster.post(step, phase_timeout(ends_at)),
            )
            _LOG.debug("the token is revoked")

    async def _post(self, step: Post) -> Answer | Unreachable:
        return await self._poster.post(step, self._timeout)


async def _drive(steps: Steps[T], post: Callable[[Post], Awaitable[Answer | Unreachable]]) -> T:
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
