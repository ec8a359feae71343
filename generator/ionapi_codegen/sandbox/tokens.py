"""Which tokens of a sandbox are good: issued, spent, expired, revoked, together with those of the same
grant."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Grant:
    """What a client was once allowed: all tokens that came of it end with it."""

    client_id: str
    user: str
    scope: str
    revoked: bool = False


@dataclass(slots=True)
class Token:
    """One answer of the token endpoint. A refresh token is good for one use."""

    access: str
    refresh: str | None
    expires: float
    grant: Grant
    access_ended: bool = False
    refresh_spent: bool = False

    def check_client(self, client: Client) -> bool:
        return client.client_id == self.grant.client_id

    def get_scope(self) -> str:
        return self.grant.scope


@dataclass(frozen=True, slots=True)
class Client:
    """An app known to the authorization server. Its methods are those that Authlib asks a client for."""

    client_id: str
    secret: str
    grant_types: frozenset[str]

    def get_client_id(self) -> str:
        return self.client_id

    def check_client_secret(self, secret: str) -> bool:
        return secret == self.secret

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in ("client_secret_post", "client_secret_basic")

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in self.grant_types

    def get_allowed_scope(self, scope: str | None) -> str:
        return scope or ""


class TokenBook:
    """Every token a sandbox has given out. The texts of tokens count up: they are recognised in a journal."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._by_access: dict[str, Token] = {}
        self._by_refresh: dict[str, Token] = {}

    def new_text(self, kind: str) -> str:
        return f"sandbox-{kind}-{next(self._numbers)}"

    def record(self, access: str, refresh: str | None, seconds: float, grant: Grant) -> None:
        token = Token(access, refresh, self._clock() + seconds, grant)
        self._by_access[access] = token
        if refresh is not None:
            self._by_refresh[refresh] = token

    def is_good(self, access: str) -> bool:
        """Whether a call with this access token passes."""
        token = self._by_access.get(access)
        return (
            token is not None
            and not token.access_ended
            and not token.grant.revoked
            and token.expires > self._clock()
        )

    def find(self, text: str) -> Token | None:
        """The token that has this access or refresh token, good or not."""
        return self._by_refresh.get(text) or self._by_access.get(text)

    def redeem(self, refresh: str) -> Token | None:
        """The token whose refresh token this is, if it can be used. One that was used already has been
        stolen, or sent twice: its grant ends, and with it every token that came of it (RFC 9700, section
        4.14.2)."""
        token = self._by_refresh.get(refresh)
        if token is None or token.grant.revoked:
            return None
        if token.refresh_spent:
            token.grant.revoked = True
            return None
        return token

    def end_access_tokens(self) -> None:
        """As if they had all expired; refresh tokens stay good."""
        for token in self._by_access.values():
            token.access_ended = True

    def end_grants(self) -> None:
        """As if an administrator had revoked everything."""
        for token in self._by_access.values():
            token.grant.revoked = True

    def end_refresh_tokens(self) -> None:
        """They are refused as unknown from now on; access tokens stay good."""
        self._by_refresh.clear()
