"""Whether an `.ionapi` file can work: every rule as a diagnostic that names the key and never shows a
secret's value."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
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
}
"""What the keys that matter stand for, in the words of messages."""

_REQUIRED = ("ti", "ci", "cs", "iu", "pu", "ot")
_WITHOUT_SPACE = ("ti", "ci", "cs", "saak", "sask")
_BACKEND_SERVICE = "12"
_ON_PREMISES_CLIENT = "infor"


def check(file: IonApiFile, diagnostics: Diagnostics) -> bool:
    """Adds what is wrong or odd; whether the file can be used, which is whether no error was added."""
    sound = [
        *_kinds(file, diagnostics),
        *_presence(file, diagnostics),
        *_spaces(file, diagnostics),
        *_urls(file, diagnostics),
        *_service_account(file, diagnostics),
    ]
    _tenants(file, diagnostics)
    if file.text("or") is None:
        message = "the file has no revocation endpoint (or): tokens end only when they expire"
        diagnostics.notice("ionapi-no-revocation", message, file.place("or"))
    return all(sound)


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
    return "password" if account or file.text("dt") != _BACKEND_SERVICE else "client_credentials"


def _kinds(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    for key, meaning in MEANINGS.items():
        if not isinstance(file.values.get(key), str | None):
            message = f'"{key}" ({meaning}) must be text in double quotes'
            diagnostics.error("ionapi-not-text", message, file.place(key), help=DOWNLOAD)
            yield False


def _presence(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    for key in _REQUIRED:
        if file.values.get(key) in (None, ""):
            message = f'the .ionapi file lacks "{key}" ({MEANINGS[key]})'
            diagnostics.error("ionapi-missing-key", message, file.place(key), help=DOWNLOAD)
            yield False


def _spaces(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    for key in _WITHOUT_SPACE:
        if any(not letter.isprintable() or letter.isspace() for letter in file.text(key) or ""):
            message = (
                f'"{key}" ({MEANINGS[key]}) has white space or a control character in it: a copying error'
            )
            diagnostics.error("ionapi-space-in-secret", message, file.place(key), help=DOWNLOAD)
            yield False


def _urls(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    found = {"iu": urls.gateway(file), "pu": file.text("pu")}
    found |= {key: urls.endpoint(file, key) for key in ("ot", "or", "oa") if "://" in (file.text(key) or "")}
    for key, url in found.items():
        if url is not None:
            yield _url(file, key, url, diagnostics)


def _url(file: IonApiFile, key: str, url: str, diagnostics: Diagnostics) -> bool:
    name, place = f'"{key}" ({MEANINGS[key]})', file.place(key)
    split = parts(url)
    if split is None or split.query or split.fragment or any(letter.isspace() for letter in url):
        message = f"{name} is no usable URL"
        diagnostics.error("ionapi-bad-url", message, place, help="it should look like https://host:443/path")
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


def _service_account(file: IonApiFile, diagnostics: Diagnostics) -> Iterator[bool]:
    missing = [key for key in ("saak", "sask") if file.values.get(key) in (None, "")]
    ways_out = (
        'download the file again with "Create Service Account" ticked, '
        "or let the app use the client-credentials grant"
    )
    if len(missing) == 1:
        message = (
            f'the .ionapi file has half a service account: it lacks "{missing[0]}" ({MEANINGS[missing[0]]})'
        )
        diagnostics.error("ionapi-missing-key", message, file.place(missing[0]), help=ways_out)
        yield False
    elif missing and grant(file) == "client_credentials":
        message = "the file has no service account (saak, sask): the client-credentials grant will be used"
        diagnostics.notice("ionapi-no-service-account", message, file.place("saak"))
    elif missing:
        message = "the file has no service account (saak, sask), and is of no type that can do without"
        diagnostics.warning("ionapi-no-service-account", message, file.place("saak"), help=ways_out)


def _tenants(file: IonApiFile, diagnostics: Diagnostics) -> None:
    tenant = file.text("ti")
    if tenant is None:
        return
    for key, other in _named_tenants(file):
        if other.lower() != tenant.lower():
            of = f'"{key}" ({MEANINGS[key]}) belongs to {printable(other)}'
            message = f'"ti" is the tenant {printable(tenant)}, but {of}'
            diagnostics.warning(
                "ionapi-tenant-mismatch", message, file.place(key), f"two files mixed up? {DOWNLOAD}"
            )


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
