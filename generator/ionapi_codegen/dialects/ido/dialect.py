"""The dialect `ido`: the REST service of Mongoose (SyteLine, CloudSuite Industrial) for its collections, the
IDOs, version 2: the generic document, and those that Mongoose makes for single IDOs.

Such a document leaves the configuration to be worked in to each call, does not say that lists come in
bookmarked pages, and forgets that texts may be null.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import gateway
from ionapi_codegen.dialects.ido import answers, loads, requests
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Parameter
from ionapi_codegen.ir.text import Text

_BASE = re.compile(r"/idorequestservice/ido(?P<dynamic>/dynamic)?(?:/|$)", re.IGNORECASE)
"""Where the service lies; `dynamic` are the documents of single IDOs."""


class IDO:
    """Makes the calls of one service of a document's: see `Protocol.IDO`."""

    name = "ido"

    def recognises(self, api: Api) -> bool:
        return _base(api) is not None

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        base = _base(api)
        if base is None:
            return api
        operations = [requests.refined(each, diagnostics) for each in api.operations]
        if base["dynamic"]:
            operations = [loads.steered(each, api.schemas) for each in operations]
        refined = replace(api, operations=tuple(operations), protocol=Protocol.IDO)
        refined = replace(refined, schemas=answers.refined(refined, diagnostics), options=_options(refined))
        paged = tuple(loads.paged(each, refined.schemas) for each in refined.operations)
        path = gateway.path(api)
        return replace(
            refined, operations=paged, gateway_path=api.gateway_path if path is None else Text(path)
        )


def _base(api: Api) -> re.Match[str] | None:
    try:
        path = urlsplit(api.servers[0].url.raw).path if api.servers else ""
    except ValueError:
        return None
    return _BASE.search(path)


def _options(api: Api) -> tuple[Parameter, ...]:
    """The configuration, where some operation works in one."""
    found = (each for one in api.operations for each in one.parameters if requests.is_config(each))
    option = next(found, None)
    return () if option is None else (option,)
