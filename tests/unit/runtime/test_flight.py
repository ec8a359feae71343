"""One renewal at a time: who leads, who waits, and what each of them gets."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from ionapi_runtime.async_flight import AsyncFlights
from ionapi_runtime.errors import AuthenticationError, TransportError
from ionapi_runtime.flight import Flights
from ionapi_runtime.steps import Pause, Steps
from ionapi_runtime.tokens import Token


def _token(name: str, lifetime: float = 100.0) -> Token:
    return Token(name, asked_at=time.monotonic(), lifetime=lifetime)


def _nothing(token: Token) -> None:
    del token


def test_all_get_the_token_of_the_one_who_leads() -> None:
    """Fifty threads, one renewal, one object."""
    renewals: list[Token | None] = []

    def renew(old: Token | None) -> Token:
        renewals.append(old)
        time.sleep(0.1)
        return _token("new")

    flights = Flights(renew, _nothing)
    with ThreadPoolExecutor(50) as pool:
        tokens = list(pool.map(lambda _: flights.token(None), range(50)))
    assert {id(tokens[0])} == {id(token) for token in tokens}
    assert [None] == renewals


def test_each_who_waits_gets_an_error_of_its_own() -> None:
    """Equal in what they say, with tracebacks that do not grow into one another."""

    def renew(old: Token | None) -> Token:
        time.sleep(0.1)
        raise TransportError("no answer")

    flights = Flights(renew, _nothing)

    def fails() -> TransportError:
        with pytest.raises(TransportError, match="no answer") as raised:
            flights.token(None)
        return raised.value

    with ThreadPoolExecutor(10) as pool:
        errors = list(pool.map(lambda _: fails(), range(10)))
    assert 10 == len({id(error) for error in errors})
    assert [None] * 10 == [error.__context__ for error in errors]


def test_a_leader_that_breaks_down_hands_over() -> None:
    """Its own exception is its own; the next one renews."""
    failures = [KeyboardInterrupt(), ZeroDivisionError()]

    def renew(old: Token | None) -> Token:
        time.sleep(0.05)
        if failures:
            raise failures.pop()
        return _token("new")

    flights = Flights(renew, _nothing)
    outcomes: list[object] = []

    def run() -> None:
        try:
            outcomes.append(flights.token(None).access)
        except (KeyboardInterrupt, ZeroDivisionError) as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert ["KeyboardInterrupt", "ZeroDivisionError", "new", "new", "new"] == sorted(map(str, outcomes))


@pytest.mark.parametrize(
    ("failure", "again"),
    [
        (AuthenticationError(400, "invalid_grant", ""), False),
        (AuthenticationError(503, None, ""), True),
        (TransportError("no answer"), True),
    ],
)
def test_a_refusal_stands_and_a_passing_failure_does_not(failure: Exception, again: bool) -> None:
    """What is definite is not asked again at once."""
    outcomes: list[Exception | None] = [failure, None]

    def renew(old: Token | None) -> Token:
        if (error := outcomes.pop(0)) is not None:
            raise error
        return _token("new")

    flights = Flights(renew, _nothing)
    with pytest.raises(type(failure)):
        flights.token(None)
    if again:
        assert "new" == flights.token(None).access
    else:
        with pytest.raises(type(failure)):
            flights.token(None)


def test_a_rejected_token_does_not_survive() -> None:
    """It may have a long life before it: an API said that it is dead."""
    flights = Flights(_in_turn(_token("first"), TransportError("no answer"), _token("second")), _nothing)
    first = flights.token(None)
    with pytest.raises(TransportError):
        flights.token(first)
    assert first is flights.token(None)
    assert "second" == flights.token(first).access


def test_tasks_wait_for_a_flight_that_nobody_owns() -> None:
    """All who wait may be cancelled; it lands, and the next one finds the token."""
    departures = 0

    def renew(old: Token | None) -> Steps[Token]:
        nonlocal departures
        departures += 1
        yield Pause(0.1)
        return _token("new")

    async def main() -> str:
        flights = AsyncFlights(renew, _drive, _nothing_async)
        waiting = [asyncio.create_task(flights.token(None)) for _ in range(3)]
        await asyncio.sleep(0.05)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return (await flights.token(None)).access

    assert "new" == asyncio.run(main())
    assert 1 == departures


def test_a_flight_that_is_cancelled_is_flown_by_another() -> None:
    """Somebody cancelled all tasks; who still waits is not taken along."""
    departures = 0

    def renew(old: Token | None) -> Steps[Token]:
        nonlocal departures
        departures += 1
        yield Pause(0.1)
        return _token("new")

    async def main() -> str:
        flights = AsyncFlights(renew, _drive, _nothing_async)
        waiting = asyncio.create_task(flights.token(None))
        await asyncio.sleep(0.05)
        for task in asyncio.all_tasks() - {waiting, asyncio.current_task()}:
            task.cancel()
        return (await waiting).access

    assert "new" == asyncio.run(main())
    assert 2 == departures


async def _drive(steps: Steps[Token]) -> Token:
    for step in iter(lambda: next(steps), None):
        assert isinstance(step, Pause)
        await asyncio.sleep(step.seconds)
        try:
            next(steps)
        except StopIteration as end:
            token: Token = end.value
            return token
    raise AssertionError


async def _nothing_async(token: Token) -> None:
    del token


def _in_turn(*outcomes: Token | Exception) -> Callable[[Token | None], Token]:
    remaining = list(outcomes)

    def renew(old: Token | None) -> Token:
        outcome = remaining.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return renew
