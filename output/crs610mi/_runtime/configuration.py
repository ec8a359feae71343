"""What the constructors' arguments mean: where calls go, who calls, and how long they
may take. The same for both clients."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from typing import TypeAlias, TypeGuard, cast

import httpx2

from . import addresses, headers, tls
from .auth import LONGEST_REQUEST
from .credentials import FILE_VARIABLE, TEXT_VARIABLE, Credentials
from .errors import CredentialsError
from .retry import Retry
from .schemes import Auth, Scheme
from .server import Server
from .session import Session, Timeouts
from .settings import Settings
from .unset import Unset

Timeout: TypeAlias = float | httpx2.Timeout
"""Seconds that a call may wait for the connection (10 at most), and for each piece of
the answer; or the HTTP library's own four numbers."""

Verify: TypeAlias = ssl.SSLContext | str | os.PathLike[str]
"""The TLS settings, or the path of a file with the authorities to trust."""

CONNECT = 10.0
"""Seconds for a connection."""

READ = 300.0
"""Seconds for an answer: the gateway itself waits 60 to 300 for the system behind."""


class Configuration:
    """The arguments of a client, understood.

    Attributes:
        session: what all calls have in common.
        credentials: whose ION tokens are sent; None where none are.
        auth: what the HTTP library does to each request, if anything.
        verify: the TLS settings; None are the system's.
        token_timeout: seconds that obtaining a token takes at most.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        credentials: Credentials | None,
        base_url: str | None,
        timeout: Timeout | None,
        retry: Retry | None,
        default_headers: Mapping[str, str] | None,
        verify: Verify | None,
        auth: Auth | None | Unset,
        strict: bool,
        networked: bool,
    ) -> None:
        _expect("credentials", credentials, Credentials, "Credentials, as of a file")
        _expect("base_url", base_url, str, "a text")
        _expect("headers", default_headers, Mapping, "a mapping of texts")
        if isinstance(auth, Unset):
            credentials = credentials or _from_environment()
            credentials.check()
        self.credentials = credentials if isinstance(auth, Unset) else None
        self.auth = auth if isinstance(auth, httpx2.Auth) else None
        self.verify = None if verify is None else _verified(verify)
        self._base_url = base_url
        self._gateway = _gateway(settings, credentials)
        waits = timeouts(timeout)
        self.token_timeout = min(LONGEST_REQUEST, waits["read"] or LONGEST_REQUEST)
        trusted: Server | None = None
        if base_url is not None:
            secret = networked and self.credentials is not None
            trusted = _given(base_url, secret)
        elif self.credentials is not None:
            trusted = Server(self.credentials.gateway_url)
        own = {"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"}
        self.session = Session(
            server=_server(self._url(settings, root=True)),
            trusted=trusted,
            fixed=base_url is not None,
            settings=settings,
            own=headers.table(own),
            headers=headers.table(default_headers or {}),
            timeouts=waits,
            retry=Retry() if retry is None else retry,
            schemes=_schemes(auth),
            strict=strict,
        )

    def server(self, settings: Settings) -> Server | None:
        """Where another document of the same package has its API, if that is known."""
        return _server(self._url(settings, root=False))

    def _url(self, settings: Settings, root: bool) -> str | None:
        below = settings.gateway_path
        if self._base_url is not None:
            if root or below is None:
                return self._base_url
            return addresses.join(self._base_url, below)
        if below is not None and self._gateway is not None:
            return addresses.join(self._gateway, below)
        url = settings.base_url
        if below is None and url is not None and "//" in url:
            return f"https:{url}" if url.startswith("//") else url
        if below is None and self._gateway is not None:
            return addresses.join(self._gateway, url or "")
        return None


def _given(base_url: str, secret: bool) -> Server:
    """The caller's address of the API; `secret` is whether a token will travel
    there."""
    url = addresses.parts(base_url)
    if url is None or url.scheme not in ("https", "http") or url.query or url.fragment:
        raise ValueError("base_url: expected something like https://host:443/path")
    if url.username is not None or url.password is not None:
        raise ValueError("base_url: user and password belong into auth=Basic(…)")
    if secret and (reason := addresses.objection(base_url)) is not None:
        raise ValueError(f"base_url {reason}")
    return Server(base_url)


def _server(url: str | None) -> Server | None:
    return None if url is None else Server(url)


def timeouts(timeout: Timeout | None) -> Timeouts:
    """The four time-outs of the HTTP library, in seconds.

    Waiting for a free connection takes as long as waiting for an answer may: it is our
    own queue, and no fault of the network.
    """
    if isinstance(timeout, httpx2.Timeout):
        return timeout.as_dict()
    if isinstance(timeout, bool):
        raise TypeError("timeout: a number of seconds, not bool")
    _expect("timeout", timeout, (int, float), "a number of seconds")
    read = READ if timeout is None else float(timeout)
    if not read > 0:
        raise ValueError("timeout: a number of seconds greater than 0")
    return {"connect": min(read, CONNECT), "read": read, "write": read, "pool": read}


def _expect(
    argument: str, value: object, kind: type | tuple[type, ...], wanted: str
) -> None:
    """Raises `TypeError` for an argument of another kind; None is "left out". The value
    is not shown: it may be a secret in the wrong place."""
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"{argument}: {wanted}, not {type(value).__name__}")


def credentials_from(ionapi: str | os.PathLike[str]) -> Credentials:
    """The credentials in an `.ionapi` file, given by its path or as its text."""
    if isinstance(ionapi, str) and ionapi.lstrip("\ufeff \t\r\n").startswith("{"):
        return Credentials.from_text(ionapi)
    return Credentials.from_file(ionapi)


def _from_environment() -> Credentials:
    if os.environ.get(FILE_VARIABLE) or os.environ.get(TEXT_VARIABLE):
        return Credentials.from_environment()
    raise CredentialsError(
        f"there are no credentials: set {FILE_VARIABLE} to the path of an .ionapi file "
        f"or {TEXT_VARIABLE} to its text, call Client.from_ionapi(path), or pass "
        "auth=None for an API that needs no token"
    )


def _gateway(settings: Settings, credentials: Credentials | None) -> str | None:
    """What the paths of the gateway's APIs begin with; None where no gateway is
    known."""
    if credentials is not None:
        return credentials.base_url
    known = settings.gateway
    if known is None:
        return None
    return addresses.with_tenant(known.gateway_url, known.tenant)


def _schemes(auth: Auth | None | Unset) -> Mapping[str, Scheme]:
    if isinstance(auth, Scheme):
        return {"": auth}
    if auth is None or isinstance(auth, (Unset, httpx2.Auth)):
        return {}
    if _is_by_name(auth):
        return dict(auth)
    raise TypeError(
        "auth: Bearer, Basic or ApiKey, a mapping of the document's security schemes to "
        "them, an httpx2.Auth, or None"
    )


def _is_by_name(auth: object) -> TypeGuard[Mapping[str, Scheme]]:
    return isinstance(auth, Mapping) and all(
        isinstance(scheme, Scheme)
        for scheme in cast("Mapping[object, object]", auth).values()
    )


def _verified(verify: Verify | bool) -> ssl.SSLContext:
    if isinstance(verify, bool):
        raise TypeError(
            "verify: an ssl.SSLContext, or the path of a file with certificates; "
            "verification is not switched off by a flag"
        )
    return tls.context(os.fspath(verify) if isinstance(verify, os.PathLike) else verify)
