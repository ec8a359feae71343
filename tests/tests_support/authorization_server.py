"""An authorization server with the manners of strict ones, and an API that asks it about tokens."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

TOKEN, REVOKE, API = "/ACME_TST/as/token.oauth2", "/ACME_TST/as/revoke_token.oauth2", "/ACME_TST/items"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the authorization server: where, its form, and its `Authorization` header."""

    path: str
    form: dict[str, str]
    authorization: str | None
    cookie: str | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What comes instead of the server's own answer; status 0 closes the connection without a word."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class AuthorizationServer:
    """`with AuthorizationServer() as server:` listens on a free port of 127.0.0.1.

    It rotates refresh tokens, ends the whole grant when one comes twice, and ends the old access token at a
    refresh.
    """

    def __init__(self) -> None:
        self.expires_in: object = 7200
        self.delay = 0.0
        self.logins: tuple[str, ...] = ("form", "basic")
        self.issues_refresh_tokens = True
        self.asked: list[Asked] = []
        self.planned: deque[Planned] = deque()
        self.valid: set[str] = set()
        self.reused = 0
        self._refresh: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer._post(self)

            def do_GET(self) -> None:
                token = self.headers.get("authorization", "").removeprefix("Bearer ")
                _send(self, 200 if token in outer.valid else 401, b"{}")

            def log_message(self, format: str, *args: object) -> None:
                """Tests read `asked`; the terminal stays quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hung up early is what some tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def grants(self) -> list[str]:
        """What tokens were asked for with, in order: `password`, `refresh_token` …"""
        return [asked.form.get("grant_type", "") for asked in self.asked if asked.path == TOKEN]

    @property
    def revoked(self) -> list[str]:
        return [asked.form.get("token_type_hint", "") for asked in self.asked if asked.path == REVOKE]

    def plans(self, status: int, body: object = None, *headers: tuple[str, str]) -> None:
        """The next request is answered so; a plan for each request is used once."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.planned.append(Planned(status, content, headers))

    def expire(self) -> None:
        """Ends all access tokens; refresh tokens live on."""
        self.valid.clear()

    def _post(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("content-length", 0)))
        form = dict(parse_qsl(body.decode()))
        headers = request.headers
        self.asked.append(Asked(request.path, form, headers.get("authorization"), headers.get("cookie")))
        time.sleep(self.delay)
        with self._lock:
            planned = self.planned.popleft() if self.planned else None
            answer = planned or self._answer(request.path, form, headers.get("authorization"))
        if answer.status:
            _send(request, answer.status, answer.body, answer.headers)

    def _answer(self, path: str, form: dict[str, str], authorization: str | None) -> Planned:
        login = "basic" if authorization else "form" if "client_secret" in form else None
        if login not in self.logins:
            return _refused("invalid_client", 401)
        if path == REVOKE:
            return self._revocation(form["token"])
        if form["grant_type"] == "refresh_token":
            return self._refreshment(form["refresh_token"])
        if form["grant_type"] == "password" and form["password"] != "sask-secret":
            return _refused("invalid_grant")
        return self._issue()

    def _issue(self) -> Planned:
        number = next(self._numbers)
        access, refresh = f"access-{number}", f"refresh-{number}"
        self.valid.add(access)
        members = {"access_token": access, "token_type": "Bearer", "expires_in": self.expires_in}
        if self.issues_refresh_tokens:
            members["refresh_token"] = refresh
            self._refresh[refresh] = access
        return Planned(200, json.dumps(members).encode())

    def _refreshment(self, refresh: str) -> Planned:
        access = self._refresh.get(refresh)
        if access is None:
            self.reused += 1
            self.valid.clear()
            self._refresh.clear()
            return _refused("invalid_grant")
        self._refresh.pop(refresh)
        self.valid.discard(access)
        return self._issue()

    def _revocation(self, token: str) -> Planned:
        self.valid.discard(self._refresh.pop(token, token))
        return Planned(200)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _refused(code: str, status: int = 400) -> Planned:
    return Planned(status, json.dumps({"error": code, "error_description": "no"}).encode())


def _send(
    request: BaseHTTPRequestHandler, status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()
) -> None:
    request.send_response(status)
    for name, value in headers:
        request.send_header(name, value)
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
