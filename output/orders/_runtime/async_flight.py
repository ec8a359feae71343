"""One renewal at a time among tasks: it is a task of its own that belongs to nobody, so
that no caller who gives up takes it along."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import TYPE_CHECKING

from .errors import IonApiError
from .token_state import Outcome, TokenState
from .tokens import Token

if TYPE_CHECKING:
    from .steps import Steps


class AsyncFlights:
    """The token of a client that many tasks use; as `Flights`, without a lock.

    It may serve several event loops, one after the other: a renewal whose loop has
    ended is dropped.

    Args:
        renew: the steps to another token than the one it is given.
        drive: takes them.
        end: revokes a token; raises nothing.
    """

    def __init__(
        self,
        renew: Callable[[Token | None], Steps[Token]],
        drive: Callable[[Steps[Token]], Awaitable[Token]],
        end: Callable[[Token], Awaitable[None]],
    ) -> None:
        self._renew = renew
        self._drive = drive
        self._end = end
        self._closed = False
        self.reset()

    def reset(self) -> None:
        """Forgets token and flight, as a forked child must."""
        self._flight: asyncio.Task[Outcome] | None = None
        self._steps: Steps[Token] | None = None
        self.state = TokenState()

    async def token(self, rejected: Token | None) -> Token:
        """A token that can be used, other than `rejected` where possible."""
        while True:
            if self._closed:
                raise RuntimeError("the client is closed")
            if (token := self.state.usable(rejected)) is not None:
                return token
            flight = self._under_way() or self._departed(rejected)
            await _landing(flight)
            match None if flight.cancelled() else flight.result():
                case IonApiError() as error:
                    return self.state.surviving(error, rejected)
                case Token() as token if not self._closed:
                    return token
                case _:
                    continue

    async def take(self) -> Token | None:
        """The token that is at hand, after which there is none; waits for a renewal
        under way."""
        while (flight := self._under_way()) is not None:
            await _landing(flight)
        return self._forget()

    async def close(self) -> Token | None:
        """As `take`, once and for all; what a renewal under way obtains is revoked by
        itself, and waited for."""
        self._closed = True
        if (flight := self._under_way()) is not None:
            await _landing(flight)
            return None
        return self._forget()

    def _under_way(self) -> asyncio.Task[Outcome] | None:
        flight = self._flight
        alive = flight is not None and flight.get_loop() is asyncio.get_running_loop()
        return flight if alive and flight and not flight.done() else None

    def _departed(self, rejected: Token | None) -> asyncio.Task[Outcome]:
        dead, loop = self._flight, asyncio.get_running_loop()
        if dead and self._steps and not dead.get_loop().is_running():
            # It ended in the middle; closing its steps gives the store's right back.
            self._steps.close()
        # In no caller's context, whose trace would go with it.
        self._flight = loop.create_task(self._lead(rejected), context=Context())
        return self._flight

    async def _lead(self, rejected: Token | None) -> Outcome:
        outcome: Outcome = None
        steps = self._steps = self._renew(self.state.token or rejected)
        try:
            outcome = await self._drive(steps)
        except IonApiError as error:
            outcome = error
        finally:
            if self._steps is steps:
                self._steps = None
        self.state.note(outcome, rejected)
        if self._closed and (token := self._forget()) is not None:
            await self._end(token)
        return outcome

    def _forget(self) -> Token | None:
        token, self.state = self.state.token, TokenState()
        return token


async def _landing(flight: asyncio.Task[Outcome]) -> None:
    """Waits for a flight. To cancel who waits does not cancel the flight, and neither
    does what becomes of the flight reach who waits."""
    await asyncio.wait([flight])
