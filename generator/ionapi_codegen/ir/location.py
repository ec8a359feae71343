"""Where a named schema stands, as seen from its document: the same wherever the document lies."""

from __future__ import annotations

import os
from pathlib import PurePath

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import SchemaId


def located(api: Api, schema_id: SchemaId) -> str:
    """`#/components/schemas/Order` in the document itself, `parts/order.yaml#` in another file; both, with
    `&` between them, for a schema that is made of two."""
    entry = api.place.file if api.place is not None else ""
    return "&".join(_located(entry, each) for each in schema_id.split("&"))


def _located(entry: str, part: str) -> str:
    file, mark, pointer = part.partition("#")
    if not mark:
        return part  # of a pointer with & in it
    if not file or file == entry:
        return f"#{pointer}"
    return f"{PurePath(os.path.relpath(file, PurePath(entry).parent)).as_posix()}#{pointer}"
