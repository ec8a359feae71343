"""Attacks on a client's token and on its secrets: hostile servers, forks, loops, curious tools."""

from __future__ import annotations

import asyncio
import copy
import gzip
import inspect
import json
import logging
import os
import pickle
import pprint
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from ionapi_runtime.async_auth import AsyncIonAuth
from ionapi_runtime.auth import IonAuth
from ionapi_runtime.credentials import Credentials
from ionapi_runtime.errors import AuthenticationError, IonApiError, RequestTimeoutError
from ionapi_runtime.store import MemoryStore
from ionapi_runtime.tokens import Token

from tests_support.authorization_server import REVOKE, AuthorizationServer
from tests_support.raw_server import RawServer

SECRETS = ("saak-secret", "sask-secret", "cs-secret", "access-1", "refresh-1")


def _answering(*answers: httpx2.Response | Exception) -> tuple[httpx2.MockTransport, list[dict[str, str]]]:
    """A token endpoint that gives these answers, the last one for ever, and the forms that it was sent."""
    left = list(answers)
    forms: list[dict[str, str]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        forms.append(dict(httpx2.QueryParams(request.read().decode())))
        said = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(said, Exception):
            raise said
        return httpx2.Response(said.status_code, headers=said.headers, content=said.content)

    return httpx2.MockTransport(answer), forms


def _token(**members: object) -> httpx2.Response:
    return httpx2.Response(200, json={"access_token": "access-1", "refresh_token": "refresh-1", **members})


@pytest.mark.parametrize(
    "expires_in",
    [
        -1,
        0,
        "0",
        "-5",
        1e400,
        float("nan"),
        "soon",
        None,
        True,
        [],
        {},
        "",
        10**4000,
        "9" * 5000,
        "1e999",
        "0x10",
    ],
)
def test_a_nonsensical_life_costs_one_request_and_no_loop(
    expires_in: object, credentials: Credentials
) -> None:
    """Negative, endless, text, no number: the token is used, and not asked for at each call."""
    body = json.dumps({"access_token": "access-1", "expires_in": expires_in}).encode()
    transport, forms = _answering(httpx2.Response(200, content=body))
    auth = IonAuth(credentials, transport=transport)
    assert 1 == len({id(auth.token()) for _ in range(5)})
    assert 1 == len(forms)


def test_a_token_that_has_expired_when_it_arrives_is_still_an_answer(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """A slow server whose tokens live shorter than it takes to answer: one request a call, no endless wait."""
    server.expires_in, server.delay = 0.1, 0.2
    auth = IonAuth(credentials)
    assert ["access-1", "access-2"] == [auth.token().access, auth.token().access]
    assert ["password", "refresh_token"] == server.grants


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"access_token": "a", "expires_in": ' + b"9" * 10_000 + b"}",
        b'{"access_token": NaN}',
        b'{"access_token": "a\\r\\nX-Evil: 1"}',
        b'{"access_token": "\\ud800"}',
        b'{"access_token": ["a"]}',
        b'{"access_token": "a", "token_type": "mac"}',
        b"\xff\xfe{\x00",
        b"",
        b"null",
        b'{"access_token": "' + b"a" * (2 << 20) + b'"}',
    ],
)
def test_a_malicious_answer_is_one_refusal(body: bytes, credentials: Credentials) -> None:
    """Nested without end, huge numbers, line breaks for headers, megabytes: said once, in a short message."""
    transport, _ = _answering(httpx2.Response(200, content=body))
    auth = IonAuth(credentials, transport=transport)
    with pytest.raises(AuthenticationError) as raised:
        auth.token()
    assert len(str(raised.value)) < 1000
    assert str(raised.value).isprintable()


def test_a_compressed_answer_does_not_fill_the_memory(credentials: Credentials) -> None:
    """Compression was not asked for; of what comes nevertheless a megabyte is looked at."""
    bomb = gzip.compress(bytes(16 << 20))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    with RawServer(lambda _: head + bomb) as raw:
        auth = IonAuth(credentials.__replace__(token_url=raw.url + "/token"))
        before = time.process_time()
        with pytest.raises(AuthenticationError):
            auth.token()
        assert time.process_time() - before < 2


def test_a_refresh_whose_answer_is_lost_is_not_sent_twice(credentials: Credentials) -> None:
    """The server may have rotated: the account steps in, and the old refresh token is not shown again."""
    lost = httpx2.ReadError("gone")
    transport, forms = _answering(_token(), lost, _token(access_token="second", refresh_token="refresh-2"))
    auth = IonAuth(credentials, transport=transport)
    first = auth.token()
    assert "second" == auth.token(rejected=first).access
    assert ["password", "refresh_token", "password"] == [form["grant_type"] for form in forms]


@pytest.mark.parametrize("location", ["https://evil.example/token", "//evil.example/", "http://127.0.0.1:9/"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_of_the_token_endpoint_takes_no_secret_along(
    status: int, location: str, credentials: Credentials
) -> None:
    """One request, to the URL of the credentials."""
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(status, headers={"location": location})

    for repeat in range(2):
        with pytest.raises(AuthenticationError, match="redirects are not followed"):
            IonAuth(credentials, transport=httpx2.MockTransport(answer)).token()
        assert [credentials.token_url] * (repeat + 1) == asked


def test_two_event_loops_at_once_send_no_refresh_token_twice(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """Each thread with a loop of its own, one client: every call has a token, and the grant survives."""
    auth = AsyncIonAuth(credentials)
    first = asyncio.run(auth.token())
    server.delay = 0.1
    together = threading.Barrier(4)

    async def renewed() -> Token:
        return await auth.token(rejected=first)

    def loop() -> Token:
        together.wait()
        return asyncio.run(renewed())

    with ThreadPoolExecutor(4) as pool:
        tokens = [found.result() for found in [pool.submit(loop) for _ in range(4)]]
    assert 0 == server.reused
    assert all(token.access in server.valid for token in tokens if token is auth.fresh())
    assert server.grants.count("refresh_token") == 1


def test_threads_and_loops_together_share_one_renewal(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """Two clients of each kind on one store: one request."""
    store = MemoryStore()
    server.delay = 0.1
    calls: list[Callable[[], Token]] = [
        IonAuth(credentials, store=store).token,
        IonAuth(credentials, store=store).token,
        lambda: asyncio.run(AsyncIonAuth(credentials, store=store).token()),
        lambda: asyncio.run(AsyncIonAuth(credentials, store=store).token()),
    ]
    with ThreadPoolExecutor(4) as pool:
        tokens = {found.result().access for found in [pool.submit(call) for call in calls]}
    assert ({"access-1"}, ["password"]) == (tokens, server.grants)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_in_the_middle_of_a_renewal_hangs_nobody(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """The child does not wait for a thread that it does not have, and the parent's renewal arrives."""
    server.delay = 0.3
    auth = IonAuth(credentials)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(auth.token)
        while not server.asked:
            time.sleep(0.01)
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if auth.token().access else 1)
            finally:
                os._exit(2)
        assert 0 == os.waitpid(child, 0)[1]
        assert waiting.result(5).access in server.valid
    assert ["password", "password"] == server.grants


@pytest.mark.parametrize("after", [0.05, 0.15])
def test_cancelling_everybody_in_the_middle_leaves_a_usable_client(
    after: float, server: AuthorizationServer, credentials: Credentials
) -> None:
    """The renewal goes on without those who asked for it, and serves whoever comes next."""

    async def main() -> str:
        auth = AsyncIonAuth(credentials)
        tasks = [asyncio.create_task(auth.token()) for _ in range(3)]
        await asyncio.sleep(after)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return (await auth.token()).access

    server.delay = 0.3
    assert "access-1" == asyncio.run(main())
    assert ["password"] == server.grants


def test_a_server_that_accepts_and_says_nothing_holds_up_nobody_for_long(credentials: Credentials) -> None:
    """Threads that wait share one failure in one time-out."""
    with RawServer(lambda _: time.sleep(1) or b"") as raw:
        auth = IonAuth(credentials.__replace__(token_url=raw.url + "/token"), timeout=0.3)
        began = time.monotonic()

        def fails() -> bool:
            with pytest.raises(RequestTimeoutError):
                auth.token()
            return True

        with ThreadPoolExecutor(20) as pool:
            assert all(pool.map(lambda _: fails(), range(20)))
        assert time.monotonic() - began < 5


def _objects(auth: IonAuth, credentials: Credentials) -> list[object]:
    token = auth.token()
    return [auth, credentials, token, auth._flights, auth._flights.state, auth._server, auth._server._grant]


def test_curious_tools_see_no_secret(server: AuthorizationServer, credentials: Credentials) -> None:
    """`repr`, `str`, `format`, `vars`, `pprint`, logging with `%r` of whatever a client consists of."""
    for thing in _objects(IonAuth(credentials), credentials):
        shown = [repr(thing), str(thing), f"{thing}", pprint.pformat(thing), f"{[thing]!r}"]
        if hasattr(thing, "__dict__"):
            shown.append(repr(vars(thing)))
        shown.append(repr(inspect.getattr_static(thing, "__class__")))
        record = logging.LogRecord("x", 10, "x", 1, "%s %r", (thing, thing), None)
        shown.append(record.getMessage())
        assert [] == [secret for secret in SECRETS if secret in " ".join(shown)], type(thing)


def test_no_secret_is_pickled(server: AuthorizationServer, credentials: Credentials) -> None:
    """Not to another process, not into a cache; the refusal shows none either."""
    for thing in _objects(IonAuth(credentials), credentials):
        with pytest.raises(TypeError) as raised:
            pickle.dumps(thing)
        assert [] == [secret for secret in SECRETS if secret in str(raised.value)]


def test_a_secret_is_copied_by_reference(server: AuthorizationServer, credentials: Credentials) -> None:
    """There is one of it, and it goes when its owner goes."""
    token = IonAuth(credentials).token()
    for thing in (token, credentials):
        assert thing is copy.copy(thing)
        assert thing is copy.deepcopy(thing)


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


@pytest.mark.parametrize(
    "said",
    [
        httpx2.Response(400, json={"error": "invalid_grant", "error_description": "sask-secret cs-secret"}),
        httpx2.Response(500, content=b"username=ACME_TST%23saak-secret&password=sask-secret"),
        httpx2.Response(200, content=b'{"refresh_token": "refresh-1", "id_token": "access-1"}'),
        httpx2.Response(307, headers={"location": "https://x.example/?password=sask-secret"}),
        httpx2.ConnectError("https://u:sask-secret@proxy.example refused"),
        httpx2.ReadError("cs-secret"),
        httpx2.ProxyError("407 for u:cs-secret"),
        RuntimeError("a transport of the user's"),
    ],
    ids=lambda said: type(said).__name__ + str(getattr(said, "status_code", "")),
)
@pytest.mark.parametrize("kind", ["threads", "tasks"])
def test_no_error_of_a_renewal_holds_a_secret(
    said: httpx2.Response | Exception, kind: str, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text, its arguments, its attributes, its causes, and the variables of all frames of our code."""
    monkeypatch.setattr("ionapi_runtime.grant.LONGEST_PAUSE", 0.0)
    transport, _ = _answering(said)
    auth = IonAuth(credentials, transport=transport) if kind == "threads" else None
    error: BaseException | None = None
    try:
        if auth is not None:
            auth.token()
        else:
            asyncio.run(AsyncIonAuth(credentials, transport=transport).token())
    except (IonApiError, RuntimeError) as raised:
        error = raised
    assert error is not None
    for each in _chain(error):
        assert not isinstance(each, httpx2.HTTPError)
        assert getattr(each, "request", None) is None
        trace = traceback.TracebackException.from_exception(each, capture_locals=True)
        ours = [frame for frame in trace.stack if "templates/python/runtime" in frame.filename]
        shown = "".join(f"{frame.locals}" for frame in ours) + repr(each) + str(each) + repr(vars(each))
        assert [] == [secret for secret in SECRETS if secret in shown]


def test_revoking_does_not_follow_and_does_not_repeat_forever(
    server: AuthorizationServer, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revocation endpoint that points elsewhere gets the tokens once, and nobody else does."""
    monkeypatch.setattr("ionapi_runtime.grant.LONGEST_PAUSE", 0.0)
    auth = IonAuth(credentials)
    auth.token()
    for _ in range(2):
        server.plans(307, None, ("location", "https://evil.example/"))
    with pytest.raises(AuthenticationError, match="redirects are not followed"):
        auth.revoke()
    assert [REVOKE, REVOKE] == [asked.path for asked in server.asked[1:]]
