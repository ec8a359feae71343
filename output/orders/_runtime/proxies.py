"""Which proxy of the environment a server is reached through."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

import httpx2

from .addresses import is_loopback


def proxy_for(scheme: str, host: str) -> httpx2.Proxy | None:
    """The proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`, or the system's
    settings, name for a server; None where there is none, or where `NO_PROXY` lists the
    server.

    What goes to this machine by http is in clear, and may hold a secret: it is handed
    to no proxy of another machine.

    Args:
        scheme: `https` or `http`.
        host: the host, with its port unless that is the usual one.

    Raises:
        ValueError: the proxy is no URL that can be used; it is not quoted, since it may
            hold a password.
    """
    found = _found(scheme, host)
    if not isinstance(found, str):
        return found
    raise ValueError(found)


def _found(scheme: str, host: str) -> httpx2.Proxy | str | None:
    """The proxy; as text, why it cannot be used."""
    known = getproxies()
    url = known.get(scheme) or known.get("all")
    if not url or proxy_bypass(host):
        return None
    try:
        proxy = httpx2.Proxy(url if "://" in url else f"http://{url}")
        here = is_loopback(httpx2.URL(f"{scheme}://{host}").host)
    except (ValueError, httpx2.InvalidURL):
        return (
            f"the proxy that the environment names for {scheme} is no URL that can be "
            "used; it should look like http://host:3128"
        )
    if scheme == "http" and here and not is_loopback(proxy.url.host):
        return None
    return proxy
