"""How a client is made in an example: with an `.ionapi` file, or with what the document asks callers for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api, SecurityKind, SecurityScheme
from ionapi_codegen.ir.operation import Location, Requirement
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.layout import Code
from ionapi_codegen.targets.python.text import literal

_SECRET = '"..."'
_PLACES = {Location.HEADER: "header", Location.QUERY: "query", Location.COOKIE: "cookie"}


@dataclass(frozen=True, slots=True)
class Login:
    """`making` stands behind `Client` or `AsyncClient`: `(auth=Bearer("..."))`. `names` are the classes that
    it takes, sorted."""

    making: str
    names: tuple[str, ...] = ()
    is_gateway: bool = False


def login(apis: Sequence[Api], *, with_ionapi: bool, options: str) -> Login:
    """For the documents of a package; `with_ionapi` is that it was made for an `.ionapi` file, `options` are
    further arguments, with a comma before. A document that names no host is one of the gateway's."""
    if with_ionapi or not all(map(_has_host, apis)) or any(each.gateway_path is not None for each in apis):
        return Login(f'.from_ionapi("acme.ionapi"{options})', is_gateway=True)
    schemes = {scheme.name.raw: scheme for each in apis for scheme in _needed(each)}
    codes = {name: code for name, scheme in schemes.items() if (code := _code(scheme)) is not None}
    names = tuple(sorted({code.opening.rstrip("(") for code in codes.values()}))
    if len(codes) > 1:
        auth: Code = layout.mapping([(literal(Text(name)), code) for name, code in codes.items()])
    else:
        auth = next(iter(codes.values()), "None")
    return Login(f"(auth={layout.flat(auth)}{options})", names)


def _has_host(api: Api) -> bool:
    return bool(api.servers) and "//" in api.servers[0].url.raw


def _needed(api: Api) -> Iterator[SecurityScheme]:
    """The schemes of the first alternative that can be given: of the document, else of an operation, else the
    first that there is."""
    known = {scheme.name: scheme for scheme in api.security_schemes}
    alternatives: list[Requirement] = [
        together
        for stated in (api.security, *(each.security for each in api.operations))
        for together in stated or ()
        if together and all(name in known and _code(known[name]) is not None for name in together)
    ]
    if alternatives:
        yield from (known[name] for name in alternatives[0])
    else:
        yield from [scheme for scheme in api.security_schemes if _code(scheme) is not None][:1]


def _code(scheme: SecurityScheme) -> layout.Bracketed | None:
    """`ApiKey("...", header="X-Key")`; None where the client has nothing for it."""
    match scheme.kind:
        case SecurityKind.BEARER | SecurityKind.OAUTH2 | SecurityKind.OPENID:
            return layout.call("Bearer", _SECRET)
        case SecurityKind.BASIC:
            return layout.call("Basic", _SECRET, _SECRET)
        case SecurityKind.API_KEY if scheme.key and scheme.location in _PLACES:
            return layout.call("ApiKey", _SECRET, f"{_PLACES[scheme.location]}={literal(scheme.key)}")
        case _:
            return None
