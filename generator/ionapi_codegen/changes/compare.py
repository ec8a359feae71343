"""What changed between two descriptions of an API."""

from __future__ import annotations

from collections.abc import Iterator

from ionapi_codegen.changes.access import compare_access
from ionapi_codegen.changes.annotations import Annotations
from ionapi_codegen.changes.identity import Identity
from ionapi_codegen.changes.matching import matched
from ionapi_codegen.changes.model import Breaks, Change, Described, Level, Side
from ionapi_codegen.changes.names import names_of
from ionapi_codegen.changes.operations import compare_operations
from ionapi_codegen.changes.scene import Scene, differ, side
from ionapi_codegen.changes.schemas import compare_schemas
from ionapi_codegen.changes.servers import compare_servers, has_functions
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.facts import directions
from ionapi_codegen.targets.base import NamedApi
from ionapi_codegen.targets.python.scopes import api_names

_LEVELS = tuple(Level)


def compare(old: Described, new: Described) -> tuple[Change, ...]:
    """All changes, the heaviest first: by level, then what breaks both ways before what breaks one, then by
    name. The same for the same two sides, in whatever order their files were read."""
    return tuple(sorted(_changes(old, new), key=_weight))


def _changes(old: Described, new: Described) -> Iterator[Change]:
    before = {one.name: one for one in old.apis}
    after = {one.name: one for one in new.apis}
    if len(before) == len(after) == 1:
        (one,), (other,) = before.values(), after.values()
        yield from _compared(one, other, old, new, ("", ""), other.name)
        return
    prefixes = _prefixes(old), _prefixes(new)
    for name, one in before.items():
        prefix = prefixes[0][name]
        if name not in after:
            yield _api("api-removed", prefix.rstrip("."), "was removed", side(one.api.place), None)
        else:
            both = prefix, prefixes[1][name]
            yield from _compared(one, after[name], old, new, both, both[1].rstrip("."))
    for name, one in after.items():
        if name not in before:
            yield _api("api-added", prefixes[1][name].rstrip("."), "was added", None, side(one.api.place))


def _prefixes(side: Described) -> dict[str, str]:
    """What stands before the names of each document where a package holds several."""
    package = f"{side.package}." if side.package is not None and len(side.apis) > 1 else ""
    names = api_names(one.name for one in side.apis)
    return {one.name: f"{package}{names[one.name]}." for one in side.apis}


def _api(kind: str, where: str, message: str, old: Side | None, new: Side | None) -> Change:
    if old is None:
        return Change(Level.COMPATIBLE, (), kind, where, message, old, new)
    return Change(Level.BREAKING, (Breaks.SOURCE, Breaks.WIRE), kind, where, message, old, new)


def _compared(
    one: NamedApi,
    other: NamedApi,
    old: Described,
    new: Described,
    prefixes: tuple[str, str],
    where: str,
) -> list[Change]:
    before = names_of(one.api, old.pinned, prefixes[0])
    after = names_of(other.api, new.pinned, prefixes[1])
    operations = matched(one.api.operations, other.api.operations, before, after)
    identity = Identity(one.api, other.api, operations.pairs)
    scene = Scene(
        one.api,
        other.api,
        before,
        after,
        identity,
        Annotations(identity),
        dict(directions(one.api)),
        dict(directions(other.api)),
    )
    _compare_titles(scene, where)
    compare_access(scene, where)
    if prefixes == ("", "") and _tells_servers(old, one.api) and _tells_servers(new, other.api):
        compare_servers(scene)
    compare_operations(scene, operations)
    compare_schemas(scene)
    return scene.found


def _tells_servers(side: Described, api: Api) -> bool:
    return side.names_servers or not has_functions(api)


def _compare_titles(scene: Scene, where: str) -> None:
    old, new = scene.old, scene.new
    for kind, one, other in (
        ("title-changed", old.title, new.title),
        ("version-changed", old.version, new.version),
    ):
        if one != other:
            values = short(one.raw), short(other.raw)
            message = f"{kind.partition('-')[0]} now {values[1]}, was {values[0]}"
            sides = side(old.place, values[0]), side(new.place, values[1])
            scene.add(kind, where, message, *sides, documentation=True)
    if differ(old.docs, new.docs) and old.title == new.title:  # which is a part of the words
        message = "is described in other words"
        sides = side(old.place), side(new.place)
        scene.add("api-docs-changed", where, message, *sides, documentation=True)
    before, after = ({tag.name: tag for tag in api.tags} for api in (old, new))
    for name, tag in after.items():
        if name in before and differ(before[name].docs, tag.docs):
            message = f"the group {short(name.raw)} is described in other words"
            sides = side(old.place), side(new.place)
            scene.add("group-docs-changed", where, message, *sides, documentation=True)


def _weight(change: Change) -> tuple[int, int, str, str, str, str, str]:
    old, new = change.old or Side(), change.new or Side()
    return (
        _LEVELS.index(change.level),
        -len(change.breaks),
        change.where,
        change.kind,
        change.message,
        old.pointer,
        new.pointer,
    )
