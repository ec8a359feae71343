"""What changed in the operations: which there are, what they are called, what they take and answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ionapi_codegen.changes.access import compare_operation_access
from ionapi_codegen.changes.annotations import equivalent
from ionapi_codegen.changes.answers import compare_answers
from ionapi_codegen.changes.bodies import compare_bodies
from ionapi_codegen.changes.matching import Matched, without_names
from ionapi_codegen.changes.names import Names
from ionapi_codegen.changes.parameters import compare_parameters
from ionapi_codegen.changes.scene import Scene, side
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.ir.operation import Effect, Operation, Pagination
from ionapi_codegen.targets.python.operation_names import operation_key

_EFFECTS = {Effect.READ: "a read, which is repeated", Effect.WRITE: "a write, which is not repeated"}


def compare_operations(scene: Scene, matched: Matched) -> None:
    """Notes what changed in the operations of a document."""
    renamed = _renamed_groups(scene, matched.pairs)
    for before, after in renamed.items():
        one, other = (f"{names.prefix}{group}" for names, group in _groups(scene, before, after))
        message = f"the group was renamed to {short(after)}"
        scene.add("group-renamed", one, message, side(None, one), side(None, other), source=True)
    for operation in matched.removed:
        message = f"was removed ({_address(operation)})"
        where, place = scene.before.call(operation), side(operation.place)
        scene.add("operation-removed", where, message, place, None, source=True, wire=True)
    for operation in matched.added:
        message = f"was added ({_address(operation)})"
        scene.add("operation-added", scene.after.call(operation), message, None, side(operation.place))
    for old, new in matched.pairs:
        _compare_names(scene, old, new, renamed)
        _compare(scene, old, new)


def _groups(scene: Scene, before: str, after: str) -> tuple[tuple[Names, str], tuple[Names, str]]:
    return (scene.before, before), (scene.after, after)


def _renamed_groups(scene: Scene, pairs: Iterable[tuple[Operation, Operation]]) -> dict[str, str]:
    """Groups whose operations have all gone to one that was not there before."""
    moves: dict[str, set[str]] = {}
    for old, new in pairs:
        before = scene.before.groups[operation_key(old)]
        moves.setdefault(before, set()).add(scene.after.groups[operation_key(new)])
    known = set(scene.before.groups.values())
    gone = known - set(scene.after.groups.values())
    return {
        before: next(iter(after))
        for before, after in moves.items()
        if before in gone and before and len(after) == 1 and not after & known and "" not in after
    }


def _compare_names(scene: Scene, old: Operation, new: Operation, renamed: dict[str, str]) -> None:
    before, after = operation_key(old), operation_key(new)
    groups = scene.before.groups[before], scene.after.groups[after]
    methods = scene.before.methods[before], scene.after.methods[after]
    calls = scene.before.call(old), scene.after.call(new)
    sides = side(old.place, calls[0]), side(new.place, calls[1])
    if renamed.get(groups[0], groups[0]) != groups[1]:
        message = f"moved to {calls[1]}"
        scene.add("operation-moved", calls[0], message, *sides, source=True)
    elif methods[0] != methods[1]:
        message = f"was renamed to {methods[1]}"
        scene.add("operation-renamed", calls[0], message, *sides, source=True)


def _compare(scene: Scene, old: Operation, new: Operation) -> None:
    where = scene.after.call(new)
    places = side(old.place), side(new.place)
    if old.method != new.method:
        sides = side(old.place, old.method), side(new.place, new.method)
        message = f"is now {short(new.method)}, was {short(old.method)}"
        scene.add("operation-method-changed", where, message, *sides, wire=True)
    before, after = without_names(old.path.raw), without_names(new.path.raw)
    if before != after:
        sides = side(old.place, short(old.path.raw)), side(new.place, short(new.path.raw))
        message = f"is now at {short(new.path.raw)}, was at {short(old.path.raw)}"
        scene.add("operation-path-changed", where, message, *sides, wire=True)
    if old.effect is not new.effect and old.method == new.method:
        message = f"is now {_EFFECTS[new.effect]}"
        sides = side(old.place, old.effect.value), side(new.place, new.effect.value)
        scene.add("operation-effect-changed", where, message, *sides)
    compare_parameters(scene, old, new)
    compare_bodies(scene, old, new)
    compare_answers(scene, old, new)
    _compare_pages(scene, where, old, new)
    compare_operation_access(scene, old, new)
    scene.documented("operation", where, "", old.docs, new.docs, places)


def _compare_pages(scene: Scene, where: str, old: Operation, new: Operation) -> None:
    places = side(old.place), side(new.place)
    if old.pages is None or new.pages is None:
        if old.pages is not None:
            message = "no longer comes in pages: iterate() is gone"
            scene.add("pagination-removed", where, message, *places, source=True)
        elif new.pages is not None:
            message = "comes in pages: iterate() goes through all of them"
            scene.add("pagination-added", where, message, *places)
        return
    if _step(old.pages) != _step(new.pages):
        sides = (
            replace(place, value=type(pages.step).__name__)
            for place, pages in zip(places, (old.pages, new.pages), strict=True)
        )
        message = "the next page is asked for in another way"
        one, other = sides
        items = scene.annotations.old(old.pages.item), scene.annotations.new(new.pages.item)
        source = not equivalent(*items)
        scene.add("pagination-changed", where, message, one, other, source=source)


def _step(pages: Pagination) -> tuple[object, ...]:
    return pages.step, pages.items, pages.more


def _address(operation: Operation) -> str:
    return f"{short(operation.method)} {short(operation.path.raw)}"
