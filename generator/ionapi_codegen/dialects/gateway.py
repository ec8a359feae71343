"""Where below a tenant an API of Infor's gateway lies, read off the base path of its document.

Documents downloaded from the gateway name no host, and many carry the tenant of whoever downloaded them:
`/ACME_TST/M3/m3api-rest/v2/execute/CRS610MI`. The tenant belongs to the caller's `.ionapi` file instead, or a
client made from a test tenant's document could not run in production.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.text import Text

_SUITE_OF_SERVICE = {
    "m3api-rest": "M3",
    "idorequestservice": "CSI",
    "lnapi": "LN",
    "datalakeapi": "IONSERVICES",
}
_SUITES = frozenset(_SUITE_OF_SERVICE.values())
_HOSTS = (".inforcloudsuite.com", ".inforgov.com")
_TENANT = re.compile(r"[A-Z0-9]+_[A-Z0-9_]+|\{\w+\}")
"""`ACME_TST`, or a variable that stands for it."""


class InforGateway:
    """The dialect `infor`: sets `Api.gateway_path`."""

    name = "infor"

    def recognises(self, api: Api) -> bool:
        return path(api) is not None

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        below = path(api)
        return api if below is None else replace(api, gateway_path=Text(below))


def below_tenant(api: Api, tenant: str) -> Text:
    """The base path of any document, for an API that its user says lies behind the gateway: `v2/pets` for
    `https://example.com/v2/pets` and for `/ACME_PRD/v2/pets` where the tenant is ACME_PRD."""
    _, segments = _base(api)
    return Text("/".join(segments[1:] if segments[:1] == [tenant] else segments))


def path(api: Api) -> str | None:
    """`[/tenant][/suite]/service/…` without the tenant and with the suite; None for what is no document of
    Infor's."""
    host, segments = _base(api)
    if host and not host.endswith(_HOSTS):
        return None
    tenants = 1 if segments and _TENANT.fullmatch(segments[0]) else 0
    below = segments[tenants:]
    for index, segment in enumerate(below[:2]):
        suite = _SUITE_OF_SERVICE.get(segment.casefold())
        if suite is not None:
            return "/".join(below if index else [suite, *below])
    if tenants and len(below) > 1 and below[0].upper() in _SUITES:
        return "/".join(below)
    return None


def _base(api: Api) -> tuple[str, list[str]]:
    """Host and path segments of the first server; a document without servers lies at `/` (OpenAPI,
    "servers")."""
    url = api.servers[0].url.raw if api.servers else "/"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url, []
    return host, [segment for segment in parts.path.split("/") if segment]
