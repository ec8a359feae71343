"""Changes for programs: a documented, stable JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ionapi_codegen.changes.model import Change, Side


def as_json(changes: Iterable[Change]) -> str:
    """`{"changes": [...]}`, indented, with a newline at its end. `old` and `new` are null, or
    `{"value", "at", "pointer"}`; `value` is what is there, `at` is `file:line:column`, either may be
    null."""
    entries = [
        {
            "level": one.level.value,
            "breaks": [each.value for each in one.breaks],
            "kind": one.kind,
            "where": one.where,
            "message": one.message,
            "old": _side(one.old),
            "new": _side(one.new),
        }
        for one in changes
    ]
    return json.dumps({"changes": entries}, indent=2) + "\n"


def _side(side: Side | None) -> dict[str, str | None] | None:
    if side is None:
        return None
    return {"value": side.value, "at": side.place, "pointer": side.pointer}
