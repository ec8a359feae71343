"""What changed in where an API is, and in how callers prove who they are."""

from __future__ import annotations

from ionapi_codegen.changes.scene import Scene, side
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.ir.api import Api, SecurityScheme
from ionapi_codegen.ir.operation import Operation, Requirement, Server
from ionapi_codegen.targets.python.settings import base_url

_Alternatives = tuple[Requirement, ...] | None


def compare_access(scene: Scene, where: str) -> None:
    """Notes what changed for all operations of a document: its servers, its security."""
    _compare_servers(scene, where, scene.old, scene.new)
    if scene.old.gateway_path is not None and scene.new.gateway_path is not None:
        return  # The gateway's tokens are all that counts.
    _compare_schemes(scene, where)
    _compare_requirements(scene, "security", where, scene.old.security, scene.new.security, None)


def compare_operation_access(scene: Scene, old: Operation, new: Operation) -> None:
    """The same for one operation that says something of its own."""
    where = scene.after.call(new)
    if old.servers != new.servers:
        before, after = old.servers or scene.old.servers, new.servers or scene.new.servers
        _note_servers(scene, "operation-server-changed", where, before, after, (old, new))
    behind = scene.old.gateway_path is not None and scene.new.gateway_path is not None
    one = scene.old.security if old.security is None else old.security
    other = scene.new.security if new.security is None else new.security
    if behind or (one == scene.old.security and other == scene.new.security):
        return  # What the document says of all operations is told once.
    _compare_requirements(scene, "operation-security", where, one, other, (old, new))


def _compare_servers(scene: Scene, where: str, old: Api, new: Api) -> None:
    if old.gateway_path is not None and new.gateway_path is not None:
        if old.gateway_path != new.gateway_path:
            before, after = short(old.gateway_path.raw), short(new.gateway_path.raw)
            message = f"is now at {after} behind the gateway, was at {before}"
            places = side(old.place, before), side(new.place, after)
            scene.add("server-changed", where, message, *places, wire=True)
    else:
        _note_servers(scene, "server-changed", where, old.servers, new.servers, (old, new))


def _note_servers(
    scene: Scene,
    kind: str,
    where: str,
    old: tuple[Server, ...],
    new: tuple[Server, ...],
    places: tuple[Api | Operation, Api | Operation],
) -> None:
    before = [base_url(server).raw for server in old]
    after = [base_url(server).raw for server in new]
    if before == after:
        return
    listed = [", ".join(map(short, urls)) or "none" for urls in (before, after)]
    message = f"server now {listed[1]}, was {listed[0]}"
    wire = bool(before) and before[0] not in after
    sides = side(places[0].place, listed[0]), side(places[1].place, listed[1])
    scene.add(kind, where, message, *sides, wire=wire)


def _compare_schemes(scene: Scene, where: str) -> None:
    before = {scheme.name: scheme for scheme in scene.old.security_schemes}
    after = {scheme.name: scheme for scheme in scene.new.security_schemes}
    places = side(scene.old.place), side(scene.new.place)
    used = _used(scene.old) & _used(scene.new)
    for name, scheme in before.items():
        other = after.get(name)
        if other is None:
            message = f"security scheme {short(name.raw)} was removed"
            scene.add("security-scheme-removed", where, message, places[0], None)
        elif (one := _told(scheme)) != (two := _told(other)):
            message = f"security scheme {short(name.raw)} is now {two}, was {one}"
            sides = side(scene.old.place, one), side(scene.new.place, two)
            scene.add("security-scheme-changed", where, message, *sides, wire=name.raw in used)
    for name in after:
        if name not in before:
            message = f"security scheme {short(name.raw)} was added"
            scene.add("security-scheme-added", where, message, None, places[1])


def _told(scheme: SecurityScheme) -> str:
    if scheme.key is None or scheme.location is None:
        return scheme.kind.value
    return f"{scheme.kind.value} in the {scheme.location.value} {short(scheme.key.raw)}"


def _used(api: Api) -> set[str]:
    alternatives = [api.security or (), *(operation.security or () for operation in api.operations)]
    return {name.raw for some in alternatives for together in some for name in together}


def _compare_requirements(
    scene: Scene,
    noun: str,
    where: str,
    old: _Alternatives,
    new: _Alternatives,
    operations: tuple[Operation, Operation] | None,
) -> None:
    before, after = _needed(old), _needed(new)
    if before == after:
        return
    words = [" or ".join(sorted(map(_joined, found))) for found in (before, after)]
    one, other = operations or (scene.old, scene.new)
    places = side(one.place, words[0]), side(other.place, words[1])
    refused = any(not any(needed <= given for needed in after) for given in before)
    nothing = frozenset({frozenset[str]()})
    if before == nothing:
        scene.add(f"{noun}-added", where, f"now needs {words[1]}", *places, wire=refused)
    elif after == nothing:
        scene.add(f"{noun}-removed", where, f"no longer needs {words[0]}", *places)
    else:
        message = f"now needs {words[1]}, was {words[0]}"
        scene.add(f"{noun}-changed", where, message, *places, wire=refused)


def _needed(alternatives: _Alternatives) -> frozenset[frozenset[str]]:
    found = frozenset(frozenset(name.raw for name in together) for together in alternatives or ())
    return found or frozenset({frozenset()})


def _joined(together: frozenset[str]) -> str:
    return " and ".join(sorted(map(short, together))) or "nothing"
