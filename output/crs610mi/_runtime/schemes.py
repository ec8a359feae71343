"""What other APIs than Infor's want to see: a bearer token, a password, a key."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import httpx2

from . import quoting
from .headers import objection
from .tokens import Secret


class Scheme(Secret):
    """Something secret that is added to each request; it shows in no `repr`."""

    __slots__ = ()

    def apply(self, request: httpx2.Request) -> str | None:
        """Add it to a request that is about to be sent.

        Returns:
            Why that is impossible, as the end of a sentence. It is for the caller to
            raise, who holds no secret in a variable.
        """
        raise NotImplementedError


class Bearer(Scheme):
    """A bearer token (RFC 6750).

    Args:
        token: the token, or a function that gives it and is asked before each request.
    """

    __slots__ = ("_token",)

    def __init__(self, token: str | Callable[[], str]) -> None:
        self._token = token

    def apply(self, request: httpx2.Request) -> str | None:
        token = self._token if isinstance(self._token, str) else self._token()
        return _set_header(request, "Authorization", f"Bearer {token}")


class Basic(Scheme):
    """User name and password (RFC 7617), in UTF-8.

    Args:
        user: the user's name, without a colon.
        password: the password.
    """

    __slots__ = ("_login",)

    def __init__(self, user: str, password: str) -> None:
        login = f"{user}:{password}".encode()
        self._login = "" if ":" in user else base64.b64encode(login).decode()

    def apply(self, request: httpx2.Request) -> str | None:
        if not self._login:
            return "a user name cannot hold a colon"
        return _set_header(request, "Authorization", f"Basic {self._login}")


class ApiKey(Scheme):
    """A key in a header, the query or a cookie; name exactly one of them.

    Args:
        value: the key.
        header: the name of the header.
        query: the name of the query parameter.
        cookie: the name of the cookie.
    """

    __slots__ = ("_place", "_value")

    def __init__(
        self,
        value: str,
        *,
        header: str | None = None,
        query: str | None = None,
        cookie: str | None = None,
    ) -> None:
        self._value = value
        self._place = (header, query, cookie)
        del value
        if self._place.count(None) != 2:
            raise TypeError("name one of header=, query= and cookie=")

    def apply(self, request: httpx2.Request) -> str | None:
        match self._place:
            case (str() as header, _, _):
                return _set_header(request, header, self._value)
            case (_, str() as query, _):
                field = f"{quoting.name(query)}={quoting.strict(self._value)}"
                known = request.url.query.decode()
                joined = f"{known}&{field}" if known else field
                request.url = request.url.copy_with(query=joined.encode())
            case (_, _, cookie):
                field = f"{cookie}={quoting.cookie(self._value)}"
                known = request.headers.get("cookie", "")
                request.headers["Cookie"] = f"{known}; {field}" if known else field
        return None


Auth: TypeAlias = Scheme | Mapping[str, Scheme] | httpx2.Auth
"""What may be passed as `auth`: one scheme, schemes by the names that the document
gives them, or what the HTTP library knows."""

Alternatives: TypeAlias = tuple[tuple[str, ...], ...]
"""Any one of them will do; each names schemes that are needed together."""


def needed(
    schemes: Mapping[str, Scheme], alternatives: Alternatives | None
) -> Iterable[Scheme]:
    """The schemes that an operation needs: the first alternative that is there as a
    whole; all of them where the document says nothing."""
    if alternatives is None or "" in schemes:
        return schemes.values()
    for names in alternatives:
        if names and all(name in schemes for name in names):
            return [schemes[name] for name in names]
    return ()


def _set_header(request: httpx2.Request, name: str, value: str) -> str | None:
    reason = objection(value)
    if reason is None:
        request.headers[name] = value
    return reason
