"""What ACME's documents cannot say: which operations only read."""

from __future__ import annotations

from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Effect, Operation


class Acme:
    """ACME searches with POST, so that a filter may be longer than a URL. That changes nothing, and may be
    repeated after a failure."""

    name = "acme"

    def recognises(self, api: Api) -> bool:
        return api.title.raw.startswith("ACME ")

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        return replace(api, operations=tuple(map(_with_effect, api.operations)))


def _with_effect(operation: Operation) -> Operation:
    if operation.method == "POST" and operation.path.raw.endswith("/search"):
        return replace(operation, effect=Effect.READ)
    return operation
