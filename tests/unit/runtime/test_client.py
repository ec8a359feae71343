"""The client that waits: where calls go, what they carry, what becomes of it."""

from __future__ import annotations

import logging
import os
import threading
import traceback
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx2
import pytest
from ionapi_runtime import (
    ApiKey,
    AuthenticationError,
    Basic,
    Bearer,
    CredentialsError,
    GatewayDefaults,
    Group,
    IonApiError,
    M,
    Retry,
    Settings,
    StatusError,
    Sync,
    SyncClientBase,
    TransportError,
    UnauthorizedError,
)

from tests_support.gateway import GATEWAY, Gateway, credentials
from tests_support.recorder import Recorder
from tests_support.shop import Api, Client, Server, answer

SECRETS = ("secret-token", "the-client-secret", "the-access-key", "the-secret-key")


def located(settings: Settings) -> type[Client]:
    return type("Located", (Client,), {"settings": settings})


ANYWHERE = Settings(title="M3", user_agent="m3/1", gateway_path="M3/m3api-rest/v2/execute/CRS610MI")
DEFAULTS = GatewayDefaults(gateway_url=GATEWAY, tenant="ACME_TST", token_url="https://sso.example/t")


@pytest.mark.parametrize(
    ("settings", "base_url", "expected"),
    [
        (ANYWHERE, None, f"{GATEWAY}/ACME_TST/M3/m3api-rest/v2/execute/CRS610MI/status"),
        (ANYWHERE, "https://on.premises:7443/x/", "https://on.premises:7443/x/status"),
        (Settings(title="", user_agent="x", base_url="/v1"), None, f"{GATEWAY}/ACME_TST/v1/status"),
        (Settings(title="", user_agent="x"), None, f"{GATEWAY}/ACME_TST/status"),
        (Settings(title="", user_agent="x", base_url=f"{GATEWAY}/T/v1/"), None, f"{GATEWAY}/T/v1/status"),
    ],
)
def test_where_calls_go_with_credentials(settings: Settings, base_url: str | None, expected: str) -> None:
    """To the caller's address, else to the gateway, the document's path below the tenant."""
    gateway = Gateway()
    client = located(settings)(credentials=credentials(), base_url=base_url, transport=gateway.transport)
    client.get_status()
    assert expected == str(gateway.calls[-1].url)


def test_where_calls_go_without_credentials() -> None:
    """To the document's server, or to the gateway that the client was generated for."""
    server = Server(answer({}), answer({}))
    Client(auth=None, transport=server.transport).get_status()
    assert "https://shop.example/v1/status" == str(server.requests[-1].url)
    settings = Settings(title="", user_agent="x", gateway_path="CSI/x", gateway=DEFAULTS)
    located(settings)(auth=None, transport=server.transport).get_status()
    assert f"{GATEWAY}/ACME_TST/CSI/x/status" == str(server.requests[-1].url)


def test_a_document_without_an_address() -> None:
    """The error names the document and the argument."""
    client = located(Settings(title="M3", user_agent="x", gateway_path="M3/x"))(auth=None)
    with pytest.raises(ValueError, match=r"^base_url: the document of M3 does not say where"):
        client.get_status()


def test_an_operation_s_own_server() -> None:
    """Counts, unless the caller gives the address; no secret goes there."""
    server = Server()
    client = Client(auth=Bearer("secret"), transport=server.transport)
    client.items.elsewhere()
    assert "https://other.example/v2/elsewhere" == str(server.requests[-1].url)
    assert "authorization" not in server.headers
    fixed = Client(auth=Bearer("secret"), base_url="https://test.example", transport=server.transport)
    fixed.items.elsewhere()
    assert "https://test.example/elsewhere" == str(server.requests[-1].url)
    assert "Bearer secret" == server.headers["authorization"]


def test_credentials_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`Client()` reads IONAPI_FILE; without any, the error says all ways out."""
    monkeypatch.delenv("IONAPI_FILE", raising=False)
    monkeypatch.delenv("IONAPI_JSON", raising=False)
    with pytest.raises(CredentialsError, match=r"IONAPI_FILE.*IONAPI_JSON.*from_ionapi.*auth=None"):
        Client()
    file = tmp_path / "acme.ionapi"
    file.write_text(
        '{"ti": "ACME_TST", "ci": "ACME_TST~c", "cs": "s", "iu": "https://gateway.example", '
        '"pu": "https://sso.example/ACME_TST/as/", "ot": "token.oauth2", "or": "revoke_token.oauth2", '
        '"saak": "ACME_TST#a", "sask": "b"}'
    )
    file.chmod(0o600)
    monkeypatch.setenv("IONAPI_FILE", str(file))
    for make in (
        lambda transport: located(ANYWHERE)(transport=transport),
        lambda transport: located(ANYWHERE).from_ionapi(file, transport=transport),
        lambda transport: located(ANYWHERE).from_ionapi(str(file), transport=transport),
        lambda transport: located(ANYWHERE).from_ionapi(file.read_text(), transport=transport),
    ):
        gateway = Gateway()
        make(gateway.transport).get_status()
        assert (1, 1) == (gateway.tokens, len(gateway.calls))


def test_the_token_is_obtained_once_and_revoked_at_the_end() -> None:
    """One request for any number of calls."""
    gateway = Gateway()
    with located(ANYWHERE)(credentials=credentials(), transport=gateway.transport) as client:
        for _ in range(5):
            client.get_status()
        assert "Bearer secret-token-1" == client.auth.token().authorization
    assert (1, 5) == (gateway.tokens, len(gateway.calls))
    assert gateway.revoked >= 1


def test_a_refused_token_is_replaced_and_the_call_repeated() -> None:
    """Once: the gateway refused it before the API saw it."""
    gateway = Gateway()
    client = located(ANYWHERE)(credentials=credentials(), transport=gateway.transport)
    client.get_status()
    gateway.expire()
    client.get_status()
    assert (2, 1, 2) == (gateway.tokens, gateway.refused, len(gateway.calls))


def test_a_token_that_is_refused_for_good() -> None:
    """Two attempts, then the error; the next call does not ask for tokens again."""
    calls: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        calls.append(request.url.host)
        token = {"access_token": f"t{len(calls)}", "expires_in": 100}
        return httpx2.Response(200, json=token) if "sso" in request.url.host else httpx2.Response(401)

    client = located(ANYWHERE)(credentials=credentials(), transport=httpx2.MockTransport(handle))
    with pytest.raises(UnauthorizedError):
        client.get_status()
    assert ["sso.example", "gateway.example"] * 2 == calls
    with pytest.raises(UnauthorizedError):
        client.get_status()
    assert 2 == calls.count("sso.example")


def test_a_body_that_is_gone_is_not_repeated_with_another_token() -> None:
    """An iterator cannot be sent twice; the error is the 401."""
    gateway = Gateway()
    client = located(ANYWHERE)(credentials=credentials(), transport=gateway.transport)
    client.get_status()
    gateway.expire()
    with pytest.raises(UnauthorizedError):
        client.items.upload(body=iter([b"once"]))
    client.items.upload(body=b"twice")
    assert 2 == gateway.tokens


def test_the_token_goes_to_the_gateway_only() -> None:
    """Not to a server that the document names; the error of a call without it says so."""
    server = Server(httpx2.Response(401))
    client = Client(credentials=credentials(), transport=server.transport)
    with pytest.raises(UnauthorizedError) as caught:
        client.get_status()
    assert ["https://shop.example/v1/status"] == [str(request.url) for request in server.requests]
    assert "authorization" not in server.headers
    assert "The token was not sent" in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        (Bearer("secret"), "authorization", "Bearer secret"),
        (Bearer(lambda: "fresh"), "authorization", "Bearer fresh"),
        (Basic("me", "pä:ss"), "authorization", "Basic bWU6cMOkOnNz"),
        (ApiKey("k", header="X-Key"), "x-key", "k"),
        (ApiKey("k;", cookie="SID"), "cookie", "SID=k%3B"),
        (httpx2.BasicAuth("me", "pass"), "authorization", "Basic bWU6cGFzcw=="),
    ],
)
def test_other_authentication(auth: Bearer | Basic | ApiKey | httpx2.Auth, header: str, value: str) -> None:
    """In place of ION's tokens."""
    server = Server(answer({}))
    Client(auth=auth, transport=server.transport).get_status()
    assert value == server.headers[header]


def test_a_key_in_the_query() -> None:
    """Is added to the operation's own parameters, and shown in no log."""
    server = Server(answer({"itemId": 1}))
    Client(auth=ApiKey("a&b", query="key"), transport=server.transport).items.get_item("1", language="en")
    assert "/v1/items/1?language=en&key=a%26b" == server.target


def test_schemes_by_their_names() -> None:
    """The first alternative of the operation that is there as a whole."""
    settings = Settings(
        title="", user_agent="x", base_url="https://x.example", security=(("a", "b"), ("c",), ())
    )
    server = Server(*[answer({}) for _ in range(2)])
    keys = {name: ApiKey(name, header=f"X-{name}") for name in "abc"}
    located(settings)(auth=keys, transport=server.transport).get_status()
    assert ("a", "b", None) == tuple(server.headers.get(f"x-{name}") for name in "abc")
    del keys["b"]
    located(settings)(auth=keys, transport=server.transport).get_status()
    assert (None, None, "c") == tuple(server.headers.get(f"x-{name}") for name in "abc")


def test_client_without_ion_has_no_ion_token() -> None:
    """`client.auth` says why."""
    with pytest.raises(RuntimeError, match="auth="):
        _ = Client(auth=None).auth


def test_headers_of_the_client_and_of_the_call() -> None:
    """Each call carries the client's; an argument of the call takes the place of one of them."""
    server = Server(*[answer({"itemId": 1}) for _ in range(3)])
    client = Client(auth=None, transport=server.transport, headers={"x-trace": "client", "X-Company": "100"})
    client.items.get_item("1")
    assert ("client", "100") == (server.headers["x-trace"], server.headers["x-company"])
    assert ("shop/1", "gzip, deflate") == (server.headers["user-agent"], server.headers["accept-encoding"])
    client.items.get_item("1", trace="call")
    assert "call" == server.headers["x-trace"]
    client.with_options(headers={"X-COMPANY": "200"}).items.get_item("1")
    assert "200" == server.headers["x-company"]


@pytest.mark.parametrize("headers", [{"X": "a\r\nb"}, {"X\r\n": "a"}, {"": "a"}, {"X": "日本"}, {"a b": "c"}])
def test_wrong_headers_are_refused_at_once(headers: dict[str, str]) -> None:
    """When the client is made, not when it is used."""
    with pytest.raises(ValueError, match=r"^headers: "):
        Client(auth=None, headers=headers)


@pytest.mark.parametrize(
    ("timeout", "expected"),
    [
        (None, {"connect": 10.0, "read": 300.0, "write": 300.0, "pool": 300.0}),
        (5, {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}),
        (httpx2.Timeout(1, read=2), {"connect": 1, "read": 2, "write": 1, "pool": 1}),
    ],
)
def test_timeouts(timeout: float | httpx2.Timeout | None, expected: dict[str, float]) -> None:
    """Waiting for a connection of the pool takes as long as waiting for an answer may."""
    server = Server()
    Client(auth=None, transport=server.transport, timeout=timeout).items.delete_item("1")
    assert expected == server.requests[-1].extensions["timeout"]
    with pytest.raises(ValueError, match="timeout"):
        Client(auth=None, timeout=0)


@pytest.mark.parametrize("verify", [False, True])
def test_verification_is_not_switched_off_by_a_flag(verify: Any) -> None:
    """The message says what `verify` takes."""
    with pytest.raises(TypeError, match="verify"):
        Client(auth=None, verify=verify)


def test_copies_share_and_do_not_close() -> None:
    """Token and connections are the original's, options the copy's own, groups made anew."""
    gateway = Gateway()
    client = located(ANYWHERE)(credentials=credentials(), transport=gateway.transport)
    items = client.items
    with client.with_options(timeout=1.0, retry=Retry(attempts=1)) as copy:
        copy.get_status()
        assert copy.items is not items
        assert copy.auth is client.auth
    client.get_status()
    assert [1.0, 300.0] == [request.extensions["timeout"]["read"] for request in gateway.calls]
    assert (1, 0) == (gateway.tokens, gateway.revoked)


def test_a_closed_client_says_so() -> None:
    """Closing twice is fine, calling is not."""
    client = Client(auth=None, transport=Server().transport)
    copy = client.with_options()
    client.close()
    client.close()
    for caller in (client, copy):
        with pytest.raises(RuntimeError, match="closed"):
            caller.items.delete_item("1")


def test_a_url_that_is_too_long() -> None:
    """Is the caller's mistake, and said without the URL."""
    server = Server()
    with pytest.raises(ValueError, match="too long") as caught:
        Client(auth=None, transport=server.transport).items.delete_item("secret" * 20_000)
    assert len(str(caught.value)) < 200
    assert [] == server.requests


def locals_of(error: BaseException) -> str:
    """What an error tracker shows: the variables of all frames, also of the errors before."""
    seen: list[str] = []
    known: BaseException | None = error
    while known is not None:
        frames = traceback.TracebackException.from_exception(known, capture_locals=True)
        seen += frames.format()
        known = known.__cause__ or known.__context__
    return "\n".join(seen)


@pytest.mark.parametrize(
    "fail",
    [
        lambda gateway: gateway._answers.append(httpx2.ReadError("reset")),
        lambda gateway: gateway._answers.append(httpx2.LocalProtocolError("Illegal header b'secret-token'")),
        lambda gateway: gateway._answers.append(httpx2.Response(500)),
        lambda gateway: gateway._answers.append(httpx2.Response(200, html="<html>")),
        lambda gateway: gateway._answers.append(KeyboardInterrupt()),
    ],
)
def test_no_variable_of_a_traceback_holds_a_secret(
    fail: Callable[[Gateway], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Nor does any message or log line."""
    caplog.set_level(logging.DEBUG)
    gateway = Gateway()
    client = located(ANYWHERE)(
        credentials=credentials(), transport=gateway.transport, retry=Retry(attempts=1)
    )
    client.get_status()
    fail(gateway)
    with pytest.raises((IonApiError, KeyboardInterrupt)) as caught:
        client.get_status()
    shown = locals_of(caught.value) + caplog.text + repr(client) + repr(caught.value)
    # The test's own frames hold the gateway, whose variables are its affair.
    assert [] == [secret for secret in SECRETS if secret in shown]


@pytest.mark.parametrize(
    "auth", [Bearer("secret\r\n"), Basic("a:b", "secret"), ApiKey("secret\n", header="X")]
)
def test_a_secret_that_cannot_be_sent_is_not_shown(auth: Bearer | Basic | ApiKey) -> None:
    """Neither by the error nor by its variables."""
    assert "secret" not in repr(auth)
    client = Client(auth=auth, transport=Server().transport)
    del auth
    with pytest.raises(ValueError, match=r"^auth: ") as caught:
        client.get_status()
    assert "secret" not in str(caught.value)


def test_a_refusal_of_the_authorization_server() -> None:
    """Comes as it is, before anything is sent to the API."""
    answers = httpx2.Response(400, json={"error": "invalid_grant"})
    server = Server(*[answers] * 5)
    client = located(ANYWHERE)(credentials=credentials(), transport=server.transport)
    with pytest.raises(AuthenticationError, match="invalid_grant"):
        client.get_status()
    assert {"sso.example"} == {request.url.host for request in server.requests}


def test_the_bytes_arrive(recorder: Recorder) -> None:
    """What was built is what a server reads, over a real socket; connections are kept."""
    with Client(auth=None, base_url=recorder.url + "/a%20b") as client:
        recorder.answers({"itemId": 1}, status=200)
        client.items.get_item("ü/%2F?#[]", language="a b+&", trace="t")
        target = "/a%20b/items/%C3%BC%2F%252F%3F%23%5B%5D?language=a%20b%2B%26"
        assert target == recorder.last.target
        recorder.answers(status=204)
        client.items.upload(body=iter([b"a" * 100_000, b"b"]))
        assert 100_001 == len(recorder.last.body)
        recorder.answers({"itemId": 1}, status=201)
        client.items.create_item(body={"itemId": 1})
        assert {"itemId": 1} == recorder.last.json()


def test_a_server_that_is_not_there() -> None:
    """A TransportError that is certain that nothing was sent."""
    client = Client(auth=None, base_url="http://127.0.0.1:9", retry=Retry(attempts=1))
    with pytest.raises(TransportError, match="GET /status: no connection could be made") as caught:
        client.get_status()
    assert not caught.value.sent


def test_many_threads(recorder: Recorder) -> None:
    """One client serves them all."""
    with Client(auth=None, base_url=recorder.url) as client:
        threads = [threading.Thread(target=client.items.delete_item, args=("1",)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert 20 == len(recorder.requests)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_uses_connections_of_its_own(recorder: Recorder) -> None:
    """It would break its parent's on both sides."""
    with Client(auth=None, base_url=recorder.url) as client:
        client.items.delete_item("1")
        child = os.fork()
        if child == 0:
            code = 1
            try:
                client.items.delete_item("2")
                code = 0
            finally:
                os._exit(code)
        assert 0 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        client.items.delete_item("3")
    assert ["/items/1", "/items/2", "/items/3"] == [request.target for request in recorder.requests]


def test_proxies_of_the_environment(monkeypatch: pytest.MonkeyPatch, recorder: Recorder) -> None:
    """Are used, but not for hosts in NO_PROXY."""
    monkeypatch.setenv("http_proxy", recorder.url)
    monkeypatch.setenv("no_proxy", "direct.example")
    with Client(auth=None, base_url="http://proxied.example/v1") as client:
        client.items.delete_item("1")
    assert "http://proxied.example/v1/items/1" == recorder.last.target
    direct = Client(auth=None, base_url="http://direct.example:9", retry=Retry(attempts=1))
    with pytest.raises(TransportError):
        direct.items.delete_item("1")
    assert 1 == len(recorder.requests)


def test_the_netrc_file_is_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, recorder: Recorder
) -> None:
    """It would replace the token."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with Client(auth=None, base_url=recorder.url) as client:
        client.items.delete_item("1")
    assert "authorization" not in recorder.last.headers


def test_status_errors_of_a_client_keep_no_request() -> None:
    """Nothing of the request is reachable from an exception."""
    server = Server(httpx2.Response(400))
    with pytest.raises(StatusError) as caught:
        Client(auth=Bearer("secret"), transport=server.transport).get_status()
    assert not [name for name in vars(caught.value) if "request" in name]


class Documents(Group[M]):
    """A package of two documents, each with an address of its own."""

    @cached_property
    def program(self) -> Program[M]:
        return Program(self)

    @cached_property
    def shop(self) -> Shop[M]:
        return Shop(self)


class Program(Api[M]):
    settings = Settings(title="Program", user_agent="x", gateway_path="M3/program")


class Shop(Api[M]):
    settings = Settings(title="Shop", user_agent="x", base_url="https://shop.example/v1")


class Both(SyncClientBase, Documents[Sync]):
    settings = Settings(title="both", user_agent="both")


def test_a_client_of_several_documents() -> None:
    """One token, one set of connections, an address for each; also below one that the caller gives."""
    gateway = Gateway()
    with Both(credentials=credentials(), transport=gateway.transport) as client:
        client.program.get_status()
        client.with_options(headers={"X-Company": "100"}).program.items.delete_item("1")
        with pytest.raises(UnauthorizedError):
            client.shop.get_status()
    assert [f"{GATEWAY}/ACME_TST/M3/program/status", f"{GATEWAY}/ACME_TST/M3/program/items/1"] == [
        str(request.url) for request in gateway.calls
    ]
    assert (1, 1, "both") == (gateway.tokens, gateway.refused, gateway.calls[0].headers["user-agent"])
    server = Server(answer({}))
    Both(auth=None, base_url="https://test.example/x", transport=server.transport).program.get_status()
    assert "https://test.example/x/M3/program/status" == str(server.requests[-1].url)
