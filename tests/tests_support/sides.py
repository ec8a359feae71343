"""What `ionapi diff` and `ionapi report` look at, made from texts."""

from __future__ import annotations

import textwrap

from ionapi_codegen import naming
from ionapi_codegen.changes.model import Described
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.sources import Source
from ionapi_codegen.targets.base import NamedApi
from ionapi_codegen.understanding import understand


def side(*documents: str) -> Described:
    """What the documents mean, each a text in YAML or JSON, named after its title."""
    found: list[NamedApi] = []
    for number, document in enumerate(documents):
        suffix = "json" if document.startswith('{"') else "yaml"
        name = f"api{number}.{suffix}"
        source = Source(name, name, textwrap.dedent(document).encode("utf-8", "surrogatepass"))
        _, api = understand(source, "auto", Diagnostics())
        found.append(NamedApi(naming.from_title(api.title.raw, name), api))
    return Described(tuple(sorted(found, key=lambda one: one.name)))
