"""The constants of a client: where its API is, what it calls itself, which credentials it needs."""

from __future__ import annotations

import re

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Requirement, Server
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import GatewayDefaults
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.imports import Imports
from ionapi_codegen.targets.python.layout import Bracketed, Code, Keyed
from ionapi_codegen.targets.python.protocols import ADDITIONS
from ionapi_codegen.targets.python.text import literal

_NOT_A_TOKEN = re.compile(r"[^A-Za-z0-9.+_-]+")


def settings(api: Api, package: str, gateway: GatewayDefaults | None, imports: Imports) -> Bracketed:
    """`Settings(title="Orders", user_agent="orders/1.4.0", base_url="https://...")`."""
    arguments: list[Code] = [
        Keyed("title=", literal(api.title)),
        Keyed("user_agent=", literal(_user_agent(api, package))),
    ]
    if api.gateway_path is not None:
        arguments.append(Keyed("gateway_path=", literal(api.gateway_path)))
    elif api.servers:
        arguments.append(Keyed("base_url=", literal(base_url(api.servers[0]))))
    if gateway is not None:
        arguments.append(Keyed("gateway=", _gateway(gateway, imports)))
    if api.security and has_choice_of_security(api, api.security):
        arguments.append(Keyed("security=", requirements(api.security)))
    check = ADDITIONS[api.protocol].check if api.protocol is not None else None
    if check is not None:
        arguments.append(Keyed("check=", imports.runtime(check)))
    return layout.call(imports.runtime("Settings"), *arguments)


def shared_settings(package: str, gateway: GatewayDefaults | None, imports: Imports) -> Bracketed:
    """The constants of a client of several documents, each of which has its own address."""
    arguments: list[Code] = [Keyed("title=", literal(package)), Keyed("user_agent=", literal(package))]
    if gateway is not None:
        arguments.append(Keyed("gateway=", _gateway(gateway, imports)))
    return layout.call(imports.runtime("Settings"), *arguments)


def base_url(server: Server) -> Text:
    """A server's URL with the defaults of its variables."""
    url = server.url.raw
    for variable in server.variables:
        url = url.replace("{" + variable.name.raw + "}", variable.default.raw)
    return Text(url)


def has_choice_of_security(api: Api, needed: tuple[Requirement, ...] | None) -> bool:
    """Whether it matters what is needed: not behind the gateway, nor where there is one scheme, unless none
    is needed."""
    return api.gateway_path is None and len(api.security_schemes) > (0 if needed == () else 1)


def requirements(alternatives: tuple[Requirement, ...]) -> Code:
    """`(("bearer",), ("basic",))`: alternatives of schemes that are needed together."""
    return _tuple([_tuple([literal(name) for name in together]) for together in alternatives])


def _tuple(items: list[Code]) -> Code:
    if len(items) == 1:
        return f"({layout.flat(items[0])},)"
    return Bracketed("(", tuple(items), ")")


def _user_agent(api: Api, package: str) -> str:
    version = _NOT_A_TOKEN.sub("-", literal(api.version)[1:-1]).strip("-")
    return f"{package}/{version}" if version else package


def _gateway(gateway: GatewayDefaults, imports: Imports) -> Code:
    given = {
        "gateway_url": gateway.gateway_url,
        "tenant": gateway.tenant,
        "token_url": gateway.token_url,
        "revoke_url": gateway.revoke_url,
        "authorize_url": gateway.authorize_url,
        "grant": gateway.grant,
    }
    known = [Keyed(f"{name}=", literal(value)) for name, value in given.items() if value is not None]
    return layout.call(imports.runtime("GatewayDefaults"), *known)
