"""A token as text, for stores that outlive the process."""

from __future__ import annotations

import json
import math
import time

from .answers import is_visible
from .credentials import Credentials
from .members import members_of
from .tokens import Secret, Token

_VERSION = 1


class TokenRecord(Secret):
    """A token as a store keeps it: JSON, with times of the wall clock.

    Attributes:
        text: the JSON. It holds the token in clear.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, token: Token, account: str) -> TokenRecord:
        """The record of a token that belongs to an account, as `account_name` calls
        it."""
        asked_at = token.expires_at - token.lifetime
        members = {
            "version": _VERSION,
            "account": account,
            "access_token": token.access,
            "refresh_token": token.refresh,
            "scope": token.scope,
            "asked_at": asked_at + _wall_clock_ahead(),
            "lifetime": token.lifetime,
        }
        return cls(json.dumps(members))

    def token(self, account: str) -> Token | None:
        """The token; None where the text is none of ours, or another account's."""
        members = members_of(self.text)
        access, refresh = members.get("access_token"), members.get("refresh_token")
        scope, lifetime = members.get("scope"), members.get("lifetime")
        asked_at = members.get("asked_at")
        if (members.get("version"), members.get("account")) != (_VERSION, account):
            return None
        if not isinstance(access, str) or not isinstance(refresh, str | None):
            return None
        if not isinstance(asked_at, float) or not isinstance(lifetime, float):
            return None
        if not is_visible(access) or not math.isfinite(asked_at + lifetime):
            return None
        return Token(
            access,
            # A clock that was ahead when this was written must not prolong the life.
            asked_at=min(asked_at - _wall_clock_ahead(), time.monotonic()),
            lifetime=lifetime,
            refresh=refresh,
            scope=scope if isinstance(scope, str) else None,
        )


def account_name(credentials: Credentials) -> str:
    """A name for the account that tokens belong to, equal for credentials that may
    share them. Nothing secret can be learnt from it."""
    from hashlib import sha256

    parts = (
        credentials.token_url,
        credentials.client_id,
        credentials.username or "",
        *credentials.scopes,
    )
    return sha256("\n".join(parts).encode()).hexdigest()


def _wall_clock_ahead() -> float:
    return time.time() - time.monotonic()
