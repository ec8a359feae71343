"""Which dialects there are, and which one a document speaks. Each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from ionapi_codegen import plugins
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects.base import Dialect
from ionapi_codegen.dialects.m3 import programs
from ionapi_codegen.ir.api import Api, Protocol

AUTO = "auto"
NONE = "none"

_DIALECTS: Mapping[str, tuple[str, str]] = {
    "m3": ("ionapi_codegen.dialects.m3.dialect", "M3"),
    "ido": ("ionapi_codegen.dialects.ido.dialect", "IDO"),
    "ln": ("ionapi_codegen.dialects.ln.dialect", "LN"),
    "compass": ("ionapi_codegen.dialects.compass.dialect", "Compass"),
    "infor": ("ionapi_codegen.dialects.gateway", "InforGateway"),
}
"""In the order in which `auto` asks them."""

GENERAL = "general"
"""What the package calls the program that holds what all programs of M3 repeat."""

CHOICES = (AUTO, NONE, *_DIALECTS)

_PLUGIN = "install the package that has it, or correct the configuration"


def apply(api: Api, name: str, diagnostics: Diagnostics) -> Api:
    """The model as refined by the dialect of this name: one of `CHOICES`, or one of a plug-in's.

    `auto` takes the first that recognises the document and leaves others as they are. A dialect that was
    asked for by name and does not recognise the document changes nothing and warns.
    """
    match name:
        case "none":
            return api
        case "auto":
            candidates = map(_load, _DIALECTS)
            dialect = next((one for one in candidates if one.recognises(api)), None)
            return api if dialect is None else dialect.apply(api, diagnostics)
        case _:
            dialect = _load(name) if name in _DIALECTS else _plugged_in(name, diagnostics)
            if not dialect.recognises(api):
                diagnostics.warning(
                    "dialect-unrecognised",
                    f"the document does not look like one of the dialect {name!r}, which was not applied",
                    api.place,
                    f"leave --dialect {name} out",
                )
                return api
            return dialect.apply(api, diagnostics)


def knows_shape(address: str, name: str) -> bool:
    """Whether the documents of an API at this address are all of one shape, which the dialect of this name
    knows. What breaks the rules of OpenAPI there, the same in all of them, is news to nobody."""
    return name in (AUTO, "m3") and programs.is_address(address)


def together(apis: Mapping[str, Api]) -> Mapping[str, Api]:
    """The documents of a package by their names, with what several of them repeat in one of its own."""
    return programs.without_repetition(apis, GENERAL) if len(apis) > 1 else apis


def newer(one: Api, other: Api) -> Api | None:
    """Which of two documents is the later download of the same thing; None where they are two things, or
    nothing tells their age."""
    if one.protocol is not Protocol.M3 or one.gateway_path != other.gateway_path:
        return None
    return one if programs.age(one) > programs.age(other) else other


def _plugged_in(name: str, diagnostics: Diagnostics) -> Dialect:
    try:
        dialect = plugins.load(plugins.DIALECTS, name, ("recognises", "apply"))
    except plugins.PluginError as failure:
        raise diagnostics.stop("plugin-broken", str(failure), help=_PLUGIN) from None
    return cast("Dialect", dialect)


def _load(name: str) -> Dialect:
    module, attribute = _DIALECTS[name]
    dialect: Dialect = getattr(import_module(module), attribute)()
    return dialect
