"""A sandbox behaves as an ION API gateway does: tokens, tenants, faults on demand, and answers from the
document."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Operation, Response
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox.server import Sandbox


@dataclass(frozen=True)
class Got:
    status: int
    headers: Message
    content: bytes

    @property
    def json(self) -> dict[str, object]:
        value: dict[str, object] = json.loads(self.content)
        return value


class _Stay(urllib.request.HTTPErrorProcessor):
    """Takes redirects and errors as answers."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        return response


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())


def send(
    method: str, url: str, headers: Mapping[str, str] | None = None, content: bytes | None = None
) -> Got:
    request = urllib.request.Request(url, content, dict(headers or {}), method=method)
    with _OPENER.open(request, timeout=10) as response:
        return Got(response.status, response.headers, response.read())


class Caller:
    """What a client of a sandbox does, spelled out."""

    def __init__(self, box: Sandbox, *, on_premises: bool = False) -> None:
        self.file = json.loads(box.ionapi_text(on_premises=on_premises))
        self.url = box.url
        self.base = f"{self.file['iu']}/{self.file['ti']}"

    def form(self, endpoint: str, fields: Mapping[str, str], *, basic: bool = False) -> Got:
        client = {"client_id": self.file["ci"], "client_secret": self.file["cs"]}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if basic:
            pair = base64.b64encode(f"{self.file['ci']}:{self.file['cs']}".encode()).decode()
            return send(
                "POST", self.url_of(endpoint), headers | {"Authorization": f"Basic {pair}"}, encoded(fields)
            )
        return send("POST", self.url_of(endpoint), headers, encoded({**fields, **client}))

    def url_of(self, endpoint: str) -> str:
        return f"{self.file['pu']}{self.file[endpoint]}"

    def password(self, **changes: str) -> Got:
        fields = {"grant_type": "password", "username": self.file["saak"], "password": self.file["sask"]}
        return self.form("ot", fields | changes)

    def refresh(self, token: object) -> Got:
        return self.form("ot", {"grant_type": "refresh_token", "refresh_token": str(token)})

    def call(self, token: object, path: str = "/v1/items/7", method: str = "GET", **headers: str) -> Got:
        sent = {"Authorization": f"Bearer {token}", "X-Company": "1"} | headers
        return send(method, self.base + path, sent)


def encoded(fields: Mapping[str, str]) -> bytes:
    return urlencode(fields).encode()


@pytest.fixture(scope="module")
def running(items: Api) -> Iterator[Sandbox]:
    with Sandbox([items]) as box:
        yield box


@pytest.fixture
def box(running: Sandbox) -> Iterator[Sandbox]:
    yield running
    running.control.reset()


@pytest.fixture
def caller(box: Sandbox) -> Caller:
    return Caller(box)


@pytest.fixture
def token(caller: Caller) -> object:
    return caller.password().json["access_token"]


def test_a_token_opens_the_gateway(caller: Caller) -> None:
    """The service account obtains a token, and a call with it is answered from the document."""
    answer = caller.password()
    assert ("Bearer", 7200) == (answer.json["token_type"], answer.json["expires_in"])
    got = caller.call(answer.json["access_token"])
    assert (200, {"name": "text"}) == (got.status, got.json)


def test_paths_on_premises(box: Sandbox) -> None:
    """The endpoints of an installation on premises work as those of the cloud do."""
    caller = Caller(box, on_premises=True)
    token = caller.password().json
    assert 200 == caller.call(token["access_token"]).status
    assert 200 == caller.form("or", {"token": str(token["refresh_token"])}).status
    assert 401 == caller.call(token["access_token"]).status


def test_client_credentials(caller: Caller) -> None:
    """A backend service without account: a token, and no refresh token."""
    answer = caller.form("ot", {"grant_type": "client_credentials"}).json
    assert "refresh_token" not in answer
    assert 200 == caller.call(answer["access_token"]).status


def test_basic_authentication_of_the_client(caller: Caller) -> None:
    """Client id and secret may come as HTTP Basic instead of in the form."""
    assert 200 == caller.form("ot", {"grant_type": "client_credentials"}, basic=True).status


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"password": "wrong"}, 400, "invalid_grant"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "magic"}, 400, "unsupported_grant_type"),
    ],
)
def test_refusals(caller: Caller, changes: dict[str, str], status: int, error: str) -> None:
    """Wrong secrets and unknown grants are refused in the words of RFC 6749."""
    if "client_secret" in changes:
        caller.file["cs"] = changes["client_secret"]
    got = caller.password(**changes)
    assert (status, error) == (got.status, got.json["error"])


def test_refresh_tokens_rotate(caller: Caller) -> None:
    """A refresh gives both tokens anew; the old access token lives on for its time."""
    first = caller.password().json
    second = caller.refresh(first["refresh_token"]).json
    assert second["refresh_token"] != first["refresh_token"]
    assert [200, 200] == [caller.call(one["access_token"]).status for one in (first, second)]


def test_reuse_of_a_refresh_token_ends_the_grant(caller: Caller) -> None:
    """Who sends a refresh token twice loses everything that came of it."""
    first = caller.password().json
    second = caller.refresh(first["refresh_token"]).json
    got = caller.refresh(first["refresh_token"])
    assert (400, "invalid_grant") == (got.status, got.json["error"])
    assert [401, 401] == [caller.call(one["access_token"]).status for one in (first, second)]
    assert 400 == caller.refresh(second["refresh_token"]).status


@pytest.mark.parametrize("basic", [False, True])
def test_revocation_holds(caller: Caller, basic: bool) -> None:
    """A revoked refresh token takes its access tokens along; a revoked access token goes alone."""
    answer = caller.password().json
    fields = {"token": str(answer["refresh_token"]), "token_type_hint": "refresh_token"}
    assert 200 == caller.form("or", fields, basic=basic).status
    assert 401 == caller.call(answer["access_token"]).status
    other = caller.password().json
    caller.form("or", {"token": str(other["access_token"])}, basic=basic)
    assert 401 == caller.call(other["access_token"]).status
    assert 200 == caller.refresh(other["refresh_token"]).status


def test_authorization_code(caller: Caller) -> None:
    """The authorization endpoint redirects with a code at once, good for one token."""
    fields = {"response_type": "code", "client_id": caller.file["ci"], "redirect_uri": "http://localhost/cb"}
    got = send("GET", f"{caller.url_of('oa')}?{urlencode(fields | {'state': 'a&b'})}")
    answer = parse_qs(urlsplit(got.headers["Location"]).query)
    assert (302, ["a&b"]) == (got.status, answer["state"])
    code = {
        "grant_type": "authorization_code",
        "code": answer["code"][0],
        "redirect_uri": "http://localhost/cb",
    }
    assert [200, 400] == [caller.form("ot", code).status for _ in range(2)]


def test_tokens_expire(items: Api) -> None:
    """After `ttl` seconds a call is refused, and a refresh mends it."""
    with Sandbox([items], ttl=0.2) as box:
        caller = Caller(box)
        answer = caller.password().json
        time.sleep(0.25)
        got = caller.call(answer["access_token"])
        assert (401, "invalid_token") == (got.status, got.json["error"])
        assert 200 == caller.call(caller.refresh(answer["refresh_token"]).json["access_token"]).status


def test_every_call_needs_a_token(caller: Caller) -> None:
    """No token, an unknown one, and another scheme: 401 with a challenge and JSON."""
    for header in ({}, {"Authorization": "Bearer unknown"}, {"Authorization": "Basic eDp5"}):
        got = send("GET", f"{caller.base}/v1/items/7", header)
        assert 401 == got.status
        assert got.headers["WWW-Authenticate"].startswith("Bearer")
        assert "error" in got.json


def test_the_tenant_belongs_in_the_path(caller: Caller, token: object) -> None:
    """Without it the gateway says what Infor's says."""
    got = send("GET", f"{caller.url}/M3/m3api-rest/v2/execute/CRS610MI", {"Authorization": f"Bearer {token}"})
    assert (400, {"error": "Bad Request"}) == (got.status, got.json)


def test_unknown_paths_and_methods(caller: Caller, token: object) -> None:
    """404 below the tenant for what no document has; 405 with the methods that there are."""
    assert 404 == caller.call(token, "/v1/nothing").status
    got = caller.call(token, "/v1/items/7", "PATCH")
    assert (405, "DELETE, GET") == (got.status, got.headers["Allow"])


def test_where_documents_are_mounted(items: Api, caller: Caller, token: object) -> None:
    """A document without a place behind the gateway is found with and without the tenant."""
    headers = {"Authorization": f"Bearer {token}", "X-Company": "1"}
    assert 200 == send("GET", f"{caller.url}/v1/items/7", headers).status


def test_a_gateway_path_replaces_the_server(items: Api) -> None:
    """A document whose dialect knows its place is found there only."""
    document = Api(
        items.title,
        items.version,
        items.operations,
        items.schemas,
        gateway_path=Text("M3/m3api-rest/v2/execute/X"),
    )
    with Sandbox([document]) as box:
        caller = Caller(box)
        token = caller.password().json["access_token"]
        assert [f"/{box.credentials.tenant}/M3/m3api-rest/v2/execute/X"] == [
            base for _, base in box.mounted()
        ]
        assert 200 == caller.call(token, "/M3/m3api-rest/v2/execute/X/items/7").status


@pytest.mark.parametrize(
    ("path", "headers", "message"),
    [
        ("/v1/items/7", {"X-Company": ""}, None),
        ("/v1/items/x", {}, "the path parameter id is no integer"),
        ("/v1/items/7?flag=True", {}, "the query parameter flag is no boolean"),
        ("/v1/items/7?flag=true", {}, None),
    ],
)
def test_arguments_are_checked(
    caller: Caller, token: object, path: str, headers: dict[str, str], message: str | None
) -> None:
    """An argument that its type cannot have is 400 with the reason."""
    got = caller.call(token, path, **headers)
    assert message == (got.json.get("message") if got.status == 400 else None)


def test_missing_arguments(caller: Caller, token: object) -> None:
    """A required header that is not there is named."""
    got = send("GET", f"{caller.base}/v1/items/7", {"Authorization": f"Bearer {token}"})
    assert (400, "the header parameter X-Company is missing") == (got.status, got.json["message"])


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (b'{"name": "n"}', "application/json", 201),
        (b"", "application/json", "the body is missing"),
        (b"{", "application/json", "the body is no JSON"),
        (b"{}", "application/json; charset=utf-8", "the body lacks name"),
        (b"<a/>", "text/xml", "the body's media type is text/xml, not one of those in the document"),
    ],
)
def test_bodies(caller: Caller, token: object, content: bytes, media_type: str, expected: object) -> None:
    """A body must be there, of a media type of the document, and have what its model requires."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
    got = send("POST", f"{caller.base}/v1/items", headers, content)
    assert expected == (got.status if got.status == 201 else got.json["message"])


def test_answers(caller: Caller, token: object) -> None:
    """Declared headers, no content, raw bytes, events: each as the document says."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    assert "text" == send("POST", f"{caller.base}/v1/items", headers, b'{"name": ""}').headers["X-Trace"]
    assert (204, b"") == ((got := caller.call(token, method="DELETE")).status, got.content)
    file = caller.call(token, "/v1/file")
    assert ("application/octet-stream", b"sandbox\x00\xff") == (file.headers["Content-Type"], file.content)
    assert b'data: {"name": "text"}\n\n' * 3 == caller.call(token, "/v1/events").content


def test_a_declared_error_on_request(caller: Caller, token: object) -> None:
    """`Prefer: code=404` gives the document's own answer for that status."""
    got = caller.call(token, Prefer="code=404")
    assert (404, "application/problem+json") == (got.status, got.headers["Content-Type"])
    assert {"code": 1} == got.json


def test_throttling(caller: Caller, token: object) -> None:
    """More calls than allowed in a second are 429 with the time to wait."""
    send("POST", f"{caller.url}/_sandbox/throttle?per_second=1")
    refused = [got for got in (caller.call(token) for _ in range(8)) if got.status == 429]
    assert refused
    assert {"1"} == {got.headers["Retry-After"] for got in refused}


def test_faults_of_the_token_endpoint(caller: Caller) -> None:
    """It fails as often as asked, takes its time, and then works again."""
    send("POST", f"{caller.url}/_sandbox/fail-token-endpoint?times=2&status=503")
    assert [503, 503, 200] == [caller.password().status for _ in range(3)]
    send("POST", f"{caller.url}/_sandbox/delay-token-endpoint?seconds=0.2")
    begin = time.monotonic()
    assert 200 == caller.password().status
    assert time.monotonic() - begin >= 0.2


def test_faults_of_tokens_and_calls(caller: Caller) -> None:
    """Access tokens die while their refresh tokens live, and the other way round; calls fail on request."""
    answer = caller.password().json
    send("POST", f"{caller.url}/_sandbox/fail-calls?times=1&status=502")
    assert [502, 200] == [caller.call(answer["access_token"]).status for _ in range(2)]
    send("POST", f"{caller.url}/_sandbox/expire-access-tokens")
    assert 401 == caller.call(answer["access_token"]).status
    renewed = caller.refresh(answer["refresh_token"]).json
    send("POST", f"{caller.url}/_sandbox/end-refresh-tokens")
    assert 200 == caller.call(renewed["access_token"]).status
    assert 400 == caller.refresh(renewed["refresh_token"]).status
    send("POST", f"{caller.url}/_sandbox/end-grants")
    assert 401 == caller.call(renewed["access_token"]).status


@pytest.mark.parametrize(("command", "status"), [("nothing", 404), ("fail-calls?times=many", 400)])
def test_wrong_commands(caller: Caller, command: str, status: int) -> None:
    """What is no command, or has no number, is refused and changes nothing."""
    assert status == send("POST", f"{caller.url}/_sandbox/{command}").status


def test_counters_and_journal(box: Sandbox, caller: Caller) -> None:
    """Token requests by grant, calls by status, and each call without its headers."""
    answer = caller.password().json
    caller.refresh(answer["refresh_token"])
    caller.call(answer["access_token"], "/v1/items/7?flag=true")
    caller.call("unknown")
    stats = send("GET", f"{caller.url}/_sandbox/stats").json
    assert {"password": 1, "refresh_token": 1} == stats["token_requests"]
    assert (2, {"200": 1, "401": 1}) == (stats["calls"], stats["statuses"])
    journal = json.loads(send("GET", f"{caller.url}/_sandbox/journal").content)
    path = f"/{box.credentials.tenant}/v1/items/7"
    expected = [
        {"method": "GET", "path": path, "query": "flag=true", "status": 200},
        {"method": "GET", "path": path, "query": "", "status": 401},
    ]
    assert expected == journal


def test_it_starts_fast_and_serves_many_operations() -> None:
    """Ten thousand operations are ready in moments, and the last one is found as fast as the first."""
    operations = tuple(
        Operation("GET", Text(f"/g{number % 50}/p{number}/{{id}}"), responses=(Response("204"),))
        for number in range(10_000)
    )
    begin = time.monotonic()
    with Sandbox([Api(Text("T"), Text("1"), operations, {})]) as box:
        assert time.monotonic() - begin < 3
        caller = Caller(box)
        token = caller.password().json["access_token"]
        assert 204 == caller.call(token, "/g49/p9999/x").status


def test_it_can_be_used_again_and_stops(items: Api) -> None:
    """Leaving the block closes the port."""
    box = Sandbox([items])
    for _ in range(2):
        with box:
            assert 200 == Caller(box).password().status
        with pytest.raises(urllib.error.URLError):
            send("GET", box.url)
