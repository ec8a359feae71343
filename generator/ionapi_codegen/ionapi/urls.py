"""The URLs that an `.ionapi` file spells in pieces: gateway, and endpoints of the authorization server."""

from __future__ import annotations

from ionapi_codegen.ionapi.file import IonApiFile


def endpoint(file: IonApiFile, key: str) -> str | None:
    """The URL of an endpoint of the authorization server: `ot` (tokens), `or` (revocation), `oa`.

    `pu` and the path are joined with exactly one slash (`urljoin` would drop the `as` of a `pu` without a
    slash at its end); a path that is a URL by itself passes through. None where either is absent.

    >>> endpoint(IonApiFile("", {"pu": "https://sso.example/ACME_TST/as", "ot": "token.oauth2"}, {}), "ot")
    'https://sso.example/ACME_TST/as/token.oauth2'
    """
    path = file.text(key)
    if path is None or "://" in path:
        return path
    base = file.text("pu")
    return f"{base.rstrip('/')}/{path.lstrip('/')}" if base else None


def gateway(file: IonApiFile) -> str | None:
    """The gateway's URL without the tenant, which some files have at the end of `iu`, and without a last
    slash."""
    url = file.text("iu")
    return url.rstrip("/").removesuffix(f"/{file.text('ti')}") if url else None
