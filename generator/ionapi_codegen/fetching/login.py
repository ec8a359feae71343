"""The account of an `.ionapi` file while documents are fetched: one token at the first need, revoked at the
end."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from ionapi_codegen.addresses import parts
from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.fetching.runtime import runtime
from ionapi_codegen.ionapi import defaults
from ionapi_codegen.spec.download import shown


class _Token(Protocol):
    @property
    def authorization(self) -> str: ...


class _Auth(Protocol):
    def token(self) -> _Token: ...
    def close(self) -> None: ...


class Login:
    """Signs in to a gateway. `Stopped` where the file cannot be used.

    The token is asked for by the code that every client has, kept in memory only, and sent to the gateway
    that the file names and to no other server.
    """

    def __init__(self, file: Path, diagnostics: Diagnostics) -> None:
        gateway = defaults.load(file, diagnostics)
        self.base = f"{gateway.gateway_url}/{gateway.tenant}"
        self._file = file
        self._diagnostics = diagnostics
        self._auth: _Auth | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._auth is not None:
            self._auth.close()

    def address(self, url: str) -> str:
        """The URL of a path below the tenant; what is a URL already must be the gateway's."""
        if "://" not in url:
            return f"{self.base}/{url.lstrip('/')}"
        split, own = parts(url), parts(self.base)
        if split is None or own is None or split[:2] != own[:2]:
            raise self._diagnostics.stop(
                "fetch-other-host",
                f"{shown(url)} is not on the gateway {shown(self.base)}, and the token goes nowhere else",
                Place(str(self._file)),
                'fetch it without through = "gateway", or give the .ionapi file of its gateway',
            )
        return url

    def headers(self) -> dict[str, str]:
        """What says to the gateway who asks; obtains the token at the first call. `Stopped` where the
        authorization server gives none."""
        failure: type[Exception] = runtime("errors").IonApiError
        problem = ""
        try:
            self._auth = self._auth or self._signed_in()
            return {"Authorization": self._auth.token().authorization}
        except failure as error:
            problem = str(error)
        raise self._diagnostics.stop(
            "fetch-login",
            f"no token for the gateway: {problem}",
            Place(str(self._file)),
            "`ionapi fetch` signs in as the clients do; try the same file with one of them",
        )

    def _signed_in(self) -> _Auth:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `defaults.load` has said the same, with its place
            credentials = runtime("credentials").Credentials.from_file(self._file)
        auth: _Auth = runtime("auth").IonAuth(credentials)
        return auth
