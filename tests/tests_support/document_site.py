"""Documents on a server of 127.0.0.1, for everybody and behind a gateway with its authorization server."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRETS = ("the-client-secret", "the-access-key", "the-secret-key", "the-token")
COLLECTION = "/ACME_TST/CSI/IDORequestService/ido/dynamic/api-docs-collection"


def document(title: str, version: str = "1") -> bytes:
    return json.dumps(
        {"openapi": "3.1.0", "info": {"title": title, "version": version}, "paths": {}}
    ).encode()


class Site:
    """`documents` maps paths to what lies there: for everybody, or below the tenant for who has the token.
    `moved` maps paths to the addresses that they redirect to."""

    def __init__(self) -> None:
        self.documents: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.entries: list[dict[str, str]] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.token_status = 200
        self.token = SECRETS[3]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer_get(self)

            def do_POST(self) -> None:
                outer.answer_post(self)

            def log_message(self, format: str, *arguments: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def ionapi(self) -> str:
        return json.dumps(
            {
                "ti": "ACME_TST",
                "ci": "ACME_TST~client",
                "cs": SECRETS[0],
                "iu": self.url,
                "pu": f"{self.url}/ACME_TST/as/",
                "ot": "token.oauth2",
                "or": "revoke_token.oauth2",
                "saak": f"ACME_TST#{SECRETS[1]}",
                "sask": SECRETS[2],
                "dt": "12",
            }
        )

    def gets(self) -> list[str]:
        return [path for method, path, _ in self.asked if method == "GET"]

    def answer_post(self, handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        self.asked.append(("POST", handler.path, dict(handler.headers)))
        token = {"access_token": SECRETS[3], "expires_in": 7200, "token_type": "Bearer"}
        self._send(handler, self.token_status, json.dumps(token).encode())

    def answer_get(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(("GET", handler.path, dict(handler.headers)))
        path = urlsplit(handler.path).path
        if path in self.moved:
            handler.send_response(302)
            handler.send_header("Location", self.moved[path])
            handler.end_headers()
        elif path.startswith("/ACME_TST/") and handler.headers["Authorization"] != f"Bearer {self.token}":
            self._send(handler, 401, b"")
        elif path == COLLECTION:
            self._send(handler, 200, json.dumps(self._listed(handler.path)).encode())
        elif path not in self.documents:
            self._send(handler, 404, b"")
        else:
            etag = f'"{hashlib.sha256(self.documents[path]).hexdigest()[:8]}"'
            if handler.headers["If-None-Match"] == etag:
                self._send(handler, 304, b"")
            else:
                self._send(handler, 200, self.documents[path], etag)

    def _listed(self, path: str) -> object:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        found = [
            entry for entry in self.entries if asked.get("search", "").casefold() in str(entry).casefold()
        ]
        number, size = int(asked["pageNumber"]), int(asked["pageSize"])
        return {
            "paging": {"total": len(found), "pageNumber": number, "pageSize": size},
            "swaggerCollection": {"swagger": found[(number - 1) * size : number * size]},
        }

    def _send(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, etag: str = "") -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        if etag:
            handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(body)
