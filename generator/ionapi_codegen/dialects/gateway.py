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
from ionapi_codegen.dialects import headers
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.text import Text

_SUITE_OF_SERVICE = {
    "m3api-rest": "M3",
    "idorequestservice": "CSI",
    "lnapi": "LN",
    "datalakeapi": "IONSERVICES",
    "compass/v2": "DATAFABRIC",
}
"""A service by the beginning of its path, which some documents have without the suite before it."""

_SUITES = frozenset({*_SUITE_OF_SERVICE.values(), "EAM", "FSM", "HCM", "IDM", "IFSSERVICE", "SX", "WM"})
_HOSTS = (".inforcloudsuite.com", ".inforgov.com")
_TENANT = re.compile(r"[A-Z0-9]+_[A-Z0-9_]+|\{\w+\}")
"""`ACME_TST`, or a variable that stands for it."""


class InforGateway:
    """The dialect `infor`: sets `Api.gateway_path`, and leaves to the client what it may say once for all
    calls."""

    name = "infor"

    def recognises(self, api: Api) -> bool:
        return path(api) is not None

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        below = path(api)
        if below is None:
            return api
        operations = tuple(map(headers.refined, api.operations))
        options = headers.declared(operations)
        speaks = any(headers.wire(each) in headers.LANGUAGES for each in options)
        return replace(
            api,
            operations=operations,
            gateway_path=Text(below),
            protocol=Protocol.INFOR if speaks else None,
            options=options,
        )


def below_tenant(api: Api, tenant: str) -> Text:
    """The base path of any document, for an API that its user says lies behind the gateway: `v2/pets` for
    `https://example.com/v2/pets` and for `/ACME_PRD/v2/pets` where the tenant is ACME_PRD."""
    _, segments = _base(api)
    return Text("/".join(segments[1:] if segments[:1] == [tenant] else segments))


def as_before(api: Api, before: Text) -> Text:
    """The same for an API that has lain at a path below some tenant, which its document may still name."""
    _, segments = _base(api)
    below = Text("/".join(segments[1:]))
    names_tenant = below == before or (segments and _TENANT.fullmatch(segments[0]))
    return below if names_tenant else Text("/".join(segments))


def in_suite(api: Api, suite: str, tenant: str) -> Api:
    """The API in a suite that its user names, whatever the document says."""
    if api.gateway_path is None:
        _, segments = _base(api)
        own = segments[:1] == [tenant] or (segments and _TENANT.fullmatch(segments[0]))
        return replace(api, gateway_path=Text("/".join([suite, *segments[1 if own else 0 :]])))
    return replace(api, gateway_path=Text(f"{suite}/{api.gateway_path.raw.partition('/')[2]}"))


def path(api: Api) -> str | None:
    """`[/tenant][/suite]/service/…` without the tenant and with the suite; None for what is no document of
    Infor's."""
    host, segments = _base(api)
    if host and not host.endswith(_HOSTS):
        return None
    tenants = 1 if segments and _TENANT.fullmatch(segments[0]) else 0
    for index in range(len(segments[:3])):
        suite = _suite(segments[index:])
        if suite is not None:
            # A suite stands behind the tenant, whose name need not look like one then.
            own = index == 2 or index - tenants == 1
            return "/".join(segments[index - 1 :] if own else [suite, *segments[index:]])
    below = segments[tenants:]
    if tenants and len(below) > 1 and (host or below[0].upper() in _SUITES):
        return "/".join(below)
    return None


def _suite(segments: list[str]) -> str | None:
    """The suite of the service that a path begins with."""
    known = (_SUITE_OF_SERVICE.get("/".join(segments[:length]).casefold()) for length in (1, 2))
    return next(filter(None, known), None)


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
