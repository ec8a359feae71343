"""Whether the names that `ionapi.toml` pins are of something that the documents have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.ir.api import Api


def report_unknown(apis: Iterable[Api], pins: Mapping[str, Place], diagnostics: Diagnostics) -> None:
    """Adds a warning for each operationId or JSON pointer that is pinned and that no document has; `pins` is
    where the configuration says so."""
    if not pins:
        return
    known = {key for api in apis for key in _keys(api)}
    for key, place in pins.items():
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), n=1)
            diagnostics.warning(
                "config-names",
                f"the documents have no operation and no schema {key!r}, whose name is pinned here",
                place,
                f"did you mean {near[0]}?" if near else "name it by its operationId or its JSON pointer",
            )


def _keys(api: Api) -> Iterator[str]:
    for operation in api.operations:
        if operation.id is not None:
            yield operation.id.raw
        if operation.place is not None:
            yield operation.place.pointer
    for schema_id in api.schemas:
        yield schema_id.partition("#")[2]
