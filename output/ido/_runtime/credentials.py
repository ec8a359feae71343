"""Who calls, and which gateway: the content of an `.ionapi` file, checked."""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Never, Self

from . import addresses
from .errors import CredentialsError
from .ionapi_file import DOWNLOAD, LARGEST, IonApiFile

FILE_VARIABLE = "IONAPI_FILE"
"""The environment variable with the path of an `.ionapi` file."""

TEXT_VARIABLE = "IONAPI_JSON"
"""The environment variable with the text of one; read where the other is not set."""

_NO_SERVICE_ACCOUNT = (
    'download the file again with "Create Service Account" ticked, or have the '
    "administrator let the app use the client-credentials grant"
)
_ON_PREMISES_CLIENT = "infor"
_NEEDED = ("gateway_url", "tenant", "client_id", "client_secret", "token_url")


class Credentials:
    """An authorized app of ION API, and its service account.

    Secrets are fields like others, but `repr` shows none of them, and pickling is
    refused: pass the path of the file to another process, not its content.

    Attributes:
        gateway_url: the gateway without the tenant (`iu`).
        tenant: the first segment of every API's path (`ti`).
        client_id: the app (`ci`).
        client_secret: its secret (`cs`).
        token_url: where tokens are obtained and renewed (`pu` and `ot`).
        revoke_url: where they are revoked (`pu` and `or`); None where they cannot be.
        authorize_url: where a person would log in (`pu` and `oa`); not used here.
        username: the service account's access key (`saak`); None for an app that
            obtains its tokens without one.
        password: the service account's secret key (`sask`).
        scopes: what the tokens are asked for (`sc`).
        application: the app's name (`cn`).
        extra: the other keys of the file, in lower case.
    """

    # No dataclass: every client loads it, and a dataclass takes a millisecond and a half.

    __slots__ = _FIELDS = (
        "gateway_url",
        "tenant",
        "client_id",
        "client_secret",
        "token_url",
        "revoke_url",
        "authorize_url",
        "username",
        "password",
        "scopes",
        "application",
        "extra",
    )

    def __init__(
        self,
        *,
        gateway_url: str,
        tenant: str,
        client_id: str,
        client_secret: str,
        token_url: str,
        revoke_url: str | None = None,
        authorize_url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        scopes: tuple[str, ...] = (),
        application: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        self.gateway_url = gateway_url
        self.tenant = tenant
        self.client_id = client_id
        self.client_secret = client_secret
        self.token_url = token_url
        self.revoke_url = revoke_url
        self.authorize_url = authorize_url
        self.username = username
        self.password = password
        self.scopes = scopes
        self.application = application
        self.extra: Mapping[str, object] = extra or {}

    def __replace__(self, /, **changes: Any) -> Self:
        """Others of the same app, with some fields changed; `copy.replace` of Python
        3.13 calls it."""
        fields = {name: getattr(self, name) for name in self._FIELDS}
        return type(self)(**{**fields, **changes})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Credentials):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._FIELDS)

    def __hash__(self) -> int:
        return hash((self.gateway_url, self.client_id, self.client_secret))

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Self:
        """The credentials of an `.ionapi` file.

        Warns where others than its owner may read it, and where it mixes tenants.
        Raises `CredentialsError`, which names the file, the key and the way out.
        """
        place, problem = Path(path), ""
        try:
            with place.open("rb") as stream:
                mode = os.fstat(stream.fileno()).st_mode
                file = IonApiFile(str(place), stream.read(LARGEST + 1))
        except OSError as error:
            problem = (error.strerror or type(error).__name__).lower()
        else:
            return cls._from(file, _exposure(file.name, mode))
        raise CredentialsError(
            f"the .ionapi file {place} cannot be read: {problem}; check the path, or "
            + DOWNLOAD
        )

    @classmethod
    def from_text(cls, text: str | bytes) -> Self:
        """The credentials of an `.ionapi` file whose content is at hand; as
        `from_file`."""
        file = IonApiFile("the .ionapi text", text)
        del text
        return cls._from(file)

    @classmethod
    def from_environment(cls) -> Self:
        """The credentials that the environment names: the path in `IONAPI_FILE`, else
        the text in `IONAPI_JSON`; as `from_file`."""
        if path := os.environ.get(FILE_VARIABLE):
            return cls.from_file(path)
        if os.environ.get(TEXT_VARIABLE):
            file = IonApiFile(f"the text in {TEXT_VARIABLE}", os.environ[TEXT_VARIABLE])
            return cls._from(file)
        raise CredentialsError(
            f"there are no credentials: set {FILE_VARIABLE} to the path of an .ionapi "
            f"file or {TEXT_VARIABLE} to its text, or name the file in the program"
        )

    @property
    def grant(self) -> Literal["password", "client_credentials"]:
        """How tokens are obtained, in the words of OAuth (RFC 6749 section 4)."""
        return "client_credentials" if self.username is None else "password"

    @property
    def base_url(self) -> str:
        """What the paths of all APIs begin with: the gateway and the tenant."""
        return addresses.with_tenant(self.gateway_url, self.tenant)

    def check(self) -> None:
        """Raises `CredentialsError` where secrets would go astray: over http, to a URL
        that holds a password, or with half a service account; `TypeError` where a field
        is no text."""
        for name in self._FIELDS[:9]:
            value: object = getattr(self, name)
            if not isinstance(value, str if name in _NEEDED else (str, type(None))):
                kind = type(value).__name__
                raise TypeError(f"{name} of the credentials: a text, not {kind}")
        for name, reason in self._objections():
            raise CredentialsError(f"{name} of the credentials {reason}")

    def _objections(self) -> Iterator[tuple[str, str]]:
        if not addresses.is_tenant(self.tenant):
            yield "tenant", "is none: it is letters, digits, - and _"
        for name in ("gateway_url", "token_url", "revoke_url"):
            url: str | None = getattr(self, name)
            if url is not None and (reason := addresses.objection(url)):
                yield name, reason
        if self.username is None and self.password is not None:
            yield "username", "is missing, and a password is there"
        if self.password is None and self.username is not None:
            yield "password", "is missing, and a username is there"

    @classmethod
    def _from(cls, file: IonApiFile, exposure: Iterable[str] = ()) -> Self:
        for key in ("ti", "ci", "cs", "iu", "pu", "ot"):
            file.required(key)
        for key in ("ti", "ci", "cs", "saak", "sask"):
            file.refuse_space(key)
        _refuse_half_an_account(file)
        for key, reason in _objections(file):
            file.refuse(key, reason)
        for oddity in (*exposure, *_disagreements(file)):
            warnings.warn(oddity, stacklevel=3)
        return cls(
            gateway_url=addresses.without_tenant(
                file.required("iu"), file.required("ti")
            ),
            tenant=file.required("ti"),
            client_id=file.required("ci"),
            client_secret=file.required("cs"),
            token_url=_endpoint(file, "ot") or "",
            revoke_url=_endpoint(file, "or"),
            authorize_url=_endpoint(file, "oa"),
            username=file.text("saak"),
            password=file.text("sask"),
            scopes=file.scopes(),
            application=file.text("cn"),
            extra=MappingProxyType(file.extra()),
        )

    def __repr__(self) -> str:
        return (
            f"Credentials(tenant={self.tenant!r}, client_id={self.client_id!r}, "
            f"grant={self.grant!r}, gateway_url={addresses.shown(self.gateway_url)!r}, "
            f"token_url={addresses.shown(self.token_url)!r})"
        )

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> Never:
        raise TypeError(
            "credentials hold secrets and are not pickled; "
            "pass the path of the .ionapi file instead"
        )


def _endpoint(file: IonApiFile, key: str) -> str | None:
    path = file.text(key)
    return addresses.join(file.required("pu"), path) if path else None


def _objections(file: IonApiFile) -> Iterator[tuple[str, str]]:
    """What is wrong with the tenant and the URLs. None of them leaves this generator:
    a URL that is refused may hold a password."""
    if not addresses.is_tenant(file.required("ti")):
        yield "ti", f"is no tenant, which is letters, digits, - and _; {DOWNLOAD}"
    urls = {"iu": file.text("iu"), "pu": file.text("pu")}
    urls |= {key: _endpoint(file, key) for key in ("ot", "or", "oa")}
    for key, url in urls.items():
        if url is not None and (reason := addresses.objection(url)):
            yield key, reason


def _refuse_half_an_account(file: IonApiFile) -> None:
    missing = [key for key in ("saak", "sask") if file.text(key) is None]
    if len(missing) == 1 or (missing and not file.is_of_backend_service()):
        file.lacks(missing[0], _NO_SERVICE_ACCOUNT)


def _exposure(name: str, mode: int) -> Iterator[str]:
    if os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH):
        yield (
            f"other users of this machine can read {name} and the secrets in it "
            f"(mode {stat.S_IMODE(mode):04o}): chmod 600"
        )


def _disagreements(file: IonApiFile) -> Iterator[str]:
    """The keys that name another tenant than `ti`, in one sentence. What bears no mark
    of a tenant (ids and URLs on premises) names none."""
    tenant = file.required("ti")
    others = [
        f'"{key}" belongs to {_printable(other)}'
        for key, other in _named_tenants(file)
        if other.lower() != tenant.lower()
    ]
    if others:
        yield (
            f'{file.name}: "ti" is the tenant {_printable(tenant)}, but '
            f"{', '.join(others)}: two files mixed up?"
        )


def _named_tenants(file: IonApiFile) -> Iterator[tuple[str, str]]:
    for key, mark in (("ci", "~"), ("saak", "#")):
        prefix, found = (file.text(key) or "").partition(mark)[:2]
        if found and prefix.lower() != _ON_PREMISES_CLIENT:
            yield key, prefix
    server = addresses.parts(file.required("pu"))
    segments = server.path.strip("/").split("/") if server else []
    if len(segments) == 2 and segments[1] == "as":
        yield "pu", segments[0]


def _printable(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown if len(shown) <= 80 else shown[:79] + "…"
