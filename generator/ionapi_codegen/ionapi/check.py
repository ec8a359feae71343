"""Whether an `.ionapi` file can work: every rule as a diagnostic that names the key and never shows a
secret's value."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ionapi_codegen.addresses import is_safe, parts
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ionapi import urls
from ionapi_codegen.ionapi.file import DOWNLOAD, IonApiFile, printable

MEANINGS = {
    "ti": "the tenant",
    "ci": "the client id",
    "cs": "the client secret",
    "iu": "the gateway's URL",
    "pu": "the authorization server's URL",
    "ot": "the path of the token endpoint",
    "or": "the path of the revocation endpoint",
    "oa": "the path of the authorization endpoint",
    "saak": "the access key of the service account",
    "sask": "the secret key of the service account",
    "sc": "the scopes",
    "cn": "the name of the application",
}
"""What the keys that matter stand for, in the words of messages."""

_REQUIRED = ("ti", "ci", "cs", "iu", "pu", "ot")
_WITHOUT_SPACE = ("ti", "ci", "cs", "saak", "sask")
_BACKEND_SERVICE = ("12", 12)
_ON_PREMISES_CLIENT = "infor"
_URL = "it should look like https://host:443/path"
_WAYS_OUT = (
    'download the file again with "Create Service Account" ticked, '
    "or let the app use the client-credentials grant"
)
_TENANT = re.compile(r"(?!\.+$)[A-Za-z0-9._~-]+")
"""One segment of a path, which no client has to encode."""


def check(file: IonApiFile, diagnostics: Diagnostics) -> bool:
    """Adds what is wrong or odd; whether the file can be used, which is whether no error was added."""
    sound = [
        *_kinds(file, diagnostics),
        *_presence(file, diagnostics),
        *_spaces(file, diagnostics),
        *_tenant(file, diagnostics),
        *_urls(file, diagnostics),
        *_half_an_account(file, diagnostics),
    ]
    if not all(sound):
        return False
    _service_account(file, diagnostics)
    _tenants(file, diagnostics)
    if file.text("or") is None:
        message = "the file has no revocation endpoint (or): tokens end only when they expire"
        diagnostics.notice("ionapi-no-revocation", message, file.place("or"))
    return True


def check_mode(path: Path, diagnostics: Diagnostics) -> None:
    """Warns where others than the owner may read the file. Says nothing on systems without POSIX modes."""
    if os.name != "posix":
        return
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        diagnostics.warning(
            "ionapi-readable-by-others",
            f"other users of this machine can read the file and its secrets (mode {stat.S_IMODE(mode):04o})",
            IonApiFile(str(path), {}, {}).place(""),
            help="chmod 600, and change the secrets if somebody may have read them",
        )


def grant(file: IonApiFile) -> str:
    """How a client of this file obtains tokens, in OAuth's word: `password` with a service account,
    `client_credentials` where a backend service has none."""
    account = file.text("saak") or file.text("sask")
    return "password" if account or file.values.get("dt") not in _BACKEND_SERVICE else "client_credentials"


def _kinds(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    for key, meaning in MEANINGS.items():
        value = file.values.get(key)
        listed = key == "sc" and isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not isinstance(value, str | None) and not listed:
            message = f'"{key}" ({meaning}) must be text in double quotes'
            diagnostics.error("ionapi-not-text", message, file.place(key), help=DOWNLOAD)
            yield False


def _presence(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    missing = [key for key in _REQUIRED if file.values.get(key) in (None, "")]
    if missing:
        message = f"the .ionapi file lacks {_listed(_named(key) for key in missing)}"
        diagnostics.error("ionapi-missing-key", message, file.place(missing[0]), help=DOWNLOAD)
        yield False


def _spaces(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    for key in _WITHOUT_SPACE:
        if _has_space(file.text(key) or ""):
            message = (
                f'"{key}" ({MEANINGS[key]}) has white space or a control character in it: a copying error'
            )
            diagnostics.error("ionapi-space-in-secret", message, file.place(key), help=DOWNLOAD)
            yield False


def _tenant(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    tenant = file.text("ti")
    if tenant and not _has_space(tenant) and not _TENANT.fullmatch(tenant):
        message = '"ti" (the tenant) is no tenant, which is letters, digits, - and _'
        diagnostics.error("ionapi-bad-tenant", message, file.place("ti"), help=DOWNLOAD)
        yield False


def _urls(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    gateway, server = urls.gateway(file), file.text("pu")
    if gateway is not None:
        yield _url(file, "iu", gateway, diagnostics)
    if server is not None and not _url(file, "pu", server, diagnostics):
        yield False
        return
    for key in ("ot", "or", "oa"):
        if url := urls.endpoint(file, key):
            yield _url(file, key, url, diagnostics)


def _url(file: IonApiFile, key: str, url: str, diagnostics: Diagnostics) -> bool:
    name, place = _named(key), file.place(key)
    split = parts(url)
    if split is None or split.query or split.fragment or _has_space(url):
        verb, advice = (
            ("is", _URL) if key in ("iu", "pu") or "://" in (file.text(key) or "") else ("makes", DOWNLOAD)
        )
        diagnostics.error("ionapi-bad-url", f"{name} {verb} no usable URL", place, help=advice)
    elif split.username is not None or split.password is not None:
        message = f"{name} holds a user name or password, which would end in logs"
        diagnostics.error(
            "ionapi-password-in-url", message, place, help="take the part before @ out of the URL"
        )
    elif not is_safe(split):
        message = f"{name} does not begin with https://: secrets and tokens would travel in clear"
        diagnostics.error(
            "ionapi-insecure-url", message, place, help="http:// is accepted for this machine only"
        )
    else:
        return True
    return False


def _half_an_account(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    missing = _missing_of_account(file)
    if len(missing) == 1:
        message = f"the .ionapi file has half a service account: it lacks {_named(missing[0])}"
        diagnostics.error("ionapi-missing-key", message, file.place(missing[0]), help=_WAYS_OUT)
        yield False


def _service_account(file: IonApiFile, diagnostics: Diagnostics) -> None:
    if not _missing_of_account(file):
        return
    message, place = "the file has no service account (saak, sask)", file.place("saak")
    if grant(file) == "client_credentials":
        message = f"{message}: the client-credentials grant will be used"
        diagnostics.notice("ionapi-no-service-account", message, place)
    else:
        message = f"{message}, and is of no type that can do without"
        diagnostics.warning("ionapi-no-service-account", message, place, help=_WAYS_OUT)


def _missing_of_account(file: IonApiFile) -> list[str]:
    return [key for key in ("saak", "sask") if file.values.get(key) in (None, "")]


def _tenants(file: IonApiFile, diagnostics: Diagnostics) -> None:
    """One warning for a file that is put together from several, whichever key is the odd one."""
    tenant = file.text("ti") or ""
    others: dict[str, list[str]] = {}
    for key, other in _named_tenants(file):
        if other.lower() != tenant.lower():
            others.setdefault(printable(other), []).append(key)
    if others:
        named = "; ".join(
            f"{_listed(map(_named, keys))} {'belong' if keys[1:] else 'belongs'} to {other}"
            for other, keys in others.items()
        )
        message = f'"ti" is the tenant {printable(tenant)}, but {named}'
        first = file.place(next(iter(others.values()))[0])
        diagnostics.warning("ionapi-tenant-mismatch", message, first, f"two files mixed up? {DOWNLOAD}")


def _named_tenants(file: IonApiFile) -> Iterator[tuple[str, str]]:
    """The keys whose values name a tenant beside `ti`, and that tenant. What has no mark of one (on-premises
    ids and URLs) names none."""
    client, mark, _ = (file.text("ci") or "").partition("~")
    if mark and client.lower() != _ON_PREMISES_CLIENT:
        yield "ci", client
    account, mark, _ = (file.text("saak") or "").partition("#")
    if mark and account.lower() != _ON_PREMISES_CLIENT:
        yield "saak", account
    server = parts(file.text("pu") or "")
    segments = [segment for segment in server.path.split("/") if segment] if server else []
    if len(segments) == 2 and segments[1] == "as":
        yield "pu", segments[0]


def _named(key: str) -> str:
    return f'"{key}" ({MEANINGS[key]})'


def _listed(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def _has_space(text: str) -> bool:
    return any(not letter.isprintable() or letter.isspace() for letter in text)
