"""What changed in the functions that give the addresses of an API: their names, what they take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ionapi_codegen.changes.scene import Scene, side
from ionapi_codegen.changes.spelling import short
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Server, ServerVariable
from ionapi_codegen.targets.python.servers import Function, functions, offered, with_scheme

_VARIABLE = re.compile(r"\{[^{}]*\}")


def compare_servers(scene: Scene) -> None:
    """Notes it for a document that is alone in its package, which has such functions then."""
    before, after = functions(offered(scene.old)), functions(offered(scene.new))
    pairs, gone = _paired(before, after)
    known = {_shape(with_scheme(server)) for server in scene.new.servers}
    for old, new in pairs:
        if old.name != new.name:
            sides = side(scene.old.place, old.name), side(scene.new.place, new.name)
            message = f"was renamed to {new.name}"
            scene.add("server-renamed", f"servers.{old.name}", message, *sides, source=True)
        if _shape(old.server) not in known:
            was, now = short(old.server.url.raw), short(new.server.url.raw)
            sides = side(scene.old.place, was), side(scene.new.place, now)
            message = f"is now at {now}, was at {was}"
            scene.add("server-moved", f"servers.{new.name}", message, *sides, wire=True)
        _compare_arguments(scene, old, new)
    for old in gone:
        url = short(old.server.url.raw)
        wire = _shape(old.server) not in known
        place = side(scene.old.place, url)
        scene.add(
            "server-removed",
            f"servers.{old.name}",
            f"was removed ({url})",
            place,
            None,
            source=True,
            wire=wire,
        )


def has_functions(api: Api) -> bool:
    """Whether a package of this document alone has such functions, unless it is made for a gateway."""
    return bool(offered(api))


def _paired(
    old: tuple[Function, ...], new: tuple[Function, ...]
) -> tuple[list[tuple[Function, Function]], list[Function]]:
    """Functions of the same address, whatever its variables are called, then of the same name; and what is
    gone."""
    pairs: list[tuple[Function, Function]] = []
    before, after = list(old), list(new)

    def pair(key: Callable[[Function], str]) -> None:
        for one in tuple(before):
            other = next((each for each in after if key(each) == key(one)), None)
            if other is not None:
                pairs.append((one, other))
                before.remove(one)
                after.remove(other)

    pair(lambda one: f"{one.name} {_shape(one.server)}")
    pair(lambda one: _shape(one.server))
    pair(lambda one: one.name)
    return pairs, before


def _shape(server: Server) -> str:
    return _VARIABLE.sub("{}", server.url.raw)


def _compare_arguments(scene: Scene, old: Function, new: Function) -> None:
    gone = [name for name in old.arguments if name not in new.arguments]
    come = [name for name in new.arguments if name not in old.arguments]
    renamed = dict(zip(gone, come, strict=True)) if len(gone) == len(come) else {}
    for name, variable in old.arguments.items():
        other = renamed.get(name, name)
        if other != name:
            _add(scene, new, f"variable {name} was renamed to {other}", source=True)
        if other not in new.arguments:
            _add(scene, new, f"variable {name} was removed", source=True)
            continue
        if name in old.optional and other not in new.optional:
            _add(scene, new, f"variable {other} became required", source=True)
        for message, is_less in _values(variable, new.arguments[other]):
            _add(scene, new, f"variable {other} {message}", source=is_less, wire=is_less)
    for name in come:
        if name not in renamed.values():
            is_required = name not in new.optional
            message = f"variable {name} was added" + (", and is required" if is_required else "")
            _add(scene, new, message, source=is_required)


def _values(old: ServerVariable, new: ServerVariable) -> Iterator[tuple[str, bool]]:
    """What changed in the values that a variable may have, and whether it has fewer now."""
    before, after = _allowed(old), _allowed(new)
    if not after:
        if before:
            yield "is no longer one of listed values", False
        return
    if not before:
        yield f"now has listed values only: {_listed(after)}", True
        return
    if gone := [one for one in before if one not in after]:
        yield f"no longer has the value {_listed(gone)}", True
    if come := [one for one in after if one not in before]:
        yield f"now has the value {_listed(come)}", False


def _allowed(variable: ServerVariable) -> list[str]:
    """The values that are listed, and the default, which is one of them; empty where any may be."""
    if not variable.values:
        return []
    return [value.raw for value in dict.fromkeys((*variable.values, variable.default))]


def _listed(values: list[str]) -> str:
    return ", ".join(f'"{short(value)}"' for value in values)


def _add(scene: Scene, function: Function, message: str, *, source: bool, wire: bool = False) -> None:
    sides = side(scene.old.place), side(scene.new.place)
    where = f"servers.{function.name}"
    scene.add("server-variable-changed", where, message, *sides, source=source, wire=wire)
