"""A client's token through its life, against a strict server: waves of calls, 401, failures, fork, close."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import httpx2
import pytest
from ionapi_runtime import token_state
from ionapi_runtime.async_auth import AsyncIonAuth
from ionapi_runtime.auth import IonAuth
from ionapi_runtime.credentials import Credentials
from ionapi_runtime.errors import AuthenticationError, RequestTimeoutError, TransportError
from ionapi_runtime.file_store import FileStore
from ionapi_runtime.store import MemoryStore
from ionapi_runtime.tokens import Token

from tests_support.authorization_server import AuthorizationServer

SECRETS = ("saak-secret", "sask-secret", "cs-secret", "access-1", "refresh-1", "saak%2Dsecret")


def _call(auth: IonAuth, server: AuthorizationServer) -> bool:
    """What a client does: a call, and another one with another token where it was refused."""
    token = auth.fresh() or auth.token()
    if token.access in server.valid:
        return True
    other = auth.token(rejected=token)
    return not other.same_as(token) and other.access in server.valid


async def _async_call(auth: AsyncIonAuth, server: AuthorizationServer) -> bool:
    token = auth.fresh() or await auth.token()
    await asyncio.sleep(0)
    if token.access in server.valid:
        return True
    other = await auth.token(rejected=token)
    return not other.same_as(token) and other.access in server.valid


def _raises(kind: type[BaseException], call: Callable[[], Token]) -> None:
    with pytest.raises(kind):
        call()


def _wave(call: Callable[[], bool], calls: int = 1000, threads: int = 100) -> list[bool]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda _: call(), range(calls)))


def test_a_thousand_calls_on_a_hundred_threads_ask_once_per_expiry(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """The first wave obtains one token, each wave after an expiry refreshes once, whoever rejects it."""
    auth = IonAuth(credentials)
    server.delay = 0.05
    for grants in (["password"], ["password", "refresh_token"]):
        assert [True] * 1000 == _wave(lambda: _call(auth, server))
        assert grants == server.grants
        server.expire()
    assert 0 == server.reused


def test_a_thousand_calls_in_a_hundred_tasks_ask_once_per_expiry(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """As the wave of threads."""

    async def wave(auth: AsyncIonAuth) -> list[bool]:
        async def worker() -> list[bool]:
            return [await _async_call(auth, server) for _ in range(10)]

        return [each for worked in await asyncio.gather(*(worker() for _ in range(100))) for each in worked]

    async def main() -> None:
        auth = AsyncIonAuth(credentials)
        for grants in (["password"], ["password", "refresh_token"]):
            assert [True] * 1000 == await wave(auth)
            assert grants == server.grants
            server.expire()

    server.delay = 0.05
    asyncio.run(main())
    assert 0 == server.reused


def test_a_slow_answer_after_two_refusals_is_waited_for_by_all(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """503 twice, then the token: three requests in all for a hundred callers."""
    server.plans(503)
    server.plans(503)
    server.delay = 0.3
    auth = IonAuth(credentials)
    assert [True] * 100 == _wave(lambda: _call(auth, server), 100)
    assert ["password"] * 3 == server.grants


def test_a_stale_token_is_renewed_before_it_ends(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """The last tenth of a short life is for renewing."""
    server.expires_in = "0.5"
    auth = IonAuth(credentials)
    first = auth.token()
    assert first is auth.fresh()
    time.sleep(0.46)
    assert auth.fresh() is None
    assert auth.token().access == "access-2"
    assert ["password", "refresh_token"] == server.grants


def test_a_rejected_token_is_replaced_once(server: AuthorizationServer, credentials: Credentials) -> None:
    """Whoever comes late with the old token gets the new one; a new one that is refused as well stays."""
    auth = IonAuth(credentials)
    first = auth.token()
    second = auth.token(rejected=first)
    assert (second, second) == (auth.token(rejected=first), auth.token(rejected=second))
    assert ["password", "refresh_token"] == server.grants


def test_a_refusal_is_remembered(server: AuthorizationServer, credentials: Credentials) -> None:
    """A wrong password is sent once, and everybody gets an error of his own."""
    auth = IonAuth(credentials.__replace__(password="wrong"))
    errors = []
    for _ in range(3):
        with pytest.raises(AuthenticationError, match="400 Bad Request: invalid_grant: no") as raised:
            auth.token()
        errors.append(raised.value)
    assert 3 == len({id(error) for error in errors})
    assert ["password"] == server.grants


def test_the_failure_of_a_renewal_is_shared(server: AuthorizationServer, credentials: Credentials) -> None:
    """Fifty callers, one refusal, one request."""
    server.delay = 0.2
    auth = IonAuth(credentials.__replace__(password="wrong"))

    def refused() -> bool:
        with pytest.raises(AuthenticationError):
            auth.token()
        return True

    assert [True] * 50 == _wave(refused, 50, 50)
    assert ["password"] == server.grants


def test_an_old_token_survives_a_passing_failure(
    server: AuthorizationServer, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it lives it is used on, and the next renewal waits a little."""
    monkeypatch.setattr("ionapi_runtime.grant.LONGEST_PAUSE", 0.0)
    auth = IonAuth(credentials)
    first = auth.token()
    auth._flights.state.good_until = time.monotonic()
    for _ in range(3):
        server.plans(503)
    assert first is auth.token()
    assert first is auth.fresh()
    assert token_state.NEXT_TRY >= auth._flights.state.good_until - time.monotonic()


def test_cancelling_the_first_caller_leaves_the_renewal_to_the_others(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """Five tasks wait; the one that came first gives up; one request serves the rest."""

    async def main() -> list[str]:
        auth = AsyncIonAuth(credentials)
        tasks = [asyncio.create_task(auth.token()) for _ in range(5)]
        await asyncio.sleep(0.1)
        tasks[0].cancel()
        tokens = await asyncio.gather(*tasks[1:])
        assert tasks[0].cancelled()
        return [token.access for token in tokens]

    server.delay = 0.3
    assert ["access-1"] * 4 == asyncio.run(main())
    assert ["password"] == server.grants


@pytest.mark.parametrize("shared", [False, True])
def test_several_event_loops_one_after_the_other(
    shared: bool, server: AuthorizationServer, credentials: Credentials, tmp_path: Path
) -> None:
    """The token lives on; a renewal whose loop ended in the middle is in nobody's way."""
    store = FileStore(tmp_path / "token") if shared else None
    auth = AsyncIonAuth(credentials, store=store)
    server.delay = 0.3
    loop = asyncio.new_event_loop()
    waiting = loop.create_task(auth.token())
    # A loop that ends while the HTTP library connects leaves coroutines of it behind that never began.
    while not server.asked:
        loop.run_until_complete(asyncio.sleep(0.01))
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(waiting)
    loop.close()
    server.delay = 0.0
    token = asyncio.run(auth.token())
    assert token is asyncio.run(auth.token())
    assert ["password"] * 2 == server.grants


def test_a_leader_that_is_interrupted_hands_over(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """The next thread renews; nobody waits for one that is gone."""
    interrupts = [KeyboardInterrupt()]
    entered = threading.Event()

    def answer(request: httpx2.Request) -> httpx2.Response:
        entered.set()
        if interrupts:
            time.sleep(0.1)
            raise interrupts.pop()
        return httpx2.Response(200, json={"access_token": "second", "expires_in": 100})

    auth = IonAuth(credentials, transport=httpx2.MockTransport(answer))
    with ThreadPoolExecutor(1) as pool:
        leader = threading.Thread(target=_raises, args=(KeyboardInterrupt, auth.token))
        leader.start()
        entered.wait()
        assert "second" == pool.submit(auth.token).result(5).access
        leader.join()


def test_close_revokes_once_and_ends_the_client(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """The refresh token first, then the access token; a second close does nothing."""
    auth = IonAuth(credentials)
    auth.token()
    auth.close()
    auth.close()
    assert ["refresh_token", "access_token"] == server.revoked
    assert auth.fresh() is None
    with pytest.raises(RuntimeError, match="closed"):
        auth.token()


def test_close_raises_nothing(credentials: Credentials, server: AuthorizationServer) -> None:
    """A server that is gone or refuses spoils no `with` block."""
    auth = IonAuth(credentials.__replace__(revoke_url="http://127.0.0.1:9/revoke"))
    auth.token()
    auth.close()
    other = AsyncIonAuth(credentials)

    async def main() -> None:
        await other.token()
        server.plans(500)
        server.plans(400, {"error": "invalid_request"})
        await other.aclose()

    asyncio.run(main())
    assert ["refresh_token", "access_token"] == server.revoked


def test_close_during_a_renewal_leaves_no_token_behind(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """Whoever obtains it revokes it."""
    server.delay = 0.2
    auth = IonAuth(credentials)
    caller = threading.Thread(target=_raises, args=(RuntimeError, auth.token))
    caller.start()
    time.sleep(0.1)
    auth.close()
    caller.join()
    assert ["refresh_token", "access_token"] == server.revoked

    async def main() -> None:
        later = AsyncIonAuth(credentials)
        waiting = asyncio.create_task(later.token())
        await asyncio.sleep(0.1)
        await later.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await waiting

    asyncio.run(main())
    assert ["refresh_token", "access_token"] * 2 == server.revoked


def test_a_shared_store_keeps_the_token_at_close(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """The next client finds it; revoking is on request."""
    store = MemoryStore()
    first = IonAuth(credentials, store=store)
    token = first.token()
    first.close()
    second = IonAuth(credentials, store=store)
    assert token.same_as(second.token())
    second.revoke()
    assert (["password"], ["refresh_token", "access_token"]) == (server.grants, server.revoked)
    assert "access-2" == second.token().access


def test_threads_and_tasks_share_a_store(server: AuthorizationServer, credentials: Credentials) -> None:
    """One request for a client of each kind."""
    store = MemoryStore()
    server.delay = 0.2
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(IonAuth(credentials, store=store).token)
        token = asyncio.run(AsyncIonAuth(credentials, store=store).token())
    assert token.same_as(waiting.result())
    assert ["password"] == server.grants


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_asks_for_its_own_token(server: AuthorizationServer, credentials: Credentials) -> None:
    """Also when the parent forks while a thread of it renews and holds the lock."""
    auth = IonAuth(credentials)
    parent = auth.token()
    with auth._flights._lock:
        child = os.fork()
        if child == 0:
            own = auth.fresh() is None and not auth.token().same_as(parent)
            auth.close()
            os._exit(0 if own else 1)
    assert 0 == os.waitpid(child, 0)[1]
    assert parent is auth.fresh()
    assert parent.access in server.valid
    assert ["password", "password"] == server.grants


def test_redirects_are_not_followed_and_cookies_not_kept(
    server: AuthorizationServer, credentials: Credentials
) -> None:
    """A form full of secrets goes to the one URL of the credentials."""
    server.plans(307, None, ("location", f"{server.url}/elsewhere"), ("set-cookie", "a=b"))
    with pytest.raises(AuthenticationError, match="307 Temporary Redirect: redirects are not followed"):
        IonAuth(credentials).token()
    auth = IonAuth(credentials)
    server.plans(503, None, ("set-cookie", "a=b; Path=/"))
    auth.token()
    assert [None, None, None] == [asked.cookie for asked in server.asked]


def test_netrc_is_not_read(
    server: AuthorizationServer, credentials: Credentials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the file says about the host, the form alone names the client."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    IonAuth(credentials).token()
    assert [None] == [asked.authorization for asked in server.asked]


def test_a_server_that_is_silent_is_a_timeout(server: AuthorizationServer, credentials: Credentials) -> None:
    """One request: a form may be on its way still."""
    server.delay = 1.0
    with pytest.raises(RequestTimeoutError, match="no answer from the authorization server: ReadTimeout"):
        IonAuth(credentials, timeout=0.2).token()
    assert ["password"] == server.grants


@pytest.fixture
def swept() -> None:
    """The garbage of other tests, the sockets of event loops that they ended among it, is gone before a test
    that looks at its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, httpx2.ReadError("x"), httpx2.ConnectError("x")])
def test_no_traceback_shows_a_secret(
    interrupt: BaseException, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even with the variables of every frame, as error trackers print them."""
    monkeypatch.setattr("ionapi_runtime.grant.LONGEST_PAUSE", 0.0)

    def fail(request: httpx2.Request) -> httpx2.Response:
        del request
        raise interrupt

    auth = IonAuth(credentials, transport=httpx2.MockTransport(fail))
    _shows_no_secret(auth.token)


@pytest.mark.usefixtures("swept")
def test_no_refusal_shows_a_secret(server: AuthorizationServer, credentials: Credentials) -> None:
    """Also where the server repeats what it was sent."""
    echo = "saak-secret sask-secret cs-secret ACME_TST%23saak-secret"
    for code in ("invalid_grant", "sask-secret"):
        server.plans(400, {"error": code, "error_description": echo})
        _shows_no_secret(IonAuth(credentials).token)
    server.plans(403, echo.encode())
    _shows_no_secret(IonAuth(credentials).token)
    server.plans(200, {"access_token": "access-1 with a space", "refresh_token": "refresh-1"})
    _shows_no_secret(IonAuth(credentials).token)


def test_logs_show_no_secret(
    server: AuthorizationServer, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    """Every logger at its most talkative, those of the HTTP library included."""
    caplog.set_level(logging.DEBUG)
    auth = IonAuth(credentials)
    auth.token()
    auth.close()
    assert "new token" in caplog.text
    assert [] == [secret for secret in SECRETS if secret in caplog.text]


def test_a_transport_of_the_caller_is_used_and_left_open(credentials: Credentials) -> None:
    """For tests, and for clients that share one."""

    class Transport(httpx2.MockTransport):
        closed = False

        def close(self) -> None:
            self.closed = True

    answers = {"access_token": "mocked", "expires_in": 60}
    transport = Transport(lambda request: httpx2.Response(200, json=answers))
    auth = IonAuth(credentials, transport=transport)
    assert "Bearer mocked" == auth.token().authorization
    auth.close()
    assert not transport.closed


def test_credentials_that_send_secrets_astray_are_refused(credentials: Credentials) -> None:
    """Before anything is sent."""
    for kind in (IonAuth, AsyncIonAuth):
        with pytest.raises(Exception, match="token_url of the credentials does not begin with https://"):
            kind(credentials.__replace__(token_url="http://sso.example/token"))
        with pytest.raises(TypeError, match="it is no switch"):
            kind(credentials, verify=cast(str, False))


def _shows_no_secret(fails: Callable[[], Token]) -> None:
    error: BaseException | None = None
    try:
        fails()
    except (AuthenticationError, TransportError, KeyboardInterrupt) as raised:
        error = raised
    assert error is not None
    gc.collect()
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    text = "".join(trace.format()) + repr(error) + str(error)
    ours = [frame for frame in trace.stack if "runtime" in frame.filename]
    assert ours
    assert [] == [frame.filename for frame in trace.stack if "httpx2" in frame.filename]
    shown = "\n".join(f"{f.locals}" for f in ours) + str(error) + repr(error) + str(trace.__context__)
    assert [] == [secret for secret in SECRETS if secret in shown], text
