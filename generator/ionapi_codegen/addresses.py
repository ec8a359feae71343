"""Which URLs something may be sent to, or fetched from: HTTPS, and plain HTTP on this machine only."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit


def parts(url: str) -> SplitResult | None:
    """The URL taken apart; None where it is none (no scheme, no host, a port that is no port)."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return None
    return split if split.scheme and split.hostname and port != 0 else None


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its name alone: `localhost`, `127.0.0.0/8`, `::1`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe(split: SplitResult) -> bool:
    """Whether nobody on the way can read or change what travels to this URL."""
    return split.scheme == "https" or (split.scheme == "http" and is_loopback(split.hostname or ""))
