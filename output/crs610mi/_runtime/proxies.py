"""Which proxy of the environment a server is reached through."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass


def proxy_for(scheme: str, host: str) -> str | None:
    """The proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`, or the system's
    settings, name for a server; None where there is none, or where `NO_PROXY` lists the
    server.

    Args:
        scheme: `https` or `http`.
        host: the host, with its port unless that is the usual one.
    """
    known = getproxies()
    proxy = known.get(scheme) or known.get("all")
    if not proxy or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
