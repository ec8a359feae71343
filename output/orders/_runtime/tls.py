"""Which certificates servers must show; one context serves all connections of a client,
since loading the authorities takes longer than a request."""

from __future__ import annotations

import functools
import os
import ssl

import httpx2


def check(verify: object) -> None:
    """Raises `TypeError` or `ValueError` for a `verify` that `context` would not
    take."""
    if isinstance(verify, str):
        if not os.path.isfile(verify):
            raise ValueError(f"verify: there is no file {verify}")
    elif verify is not None and not isinstance(verify, ssl.SSLContext):
        raise TypeError(
            "verify is an ssl.SSLContext or the path of a file with the authorities to "
            "trust; it is no switch"
        )


def context(verify: ssl.SSLContext | str | None) -> ssl.SSLContext:
    """The TLS settings for a client's `verify`.

    Args:
        verify: a context, to use as it is; the path of a file with the authorities to
            trust (PEM), for gateways on premises; None for those of the system, or of
            `SSL_CERT_FILE` and `SSL_CERT_DIR`.

    The same path gives the same context. Raises `ValueError` for a file without
    certificates.
    """
    return verify if isinstance(verify, ssl.SSLContext) else _loaded(verify)


@functools.cache
def _loaded(path: str | None) -> ssl.SSLContext:
    if path is None:
        return httpx2.create_ssl_context()
    try:
        return ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        reason = error.strerror or str(error)
        raise ValueError(f"verify: {path} holds no certificates: {reason}") from None
