"""Stores: one renewal among processes, files that only their owner can read, times that survive a restart."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ionapi_runtime.auth import IonAuth
from ionapi_runtime.credentials import Credentials
from ionapi_runtime.errors import CredentialsError
from ionapi_runtime.file_store import FileStore
from ionapi_runtime.store import MemoryStore, TokenStore
from ionapi_runtime.token_record import TokenRecord, account_name
from ionapi_runtime.tokens import Token

from tests_support.authorization_server import AuthorizationServer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="FileStore is for POSIX systems")

PROCESS = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("runtime", sys.argv[1] + "/__init__.py",
                                              submodule_search_locations=[sys.argv[1]])
sys.modules["runtime"] = importlib.util.module_from_spec(spec)
from runtime.auth import IonAuth
from runtime.credentials import Credentials
from runtime.file_store import FileStore
auth = IonAuth(Credentials(**json.loads(sys.argv[2])), store=FileStore(sys.argv[3]))
print(auth.token().access)
"""


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> TokenStore:
    return MemoryStore() if request.param == "memory" else FileStore(tmp_path / "token")


def test_one_holder_at_a_time(store: TokenStore) -> None:
    """Whoever comes second hears so at once."""
    assert [True, False] == [store.acquire(), store.acquire()]
    store.release()
    assert store.acquire()
    store.release()


def test_what_is_saved_is_loaded(store: TokenStore) -> None:
    """The last record; None takes it away, twice if need be."""
    assert store.load() is None
    for text in ("one", "two"):
        store.save(TokenRecord(text))
    loaded = store.load()
    assert loaded is not None
    assert "two" == loaded.text
    for _ in range(2):
        store.save(None)
        assert store.load() is None


def test_four_processes_ask_once(
    server: AuthorizationServer, credentials: Credentials, tmp_path: Path
) -> None:
    """They start at the same time and have nothing in common but the file."""
    server.delay = 0.3
    runtime = Path(sys.modules["ionapi_runtime"].__path__[0])
    names = ("gateway_url", "tenant", "client_id", "client_secret", "token_url", "username", "password")
    fields = json.dumps({name: getattr(credentials, name) for name in names})
    command = [sys.executable, "-c", PROCESS, str(runtime), fields, str(tmp_path / "token")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert ["access-1\n"] * 4 == [process.communicate(timeout=30)[0] for process in running]
    assert ["password"] == server.grants


def test_the_processes_of_a_rotating_server_go_on_with_the_newest_token(
    server: AuthorizationServer, credentials: Credentials, tmp_path: Path
) -> None:
    """Two clients, many renewals, no refresh token sent twice."""
    clients = [IonAuth(credentials, store=FileStore(tmp_path / "token")) for _ in range(2)]
    with ThreadPoolExecutor(20) as pool:
        token = clients[0].token()
        for _ in range(3):
            answers = set(pool.map(lambda i, old=token: clients[i % 2].token(rejected=old).access, range(40)))
            assert 1 == len(answers)
            token = clients[0].token()
            # The replacement of a rejected token is fresh: only its end makes it one to replace.
            for client in clients:
                client._flights.state._settled_until = 0.0
    assert ["password", *["refresh_token"] * 3] == server.grants
    assert 0 == server.reused


def test_files_are_private_and_whole(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask, and nothing left beside them but the lock."""
    before = os.umask(0)
    try:
        store = FileStore(tmp_path / "token")
        assert store.acquire()
        store.save(TokenRecord("hush"))
        store.release()
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert {"token": 0o600, "token.lock": 0o600} == modes


def test_files_that_others_may_read_are_refused(tmp_path: Path) -> None:
    """As are links, folders and files that cannot be made; the message names the file and the reason."""
    path = tmp_path / "token"
    path.write_text("{}")
    path.chmod(0o640)
    with pytest.raises(CredentialsError, match=r"store .*/token cannot be used: others may read or write it"):
        FileStore(path).load()
    link = tmp_path / "link"
    link.symlink_to(path)
    with pytest.raises(CredentialsError, match="link cannot be used"):
        FileStore(link).load()
    with pytest.raises(CredentialsError, match=r"it is no regular file|is a directory"):
        FileStore(tmp_path).load()
    with pytest.raises(CredentialsError, match=r"token.lock cannot be used: no such file or directory"):
        FileStore(tmp_path / "none" / "token").acquire()


def test_a_pipe_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """At once: to open it would take until somebody writes to it."""
    os.mkfifo(tmp_path / "token", 0o600)
    with pytest.raises(CredentialsError, match="token cannot be used: it is no regular file"):
        FileStore(tmp_path / "token").load()
    os.mkfifo(tmp_path / "other.lock", 0o600)
    with pytest.raises(CredentialsError, match=r"other.lock cannot be used: it is no regular file"):
        FileStore(tmp_path / "other").acquire()


@pytest.mark.parametrize(
    "broken",
    [
        {"access_token": "a\r\nX-Other: b"},
        {"access_token": ""},
        {"lifetime": float("inf")},
        {"lifetime": "7200"},
        {"asked_at": float("nan")},
        {"refresh_token": 1},
        {"version": 2},
    ],
)
def test_a_broken_record_is_none(credentials: Credentials, broken: dict[str, object]) -> None:
    """Whoever finds it obtains a token of his own; nothing of it is sent or trusted."""
    name = account_name(credentials)
    record = TokenRecord.of(Token("a", asked_at=time.monotonic(), lifetime=100.0), name)
    assert record.token(name) is not None
    assert TokenRecord(json.dumps(json.loads(record.text) | broken)).token(name) is None


def test_a_store_that_cannot_be_written_does_not_stop_the_client(
    server: AuthorizationServer, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    """It has its token, and says so in the log."""

    class Full(MemoryStore):
        def save(self, record: TokenRecord | None) -> None:
            raise CredentialsError("the token store cannot be used: no space left on device")

    assert "access-1" == IonAuth(credentials, store=Full()).token().access
    assert ["the token store cannot be used: no space left on device"] == caplog.messages


def test_a_record_is_for_one_account_and_tells_the_time(credentials: Credentials) -> None:
    """Of another account, or unreadable, it is nothing; a clock that was ahead prolongs no life."""
    now = time.monotonic()
    name = account_name(credentials)
    record = TokenRecord.of(Token("a", asked_at=now - 10, lifetime=100.0, refresh="r", scope="s"), name)
    token = record.token(name)
    assert token is not None
    assert ("a", "r", "s") == (token.access, token.refresh, token.scope)
    assert now + 90 == pytest.approx(token.expires_at, abs=0.1)
    ahead = TokenRecord.of(Token("a", asked_at=now + 5000, lifetime=100.0), name).token(name)
    assert ahead is not None
    assert ahead.expires_at <= time.monotonic() + 100
    others = [
        account_name(credentials.__replace__(username="x")),
        account_name(credentials.__replace__(token_url="x")),
    ]
    assert [None] * 2 == [record.token(other) for other in others]
    assert [None] * 3 == [TokenRecord(text).token(name) for text in ("", "[]", "{}")]
    assert "<TokenRecord>" == repr(record)
