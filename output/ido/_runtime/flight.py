"""One renewal at a time among threads: the first one renews, all others wait for what
becomes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .errors import IonApiError
from .token_state import Outcome, TokenState
from .tokens import Token


class Flight:
    """A renewal under way."""

    __slots__ = ("_landed", "_outcome")

    def __init__(self) -> None:
        self._landed = threading.Event()
        self._outcome: Outcome = None

    def land(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._landed.set()

    def outcome(self) -> Outcome:
        """Waits for the landing."""
        self._landed.wait()
        return self._outcome


class Flights:
    """The token of a client that many threads use.

    The lock is held to look and to note, never while anything is sent or awaited.

    Args:
        renew: obtains another token than the one it is given; blocks.
        end: revokes a token; raises nothing.
    """

    def __init__(
        self, renew: Callable[[Token | None], Token], end: Callable[[Token], None]
    ) -> None:
        self._renew = renew
        self._end = end
        self._closed = False
        self.reset()

    def reset(self) -> None:
        """Forgets token, lock and flight, as a forked child must: whoever flies or
        holds the lock is a thread of the parent."""
        self._lock = threading.Lock()
        self._flight: Flight | None = None
        self.state = TokenState()

    def token(self, rejected: Token | None) -> Token:
        """A token that can be used, other than `rejected` where possible."""
        while True:
            with self._lock:
                if self._closed:
                    raise RuntimeError("the client is closed")
                token = self.state.usable(rejected)
                if token is not None:
                    return token
                flight, leads = self._flight, self._flight is None
                if flight is None:
                    flight = self._flight = Flight()
            if leads:
                self._lead(flight, rejected)
            match flight.outcome():
                case IonApiError() as error:
                    return self.state.surviving(error, rejected)
                case Token() as token if not self._closed:
                    return token
                case _:
                    continue

    def take(self) -> Token | None:
        """The token that is at hand, after which there is none; waits for a renewal
        under way."""
        while True:
            with self._lock:
                flight = self._flight
                if flight is None:
                    return self._forget()
            flight.outcome()

    def close(self) -> Token | None:
        """As `take`, once and for all, without waiting: what a renewal under way
        obtains is revoked by the thread that obtains it."""
        with self._lock:
            self._closed = True
            return self._forget() if self._flight is None else None

    def _lead(self, flight: Flight, rejected: Token | None) -> None:
        outcome: Outcome = None
        try:
            outcome = self._renew(self.state.token or rejected)
        except IonApiError as error:
            outcome = error
        finally:
            with self._lock:
                self.state.note(outcome, rejected)
                self._flight = None
                ended = self._forget() if self._closed else None
            flight.land(outcome)
            if ended is not None:
                self._end(ended)

    def _forget(self) -> Token | None:
        token, self.state = self.state.token, TokenState()
        return token
