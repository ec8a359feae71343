"""What a dialect is: knowledge of one product family, applied to the neutral model."""

from __future__ import annotations

from typing import Protocol

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api


class Dialect(Protocol):
    """`recognises` looks at the document alone and is cheap; `apply` gives a refined copy."""

    name: str

    def recognises(self, api: Api) -> bool: ...
    def apply(self, api: Api, diagnostics: Diagnostics) -> Api: ...
