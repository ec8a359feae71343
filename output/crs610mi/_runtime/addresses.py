"""Which URLs secrets may go to, and how an `.ionapi` file spells them in pieces."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


def join(base: str, path: str) -> str:
    """A base and a path with exactly one slash between; a path that is a URL by itself
    passes through.

    `urljoin` would drop the last segment of a base without a slash at its end.

    >>> join("https://sso.example:443/ACME_TST/as", "token.oauth2")
    'https://sso.example:443/ACME_TST/as/token.oauth2'
    """
    return path if "://" in path else f"{base.rstrip('/')}/{path.lstrip('/')}"


def with_tenant(gateway_url: str, tenant: str) -> str:
    """The gateway's URL with the tenant as its last segment, which it may have already.

    >>> with_tenant("https://mingle-ionapi.example/", "ACME_TST")
    'https://mingle-ionapi.example/ACME_TST'
    """
    return f"{without_tenant(gateway_url, tenant)}/{tenant}"


def without_tenant(gateway_url: str, tenant: str) -> str:
    """The gateway's URL without a last slash and without the tenant, which some files
    have at its end."""
    return gateway_url.rstrip("/").removesuffix(f"/{tenant}")


def is_tenant(name: str) -> bool:
    """Whether this can be the tenant's segment of a path, as it is."""
    return _SEGMENT.fullmatch(name) is not None and name.strip(".") != ""


def objection(url: str) -> str | None:
    """Why nothing secret may be sent to a URL, as the end of a sentence; None where it
    may.

    Only https will do, apart from http to this machine by its loopback names. The
    answer quotes nothing of the URL.
    """
    split = parts(url)
    if split is None or split.query or split.fragment or not _is_one_word(url):
        return "is no usable URL; it should look like https://host:443/path"
    if split.username is not None or split.password is not None:
        return "holds a user name or password; take the part before @ out of it"
    if split.scheme == "https":
        return None
    if split.scheme == "http" and is_loopback(split.hostname or ""):
        return None
    return (
        "does not begin with https://, so secrets would travel in clear; "
        "http:// is for this machine only"
    )


def shown(url: str | None) -> str | None:
    """The URL for a message: what stands before an @ in it may be a password."""
    if url is None or "@" not in url:
        return url
    return f"{url.partition('://')[0]}://…@{url.rpartition('@')[2]}"


def parts(url: str) -> SplitResult | None:
    """The URL taken apart; None where it has no scheme, no host or an impossible
    port."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return None
    return split if split.scheme and split.hostname and port != 0 else None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name alone: `localhost`, `127.0.0.0/8`,
    `::1`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_one_word(url: str) -> bool:
    return url.isprintable() and not any(letter.isspace() for letter in url)
