"""What is sent once more, and after how long."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from email.utils import format_datetime

import httpx2
import pytest
from ionapi_runtime import (
    RateLimitedError,
    RequestTimeoutError,
    Retry,
    ServerError,
    TransportError,
)
from ionapi_runtime.retry import Budget, retry_after

from tests_support.shop import Client, Server, answer

FAST = Retry(pause=0.0)
OK = answer({"itemId": 1})


def attempts(call: Callable[[Client], object], retry: Retry, *answers: httpx2.Response | Exception) -> int:
    """How often a call is sent, whatever becomes of it."""
    server = Server(*answers)
    client = Client(auth=None, transport=server.transport, retry=retry)
    try:
        call(client)
    except (TransportError, ServerError, RateLimitedError):
        return len(server.requests)
    return len(server.requests)


def read(client: Client) -> object:
    return client.items.get_item("1")


def write(client: Client) -> object:
    return client.items.create_item(body={"itemId": 1})


CONNECT = httpx2.ConnectError("refused")
RESET = httpx2.ReadError("reset")


@pytest.mark.parametrize("failure", [CONNECT, RESET, httpx2.ReadTimeout("slow")])
def test_reads_are_repeated(failure: Exception) -> None:
    """Where the connection fails, three times in all."""
    assert 3 == attempts(read, FAST, failure, failure, OK)
    assert 3 == attempts(read, FAST, failure, failure, failure, OK)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_reads_are_repeated_when_the_server_has_no_time(status: int) -> None:
    """By the gateway's and the server's passing statuses."""
    assert 2 == attempts(read, FAST, answer(status=status), OK)


@pytest.mark.parametrize("status", [400, 404, 409, 500, 501])
def test_other_statuses_are_final(status: int) -> None:
    """500 is the API's own mistake, and would be made again."""
    server = Server(answer(status=status), OK)
    with pytest.raises(Exception, match=str(status)):
        read(Client(auth=None, transport=server.transport, retry=FAST))
    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (CONNECT, 2),
        (httpx2.ConnectTimeout("slow"), 2),
        (httpx2.PoolTimeout("full"), 2),
        (answer(status=429), 1),
        (RESET, 1),
        (httpx2.ReadTimeout("slow"), 1),
        (httpx2.WriteError("broken"), 1),
        (answer(status=503), 1),
        (answer(status=504), 1),
    ],
)
def test_writes_are_repeated_only_when_they_never_arrived(
    failure: httpx2.Response | Exception, expected: int
) -> None:
    """No order is placed twice: only what certainly never left is sent again."""
    assert expected == attempts(write, FAST, failure, answer({"itemId": 1}, 201))


def test_idempotent_writes_are_repeated() -> None:
    """Where the caller declares them to be, for a client or for one call."""
    declared = Retry(pause=0.0, idempotent=True)
    assert 2 == attempts(write, declared, RESET, answer({"itemId": 1}, 201))
    assert 2 == attempts(
        lambda client: write(client.with_options(retry=declared)), FAST, answer(status=503), OK
    )


def test_what_reads_is_known_by_its_effect() -> None:
    """Not by the HTTP method alone."""
    assert 2 == attempts(lambda client: client.items.search(body={"q": 1}), FAST, RESET, answer([]))


def test_one_attempt_switches_repetition_off() -> None:
    """And none is a mistake."""
    assert 1 == attempts(read, Retry(attempts=1), answer(status=503), OK)
    with pytest.raises(ValueError, match="at least once"):
        Retry(attempts=0)


def test_errors_say_what_happened_to_which_request() -> None:
    """The template of the path, not the arguments; whether it may have arrived."""
    server = Server(*[httpx2.ReadTimeout("slow")] * 3)
    with pytest.raises(RequestTimeoutError) as caught:
        Client(auth=None, transport=server.transport, retry=FAST).items.get_item("secret-id")
    assert "GET /items/{itemId}: no answer came in time (slow)" == str(caught.value)
    assert caught.value.sent
    with pytest.raises(TransportError) as refused:
        Client(auth=None, transport=Server(*[CONNECT] * 3).transport, retry=FAST).items.get_item("1")
    assert not refused.value.sent


def test_pauses_grow_and_are_random() -> None:
    """Full jitter: anything between nothing and a bound that doubles, up to the longest pause."""
    retry = Retry(attempts=99, pause=1.0, longest_pause=5.0)
    for attempt, bound in ((1, 1.0), (2, 2.0), (3, 4.0), (4, 5.0), (90, 5.0)):
        pauses = [retry.after_failure(attempt, read=True, sent=True) for _ in range(200)]
        found = [pause for pause in pauses if pause is not None]
        assert 200 == len(found)
        assert 0.0 <= min(found) < bound / 4
        assert bound * 3 / 4 < max(found) <= bound


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", None),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("soon", None),
        ("-1", None),
        ("9" * 400, float("inf")),
        ("Wed, 21 Oct 99999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999999999", None),
    ],
)
def test_retry_after(value: str, expected: float | None) -> None:
    """Seconds; what cannot be read does not count."""
    assert expected == retry_after({"retry-after": value})


def test_retry_after_a_date() -> None:
    """A date in the future is so many seconds, one in the past none."""
    now = dt.datetime.now(dt.UTC)
    later = retry_after({"retry-after": format_datetime(now + dt.timedelta(seconds=100), usegmt=True)})
    assert later is not None
    assert 95 < later <= 100
    assert 0.0 == retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})


def test_the_server_s_wish_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Retry-After` in place of our own pause; where it is longer than any pause, the error comes at once."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    wish = httpx2.Response(429, headers={"retry-after": "7"})
    assert 2 == attempts(read, FAST, wish, OK)
    assert [7.0] == pauses
    assert 1 == attempts(read, FAST, httpx2.Response(503, headers={"retry-after": "3600"}), OK)


def test_a_budget_protects_a_server_that_is_down() -> None:
    """Repetitions run out, and come back with successes; copies of a client share them."""
    budget = Budget(2)
    assert [True, True, False] == [budget.spend() for _ in range(3)]
    for _ in range(11):
        budget.earn()
    assert [True, False] == [budget.spend() for _ in range(2)]
    server = Server(*[answer(status=503)] * 100)
    client = Client(auth=None, transport=server.transport, retry=Retry(pause=0.0, budget=3))
    for caller in (client, client.with_options(headers={"x": "y"}), client):
        with pytest.raises(ServerError):
            caller.items.get_item("1")
    assert 3 + 3 == len(server.requests)
