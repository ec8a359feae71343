"""The token of a client that works in tasks: obtained, renewed, revoked."""

from __future__ import annotations

import asyncio
import ssl
import time
from functools import cached_property
from typing import TYPE_CHECKING

import httpx2

from . import forks, tls
from .async_flight import AsyncFlights
from .auth import CLOSING_TIMEOUT, LONGEST_REQUEST
from .credentials import Credentials
from .tokens import Token

if TYPE_CHECKING:
    from .async_authorization_server import AsyncAuthorizationServer
    from .steps import Steps
    from .store import TokenStore


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
        timeout: float = LONGEST_REQUEST,
    ) -> None:
        credentials.check()
        tls.check(verify)
        if store is not None:
            from .store import check

            check(store)
        self._shares = store is not None
        self._arguments = (credentials, store, verify, transport, timeout)
        self._flights = AsyncFlights(self._renewal, self._taken, self._end)
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
        await self._server.revoke(await self._flights.take())

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

    @cached_property
    def _server(self) -> AsyncAuthorizationServer:
        # The protocol is loaded for the first token and not for `import`.
        from .async_authorization_server import AsyncAuthorizationServer

        return AsyncAuthorizationServer(*self._arguments)

    def _renewal(self, old: Token | None) -> Steps[Token]:
        return self._server.renewal(old)

    async def _taken(self, steps: Steps[Token]) -> Token:
        return await self._server.take(steps)

    async def _end(self, token: Token) -> None:
        if not self._shares:
            await self._server.end(token, CLOSING_TIMEOUT)
