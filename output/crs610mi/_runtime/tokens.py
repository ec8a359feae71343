"""A token and the forms that ask for one, so held that no `repr`, log, pickle or
traceback shows a secret."""

from __future__ import annotations

import base64
from typing import Never, Self
from urllib.parse import quote_plus, urlencode

LEEWAY = 60.0
"""Seconds before its end from which a token is renewed; a tenth of a shorter life."""


class Secret:
    """Base of what holds a secret: it shows none, is no pickle, and is copied by
    reference."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> Never:
        raise TypeError(f"a {type(self).__name__} holds a secret and is not pickled")


class Token(Secret):
    """An access token of the authorization server, and what renews it.

    Times are in seconds of `time.monotonic()`, and counted from before the request for
    the token was sent, so that it never ends earlier than thought.

    Attributes:
        access: the access token itself.
        refresh: what renews it without the account; None where the server gives none.
        scope: the scope as the server named it; None where it named none.
        lifetime: how long the server accepts it from its first second.
        expires_at: when the server stops accepting it.
        stale_at: when it should be renewed: `expires_at` less 60 seconds, or less a
            tenth of a life of under ten minutes.
    """

    __slots__ = ("access", "expires_at", "lifetime", "refresh", "scope", "stale_at")

    def __init__(
        self,
        access: str,
        *,
        asked_at: float,
        lifetime: float,
        refresh: str | None = None,
        scope: str | None = None,
    ) -> None:
        self.access = access
        self.refresh = refresh
        self.scope = scope
        self.lifetime = lifetime
        self.expires_at = asked_at + lifetime
        self.stale_at = self.expires_at - min(LEEWAY, lifetime / 10)

    @property
    def authorization(self) -> str:
        """The value of the `Authorization` header (RFC 6750 section 2.1)."""
        return f"Bearer {self.access}"

    def fresh(self, now: float) -> bool:
        """Whether it can be used without a thought of renewing it."""
        return now < self.stale_at

    def same_as(self, other: Token | None) -> bool:
        """Whether both are one token to the server: a shared store makes new objects of
        it."""
        return other is not None and self.access == other.access


class Form(Secret):
    """The fields of a request to the authorization server.

    >>> Form(grant_type="password", username="ACME_TST#1", password="x")
    <Form grant_type, username, password>
    """

    __slots__ = ("_fields",)

    def __init__(self, **fields: str) -> None:
        self._fields = fields

    def __repr__(self) -> str:
        return f"<Form {', '.join(self._fields)}>"

    def with_client(self, client_id: str, client_secret: str) -> Form:
        """The form with the client's own id and secret in it (RFC 6749 section
        2.3.1)."""
        return Form(**self._fields, client_id=client_id, client_secret=client_secret)

    def secrets(self) -> tuple[str, ...]:
        """The values that no message may quote."""
        harmless = ("grant_type", "scope", "token_type_hint", "client_id")
        secrets = [self._fields[name] for name in self._fields if name not in harmless]
        # What follows the tenant in an access key is a secret by itself.
        keys = [value.partition("#")[2] for value in secrets]
        return tuple(filter(None, secrets + keys))

    def encoded(self) -> bytes:
        """The body of the request, `application/x-www-form-urlencoded`."""
        return urlencode(self._fields).encode("ascii")


class BasicLogin(Secret):
    """The client's id and secret for HTTP Basic authentication."""

    __slots__ = ("_client_id", "_client_secret")

    def __init__(self, client_id: str, client_secret: str) -> None:
        self._client_id = client_id
        self._client_secret = client_secret

    def header(self) -> str:
        """The value of the `Authorization` header; id and secret are form-encoded first
        (RFC 6749 section 2.3.1)."""
        login = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
        return f"Basic {base64.b64encode(login.encode('ascii')).decode('ascii')}"

    def secrets(self) -> tuple[str, ...]:
        """The values that no message may quote."""
        return (self._client_secret,)
