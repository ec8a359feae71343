"""Clients against servers that break the rules: nothing hangs, nothing leaks, nothing is done twice."""

from __future__ import annotations

import asyncio
import gc
import gzip
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests_support.raw_server import Asked, RawServer, answer

ORDERS = Path(__file__).parents[2] / "specs" / "orders.yaml"
STATUS = answer(200, {"version": "1", "status": "UP"})
SECRETS = ("the-client-secret", "the-access-key", "the-secret-key", "the-token", "the-refresh", "the-header")

Call = Callable[[Any], Any]
Says = Callable[[Asked], bytes | None]


def read(client: Any) -> Any:
    return client.get_status()


def write(client: Any) -> Any:
    return client.customers.create_customer(body={"customerId": "Y1"})


@pytest.fixture(scope="module")
def orders(generate: Any) -> Any:
    return generate(ORDERS.read_text("utf-8"))


@pytest.fixture(params=["Client", "AsyncClient"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def outcomes(orders: Any, kind: str, arguments: dict[str, Any], *calls: Call) -> list[Any]:
    """What one client makes of calls, one after the other: values, or the exceptions that they raise."""
    found: list[Any] = []
    if kind == "Client":
        with orders.Client(**arguments) as client:
            for call in calls:
                try:
                    found.append(call(client))
                except Exception as error:
                    found.append(error)
        return found

    async def session() -> None:
        async with orders.AsyncClient(**arguments) as client:
            for call in calls:
                try:
                    found.append(await call(client))
                except Exception as error:
                    found.append(error)

    asyncio.run(session())
    return found


def account(orders: Any, url: str) -> Any:
    return orders.Credentials(
        gateway_url=url,
        tenant="ACME_TST",
        client_id="ACME_TST~client",
        client_secret="the-client-secret",
        token_url=f"{url}/ACME_TST/as/token.oauth2",
        revoke_url=f"{url}/ACME_TST/as/revoke_token.oauth2",
        username="ACME_TST#the-access-key",
        password="the-secret-key",
    )


def token(number: int = 1, **members: object) -> dict[str, object]:
    return {
        "access_token": f"the-token-{number}",
        "token_type": "Bearer",
        "expires_in": 7200,
        "refresh_token": f"the-refresh-{number}",
        **members,
    }


@contextmanager
def gateway(
    orders: Any, api: Says | None = None, tokens: Says | None = None, revoke: Says | None = None
) -> Iterator[tuple[RawServer, dict[str, Any]]]:
    """A server with what it says to each kind of request, and the arguments of a client that calls it."""
    numbers = iter(range(1, 1000))

    def says(asked: Asked) -> bytes | None:
        if "/token.oauth2" in asked.line:
            return tokens(asked) if tokens else answer(200, token(next(numbers)))
        if "/revoke_token" in asked.line:
            return revoke(asked) if revoke else answer()
        return api(asked) if api else STATUS

    with RawServer(says) as server:
        yield server, {"credentials": account(orders, server.url), "base_url": server.url, "timeout": 2}


def shows_no_secret(error: BaseException) -> None:
    """Neither does its text, nor do the variables of the frames below the test's own."""
    assert error.__traceback__ is not None
    frames = [
        frame for frame, _ in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename != __file__
    ]
    shown = " ".join(repr(value) for frame in frames for value in frame.f_locals.values())
    for secret in SECRETS:
        assert secret not in f"{error!r} {error} {shown}"
    assert None is error.__cause__ is error.__context__


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (answer(200, b"<html>the-secret-key</html>", content_type="text/html"), "answered 200 OK"),
        (answer(200), "no bearer token is in its answer"),
        (answer(200, {"error": "invalid_grant", "error_description": "the-secret-key"}), "invalid_grant"),
        (answer(200, token(token_type="mac")), "no bearer token is in its answer"),
        (answer(200, token(access_token="the-token\r\nX: y")), "no bearer token is in its answer"),
        (answer(201, token()), "answered 201 Created: no bearer token"),
        (answer(400, token()), "answered 400 Bad Request"),
        (answer(307, location="http://127.0.0.1:9/"), "redirects are not followed with secrets"),
        (answer(200, b"[" * 100_000), "no bearer token is in its answer"),
        (answer(200, gzip.compress(b" " * 50_000_000), content_encoding="gzip"), "no bearer token"),
    ],
)
def test_an_answer_without_a_token_is_one_refusal(orders: Any, kind: str, says: bytes, expected: str) -> None:
    """In words without a secret, asked once however many calls follow, and no call goes out."""
    with gateway(orders, tokens=lambda _: says) as (server, arguments):
        refused = outcomes(orders, kind, arguments, read, write, read)
        for error in refused:
            assert isinstance(error, orders.AuthenticationError)
            assert expected in str(error)
            shows_no_secret(error)
        assert ["POST /ACME_TST/as/token.oauth2 HTTP/1.1"] == [asked.line for asked in server.asked]


@pytest.mark.parametrize(
    "says",
    [
        answer(200, token(token_type="bEARER"), content_type="text/html"),
        answer(200, gzip.compress(answer(200, token()).partition(b"\r\n\r\n")[2]), content_encoding="gzip"),
        answer(200, b"\xef\xbb\xbf" + answer(200, token()).partition(b"\r\n\r\n")[2]),
    ],
)
def test_an_odd_answer_with_a_token_is_good(orders: Any, kind: str, says: bytes) -> None:
    """Types, encodings and marks that servers get wrong do not matter."""
    with gateway(orders, tokens=lambda _: says) as (_, arguments):
        assert "UP" == outcomes(orders, kind, arguments, read)[0].to_dict()["status"]


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n", b"HTTP/1.1 200 OK\r\nx: ", b""]
)
def test_a_token_that_drips_is_not_waited_for(orders: Any, kind: str, start: bytes) -> None:
    """The client's time-out is for the whole request, however lively the server is."""

    def tokens(asked: Asked) -> bytes | None:
        if start:
            server.drip(asked.connection, start)
        server.silence()
        return None

    with gateway(orders, tokens=tokens) as (server, arguments):
        began = time.monotonic()
        (error,) = outcomes(orders, kind, {**arguments, "timeout": 0.5}, read)
        assert time.monotonic() - began < 3
        assert isinstance(error, orders.TransportError)
        assert "no answer from the authorization server" in str(error)
        shows_no_secret(error)
        assert 1 == len(server.asked)


def test_an_endless_token_is_not_read(orders: Any, kind: str) -> None:
    """A megabyte is enough to know that it is none."""
    sent = [0]

    def tokens(asked: Asked) -> bytes | None:
        asked.connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while sent[0] < 300:
            asked.connection.sendall(b"x" * 1_000_000)
            sent[0] += 1
        return None

    with gateway(orders, tokens=tokens) as (_, arguments):
        (error,) = outcomes(orders, kind, arguments, read)
        assert isinstance(error, orders.AuthenticationError)
        assert sent[0] < 100


def test_closing_takes_a_few_seconds_at_most(orders: Any, kind: str) -> None:
    """Also where the server drips its answer to a revocation, which is not repeated."""

    def revoke(asked: Asked) -> bytes | None:
        server.drip(asked.connection, b"HTTP/1.1 200 OK\r\nx: ")
        return None

    with gateway(orders, revoke=revoke) as (server, arguments):
        began = time.monotonic()
        outcomes(orders, kind, arguments, read)
        assert time.monotonic() - began < 6
        hints = [asked.body.partition("hint=")[2] for asked in server.asked if "revoke" in asked.line]
        assert ["refresh_token", "access_token"] == hints


def test_a_refresh_token_is_not_sent_again_after_an_interrupt(orders: Any) -> None:
    """Nobody knows whether it arrived, so that the account is asked."""
    slow = threading.Event()

    def tokens(asked: Asked) -> bytes:
        if slow.is_set():
            slow.clear()
            threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
            time.sleep(0.5)
        return answer(200, token(expires_in=1))

    with gateway(orders, tokens=tokens) as (server, arguments), orders.Client(**arguments) as client:
        client.get_status()
        time.sleep(1)
        slow.set()
        with pytest.raises(KeyboardInterrupt) as caught:
            client.get_status()
        shows_no_secret(caught.value)
        client.get_status()
        grants = [asked.body for asked in server.asked if "/token.oauth2" in asked.line]
        assert [False, True, False] == ["refresh_token=" in body for body in grants]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_refresh_token_is_not_sent_again_after_its_event_loop_ended(orders: Any) -> None:
    """As after an interrupt."""
    delays = [0.0, 0.6, 0.0]

    def tokens(asked: Asked) -> bytes:
        time.sleep(delays.pop(0))
        return answer(200, token(expires_in=1))

    async def leave(client: Any) -> None:
        waiting = asyncio.create_task(client.get_status())
        await asyncio.sleep(0.2)
        waiting.cancel()

    async def call(client: Any) -> None:
        await client.get_status()

    async def end(client: Any) -> None:
        await client.get_status()
        await client.aclose()

    with gateway(orders, tokens=tokens) as (server, arguments):
        client = orders.AsyncClient(**arguments)
        asyncio.run(call(client))
        time.sleep(1)
        asyncio.run(leave(client))
        asyncio.run(end(client))
        gc.collect()
        grants = [asked.body for asked in server.asked if "/token.oauth2" in asked.line]
        assert [False, True, False] == ["refresh_token=" in body for body in grants]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_client_of_many_event_loops_leaves_no_connections_behind(orders: Any) -> None:
    """Those of a loop that has ended are given up when the next one makes its own."""

    async def call(client: Any) -> None:
        await client.get_status()

    async def end(client: Any) -> None:
        await client.get_status()
        await client.aclose()

    with gateway(orders) as (server, arguments):
        client = orders.AsyncClient(**arguments)
        asyncio.run(call(client))
        before = len([*Path("/dev/fd").iterdir()])
        for _ in range(10):
            asyncio.run(call(client))
        asyncio.run(end(client))
        gc.collect()
        # The server's ends are in this process as well, and are closed after ours.
        time.sleep(0.2)
        assert len([*Path("/dev/fd").iterdir()]) < before + 5
        assert 1 == len(server.lines("/token.oauth2"))


def test_a_write_is_executed_once_by_a_server_that_hangs_up(orders: Any, kind: str) -> None:
    """Without a word, in the middle of the answer, and on a connection that was used before."""
    begun = [STATUS, None, answer(200, b"{", content_length="50")]

    def api(asked: Asked) -> bytes | None:
        if asked.line.startswith("GET"):
            return begun[0]
        if (said := begun[2]) is not None and len(server.lines("/customers")) == 2:
            asked.connection.sendall(said)
        return begun[1]

    with gateway(orders, api=api) as (server, arguments):
        _, lost, _, cut = outcomes(orders, kind, arguments, read, write, read, write)
        for error in (lost, cut):
            assert isinstance(error, orders.TransportError)
            assert error.sent
            shows_no_secret(error)
        assert 2 == len(server.lines("POST /customers"))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_write_is_never_repeated_after_an_answer(orders: Any, kind: str, status: int) -> None:
    """Whatever the server asks for; a read is, where the failure may pass."""
    with gateway(orders, api=lambda _: answer(status, retry_after="0")) as (server, arguments):
        refused = outcomes(orders, kind, arguments, write, read)
        assert [status, status] == [error.status for error in refused]
        assert 1 == len(server.lines("POST /customers"))
        assert (1 if status == 500 else 3) == len(server.lines("GET /status"))


def test_a_connection_that_closed_while_idle_costs_no_call(orders: Any, kind: str) -> None:
    """A new one is made before anything is sent, so that writes pass as well."""

    def api(asked: Asked) -> bytes | None:
        asked.connection.sendall(STATUS)
        return None

    def wait_and_write(client: Any) -> Any:
        time.sleep(0.1)
        return write(client)

    with gateway(orders, api=api) as (server, arguments):
        found = outcomes(orders, kind, arguments, read, wait_and_write, wait_and_write)
        assert not [error for error in found if isinstance(error, Exception)]
        assert 2 == len(server.lines("POST /customers"))


def test_a_body_that_a_204_cannot_have_spoils_no_other_call(orders: Any, kind: str) -> None:
    """It would be read as the beginning of the next answer."""

    def api(asked: Asked) -> bytes:
        return answer(204, b"hello") if asked.line.startswith("DELETE") else STATUS

    with gateway(orders, api=api) as (server, arguments):
        nothing, customer = outcomes(
            orders, kind, arguments, lambda client: client.customers.delete_customer("Y1"), write
        )
        assert nothing is None
        assert "UP" == customer.to_dict()["status"]
        assert 1 == len(server.lines("POST /customers"))


def test_a_good_token_that_is_refused_in_passing(orders: Any, kind: str) -> None:
    """The first refusal of a call is answered with another token, or with the same where that is new."""

    def api(asked: Asked) -> bytes:
        passes = len(server.lines("GET /status")) % 3 == 1
        return answer(401, {"message": "OAuth [U14]"}) if passes else STATUS

    with gateway(orders, api=api) as (server, arguments):
        found = outcomes(orders, kind, arguments, *[read] * 6)
        assert ["UP"] * 6 == [status.to_dict()["status"] for status in found]
        assert 2 == len(server.lines("/token.oauth2"))


def test_a_token_that_is_refused_for_good_costs_two_requests_a_call(orders: Any, kind: str) -> None:
    """And two tokens, however many calls there are; with the reserve of repetitions used up, one a call."""
    with gateway(orders, api=lambda _: answer(401)) as (server, arguments):
        retry = orders.Retry(budget=2)
        refused = outcomes(orders, kind, {**arguments, "retry": retry}, read, write, read, write, read)
        for error in refused:
            assert isinstance(error, orders.StatusError)
            assert 401 == error.status
            shows_no_secret(error)
        assert 2 == len(server.lines("/token.oauth2"))
        assert 2 + 2 + 2 + 1 + 1 == len([line for line in server.lines(" /") if "/as/" not in line])


def test_no_secret_follows_a_redirect(orders: Any, kind: str) -> None:
    """It is an error, not another request."""
    with RawServer(lambda _: STATUS) as elsewhere:
        moved = answer(302, location=f"{elsewhere.url}/status")
        with gateway(orders, api=lambda _: moved) as (_, arguments):
            assert [302, 302] == [error.status for error in outcomes(orders, kind, arguments, read, write)]
        assert [] == elsewhere.asked


def test_cookies_of_both_servers_are_not_kept(orders: Any, kind: str) -> None:
    """A session cookie would make one caller of all users of a client."""
    cookie = {"set_cookie": "session=1; path=/"}
    says = answer(200, {"version": "1"}, **cookie)
    with gateway(orders, lambda _: says, lambda _: answer(200, token(), **cookie)) as (server, arguments):
        outcomes(orders, kind, arguments, read, write)
        assert not [asked for asked in server.asked if "\r\ncookie:" in asked.head]


@pytest.mark.parametrize("header", ["Content-Length", "Transfer-Encoding"])
def test_the_end_of_a_body_is_no_caller_s_business(orders: Any, kind: str, header: str) -> None:
    """Two lengths let a proxy and a server see different requests."""
    with pytest.raises(ValueError, match=f"headers: {header} follows from the body"):
        getattr(orders, kind)(auth=None, headers={header: "1"})


def test_a_client_that_could_not_be_made_can_be_shown(orders: Any, kind: str) -> None:
    """Error trackers print the variables of all frames, the client among them."""
    with pytest.raises(ValueError, match="line break") as caught:
        getattr(orders, kind)(auth=None, headers={"X": "a\r\nb"})
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "Client of Orders" in "".join(shown.format())


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("gateway.example", "expected something like"),
        ("ftp://gateway.example", "expected something like"),
        ("https://gateway.example?x=1", "expected something like"),
        ("https://me:the-secret-key@gateway.example", "user and password"),
        ("http://gateway.example", "secrets would travel in clear"),
    ],
)
def test_an_address_that_will_not_do(orders: Any, kind: str, base_url: str, expected: str) -> None:
    """Is refused before a token is asked for; the message does not quote it."""
    with pytest.raises(ValueError, match=f"base_url.*{expected}") as caught:
        getattr(orders, kind)(credentials=account(orders, "https://gateway.example"), base_url=base_url)
    assert "the-secret-key" not in str(caught.value)


EVIL = """
openapi: 3.0.3
info: {title: Evil, version: "1"}
servers: [{url: "http://127.0.0.1:1"}]
paths:
  "@127.0.0.2:2/host":
    get: {operationId: other_host, responses: {"200": {description: ok}}}
  "/own":
    servers: [{url: "http://127.0.0.2:2/v2"}]
    get: {operationId: other_server, responses: {"200": {description: ok}}}
  "/lengths":
    post:
      operationId: lengths
      parameters:
        - {name: Content-Length, in: header, schema: {type: integer}}
        - {name: Transfer-Encoding, in: header, schema: {type: string}}
        - {name: Host, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"200": {description: ok}}
"""


@pytest.mark.filterwarnings("ignore")
def test_a_document_does_not_choose_where_secrets_go(generate: Any, kind: str) -> None:
    """Neither by a path that reads like a host, nor by an operation's own server."""

    class Recording(httpx2.MockTransport):
        def __init__(self) -> None:
            self.sent: list[httpx2.Request] = []
            super().__init__(self._note)

        def _note(self, request: httpx2.Request) -> httpx2.Response:
            self.sent.append(request)
            return httpx2.Response(200)

    evil = generate(EVIL)
    for auth, headers in (
        (httpx2.BasicAuth("me", "the-secret-key"), {}),
        (None, {"Authorization": "the-header", "X-Key": "the-header"}),
    ):
        transport = Recording()
        arguments = {"auth": auth, "headers": headers, "transport": transport}
        outcomes(evil, kind, arguments, lambda c: c.other_host(), lambda c: c.other_server())
        here, there = transport.sent
        assert ("127.0.0.1", 1) == (here.url.host, here.url.port)
        assert "authorization" in here.headers
        assert "127.0.0.2" == there.url.host
        assert not {"authorization", "x-key"} & {*there.headers}


@pytest.mark.filterwarnings("ignore")
def test_a_document_does_not_choose_where_a_body_ends(generate: Any, kind: str) -> None:
    """Lengths that it declares as parameters are the client's own; each stands in the request once."""
    with RawServer(lambda _: answer()) as server:
        outcomes(
            generate(EVIL),
            kind,
            {"auth": None, "base_url": server.url},
            lambda client: client.lengths(
                body={"a": 1}, content_length=3, transfer_encoding="chunked", host="other.example"
            ),
        )
        (asked,) = server.asked
        assert '{"a":1}' == asked.body
        assert 1 == asked.head.count("content-length: 7")
        assert 1 == asked.head.count("\r\nhost: ")
        assert "transfer-encoding" not in asked.head


def test_secrets_for_this_machine_go_through_no_other(
    orders: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """http is for this machine because it is in clear; a proxy of another machine would read it."""
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    with gateway(orders) as (_, arguments):
        assert "UP" == outcomes(orders, kind, arguments, read)[0].to_dict()["status"]
        monkeypatch.setenv("http_proxy", "foo://me:the-secret-key@proxy.invalid:3128")
        (error,) = outcomes(orders, kind, {"auth": None, "base_url": "http://api.invalid"}, read)
        assert isinstance(error, ValueError)
        assert "the proxy that the environment names for http" in str(error)
        shows_no_secret(error)
