"""The dialect `compass`: queries of the Data Lake, version 2, as `.../DATAFABRIC/compass/v2`.

A query is submitted as text; its status is asked for until it is finished, and its rows come in pages. The
document has an operation for each step and no word of how they belong together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import gateway, headers
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.text import Text

_JOBS = re.compile(r"(?:^|/)compass/v2/jobs$", re.IGNORECASE)
_STEPS = (("GET", "status"), ("GET", "result"), ("PUT", "cancel"))
"""What is done with a submitted query, below its own path."""


class Compass:
    """Sets `Protocol.COMPASS`, `Api.queries` and the place behind the gateway."""

    name = "compass"

    def recognises(self, api: Api) -> bool:
        return _jobs(api) is not None

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        path, jobs = gateway.path(api), _jobs(api)
        if path is None or jobs is None:
            return api
        operations = tuple(headers.refined(each) for each in api.operations)
        return replace(
            api,
            operations=operations,
            gateway_path=Text(path),
            protocol=Protocol.COMPASS,
            options=headers.declared(operations),
            queries=jobs,
        )


def _jobs(api: Api) -> Text | None:
    """The path of the operation that submits queries; None where the document has not all of the steps."""
    base = gateway.path(api)
    if base is None:
        return None
    known = {(each.method, _folded(each.path.raw)) for each in api.operations}
    for operation in api.operations:
        path = operation.path.raw.rstrip("/")
        if operation.method == "POST" and _JOBS.search(f"{base}/{path.lstrip('/')}"):
            steps = ((method, f"{path}/{{}}/{step}") for method, step in _STEPS)
            if all(step in known for step in steps):
                return operation.path
    return None


def _folded(path: str) -> str:
    """A path whatever its variables are called."""
    return re.sub(r"\{[^{}/]*\}", "{}", path).rstrip("/")
