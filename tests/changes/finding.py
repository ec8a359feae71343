"""Whether a comparison tells exactly the edits that were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from changes.mutations import Edit
from ionapi_codegen.changes.model import Change, Level

_LEVELS = [level.value for level in Level]


def unmatched(edits: Iterable[Edit], changes: Sequence[Change]) -> list[str]:
    """What is wrong, a line each: edits that were not found, those of another level, changes without an edit.

    What is shared by several operations or models changes all of them: the heaviest level counts.
    """
    wrong: list[str] = []
    explained: set[int] = set()
    for edit in edits:
        found = [place for place, change in enumerate(changes) if _is_of(change, edit)]
        if not found:
            wrong.append(f"not found: {edit.kind} at {edit.pointer}")
            continue
        explained.update(found)
        level = min((changes[place].level.value for place in found), key=_LEVELS.index)
        if level != edit.level:
            wrong.append(f"{level}, not {edit.level}: {edit.kind} at {edit.pointer}")
    for place, change in enumerate(changes):
        if place not in explained:
            wrong.append(f"invented: {change.kind}: {change.where}: {change.message}")
    return wrong


def _is_of(change: Change, edit: Edit) -> bool:
    pointers = [side.pointer for side in (change.old, change.new) if side is not None]
    return change.kind == edit.kind and any(
        pointer == edit.pointer or pointer.startswith(f"{edit.pointer}/") for pointer in pointers
    )
