"""Which dialects there are, and which one a document speaks. Each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects.base import Dialect
from ionapi_codegen.dialects.m3 import programs
from ionapi_codegen.ir.api import Api, Protocol

AUTO = "auto"
NONE = "none"

_DIALECTS: Mapping[str, tuple[str, str]] = {
    "m3": ("ionapi_codegen.dialects.m3.dialect", "M3"),
    "infor": ("ionapi_codegen.dialects.gateway", "InforGateway"),
}
"""In the order in which `auto` asks them."""

GENERAL = "general"
"""What the package calls the program that holds what all programs of M3 repeat."""

CHOICES = (AUTO, NONE, *_DIALECTS)


def apply(api: Api, name: str, diagnostics: Diagnostics) -> Api:
    """The model as refined by the dialect of this name: one of `CHOICES`.

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
            dialect = _load(name)
            if not dialect.recognises(api):
                diagnostics.warning(
                    "dialect-unrecognised",
                    f"the document does not look like one of the dialect {name!r}, which was not applied",
                    api.place,
                    f"leave --dialect {name} out",
                )
                return api
            return dialect.apply(api, diagnostics)


def together(apis: Mapping[str, Api]) -> Mapping[str, Api]:
    """The documents of a package by their names, with what several of them repeat in one of its own."""
    return programs.without_repetition(apis, GENERAL) if len(apis) > 1 else apis


def newer(one: Api, other: Api) -> Api | None:
    """Which of two documents is the later download of the same thing; None where they are two things, or
    nothing tells their age."""
    if one.protocol is not Protocol.M3 or one.gateway_path != other.gateway_path:
        return None
    return one if programs.age(one) > programs.age(other) else other


def _load(name: str) -> Dialect:
    module, attribute = _DIALECTS[name]
    dialect: Dialect = getattr(import_module(module), attribute)()
    return dialect
