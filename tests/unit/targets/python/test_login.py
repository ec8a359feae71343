"""How the examples of a package make a client."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ionapi_codegen.ir.api import Api, SecurityKind, SecurityScheme
from ionapi_codegen.ir.operation import Location, Server
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.login import Login, login

BEARER = SecurityScheme(Text("token"), SecurityKind.OAUTH2)
BASIC = SecurityScheme(Text("login"), SecurityKind.BASIC)
KEY = SecurityScheme(Text("key"), SecurityKind.API_KEY, Location.HEADER, Text('X-"Key"'))
CERTIFICATE = SecurityScheme(Text("certificate"), SecurityKind.MUTUAL_TLS)


def api(*schemes: SecurityScheme, security: tuple[tuple[str, ...], ...] | None = None) -> Api:
    needed = None if security is None else tuple(tuple(map(Text, together)) for together in security)
    servers = (Server(Text("https://shop.example/v1")),)
    return Api(Text("Shop"), Text("1"), (), {}, servers, security_schemes=schemes, security=needed)


def made(*apis: Api) -> Login:
    return login(apis, with_ionapi=False, options="")


@pytest.mark.parametrize(
    ("schemes", "security", "making", "names"),
    [
        ((), None, "(auth=None)", ()),
        ((BEARER,), None, '(auth=Bearer("..."))', ("Bearer",)),
        ((BASIC, KEY), (("login",), ("key",)), '(auth=Basic("...", "..."))', ("Basic",)),
        ((BASIC, KEY), ((), ("key",)), '(auth=ApiKey("...", header=\'X-"Key"\'))', ("ApiKey",)),
        (
            (BEARER, BASIC),
            (("token", "login"),),
            '(auth={"token": Bearer("..."), "login": Basic("...", "...")})',
            ("Basic", "Bearer"),
        ),
        ((CERTIFICATE, BEARER), (("certificate",), ("token",)), '(auth=Bearer("..."))', ("Bearer",)),
        ((CERTIFICATE,), (("certificate",),), "(auth=None)", ()),
    ],
)
def test_callers_bring_what_the_document_asks_for(
    schemes: tuple[SecurityScheme, ...],
    security: tuple[tuple[str, ...], ...] | None,
    making: str,
    names: tuple[str, ...],
) -> None:
    """The first of its alternatives that a client has something for."""
    assert Login(making, names) == made(api(*schemes, security=security))


def test_documents_of_the_gateway_have_its_file() -> None:
    """Those made for one, those of Infor's products, and those that name no host."""
    by_file = Login('.from_ionapi("acme.ionapi", company="...")', is_gateway=True)
    plain = api(BEARER)
    options = ', company="..."'
    assert by_file == login([plain], with_ionapi=True, options=options)
    for of_gateway in (replace(plain, gateway_path=Text("M3/x")), replace(plain, servers=())):
        assert by_file == login([plain, of_gateway], with_ionapi=False, options=options)
