"""A gateway with its authorization server, as a transport: no socket, no wait."""

from __future__ import annotations

from urllib.parse import parse_qs

import httpx2
from ionapi_runtime import Credentials

GATEWAY = "https://gateway.example"


def credentials() -> Credentials:
    return Credentials(
        gateway_url=GATEWAY,
        tenant="ACME_TST",
        client_id="ACME_TST~client",
        client_secret="the-client-secret",
        token_url="https://sso.example/ACME_TST/as/token.oauth2",
        revoke_url="https://sso.example/ACME_TST/as/revoke_token.oauth2",
        username="ACME_TST#the-access-key",
        password="the-secret-key",
    )


class Gateway:
    """Accepts the token that it gave last; `tokens` and `revoked` count, `calls` keeps what came through."""

    def __init__(self, *answers: httpx2.Response | BaseException) -> None:
        self.tokens = 0
        self.revoked = 0
        self.calls: list[httpx2.Request] = []
        self.refused = 0
        self._answers = list(answers)
        self._valid = ""
        self.transport = httpx2.MockTransport(self._handle)

    def expire(self) -> None:
        """From here on the token that was given is refused."""
        self._valid = ""

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "sso.example":
            return self._authorize(request)
        if request.headers.get("authorization") != f"Bearer {self._valid}":
            self.refused += 1
            return httpx2.Response(401)
        self.calls.append(request)
        answer = self._answers.pop(0) if self._answers else httpx2.Response(200, json={})
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _authorize(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("revoke_token.oauth2"):
            self.revoked += 1
            return httpx2.Response(200)
        form = parse_qs(request.content.decode())
        assert ["password"] == form["grant_type"]
        self.tokens += 1
        self._valid = f"secret-token-{self.tokens}"
        return httpx2.Response(
            200, json={"access_token": self._valid, "token_type": "Bearer", "expires_in": 7200}
        )
