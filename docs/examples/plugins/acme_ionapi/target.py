"""A page of Markdown instead of a client: what an API offers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import Options, Package, Rendered


class OperationsList:
    """`operations.md`: a line for each operation."""

    name = "operations-list"

    def render(self, package: Package, options: Options, diagnostics: Diagnostics) -> Rendered:
        return Rendered({"operations.md": "".join(_lines(package)).encode()}, ())


def _lines(package: Package) -> Iterator[str]:
    for named in package.apis:
        yield f"# {_plain(named.api.title)}\n\n"
        for operation in named.api.operations:
            yield f"- {operation.method} `{_plain(operation.path)}`: {operation.effect.value}\n"


def _plain(text: Text) -> str:
    """Text of a document is somebody else's: what Markdown would obey is taken out."""
    return re.sub(r"[^\w /{}.,:-]", "", text.raw)
