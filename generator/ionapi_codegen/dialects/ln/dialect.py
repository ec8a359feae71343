"""The dialect `ln`: OData services of LN, as `.../LN/lnapi/odata/tdapi.slsSalesOrder`.

Such a document leaves the company to each call, carries the tenant of whoever downloaded it, and says neither
that a change may need the ETag of what it changes nor that lists come in pages.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import gateway, headers
from ionapi_codegen.dialects.ln import changes, lists
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.text import Text

_BASE = re.compile(r"(?:^|/)lnapi(?:/|$)", re.IGNORECASE)


class LN:
    """Sets `Protocol.LN`, the place behind the gateway, conditions and pages."""

    name = "ln"

    def recognises(self, api: Api) -> bool:
        path = gateway.path(api)
        return path is not None and _BASE.search(path) is not None

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        path = gateway.path(api)
        if path is None:
            return api
        operations = tuple(
            lists.paged(headers.refined(changes.conditional(each)), api.schemas) for each in api.operations
        )
        return replace(
            api,
            operations=operations,
            gateway_path=Text(path),
            protocol=Protocol.LN,
            options=headers.declared(operations),
        )
