"""A small HTTP server that keeps what it is sent, byte for byte, and answers what it was told to answer."""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Received:
    """One request: the target as it stood in the request line, headers in lower case, the body's bytes."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> object:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Recorder:
    """`with Recorder() as server:` listens on a free port of 127.0.0.1; `server.url` has no path."""

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self._replies: deque[Reply] = deque()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                recorder._handle(self)

            def log_message(self, format: str, *args: object) -> None:
                """Tests read `requests`; the terminal stays quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def last(self) -> Received:
        return self.requests[-1]

    def answers(self, value: object = None, status: int = 200, **headers: str) -> None:
        """The next request is answered with this JSON value, text or bytes; None is an empty body."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        match value:
            case None:
                body, kind = b"", None
            case bytes():
                body, kind = value, "application/octet-stream"
            case str():
                body, kind = value.encode(), "text/plain; charset=utf-8"
            case _:
                body, kind = json.dumps(value).encode(), "application/json"
        if kind is not None:
            named.setdefault("content-type", kind)
        self._replies.append(Reply(status, body, named))

    def _handle(self, request: BaseHTTPRequestHandler) -> None:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if headers.get("transfer-encoding") == "chunked":
            body = _chunks(request)
        else:
            body = request.rfile.read(int(headers.get("content-length", 0)))
        self.requests.append(Received(request.command, request.path, headers, body))
        reply = self._replies.popleft() if self._replies else Reply()
        request.send_response(reply.status)
        for name, value in reply.headers.items():
            request.send_header(name, value)
        request.send_header("content-length", str(len(reply.body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(reply.body)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _chunks(request: BaseHTTPRequestHandler) -> bytes:
    body = b""
    while size := int(request.rfile.readline().split(b";")[0], 16):
        body += request.rfile.read(size)
        request.rfile.readline()
    request.rfile.readline()
    return body
