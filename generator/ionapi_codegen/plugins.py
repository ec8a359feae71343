"""Dialects and targets of others: entry points of installed packages, loaded only when somebody names one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

DIALECTS = "ionapi_codegen.dialects"
TARGETS = "ionapi_codegen.targets"


class PluginError(Exception):
    """A plug-in cannot be used. The text is one sentence for its user."""


def names(group: str) -> tuple[str, ...]:
    """What installed packages offer in a group, sorted. Loads none of it."""
    return tuple(sorted({one.name for one in _offered(group)}))


@cache
def load(group: str, name: str, needs: tuple[str, ...]) -> object:
    """An object that is offered under a name: of a class an instance. Raises PluginError where nobody or
    more than one package offers it, where it cannot be loaded, or lacks a method that it `needs`."""
    found = [one for one in _offered(group) if one.name == name]
    if not found:
        raise PluginError(f"no installed package offers {name!r} as one of {group}")
    if len({one.value for one in found}) > 1:
        packages = ", ".join(sorted(map(_package, found)))
        raise PluginError(f"more than one package offers {name!r} as one of {group}: {packages}")
    try:
        made: object = found[0].load()
        made = made() if isinstance(made, type) else made
    except Exception as failure:  # whatever a module of others does while it is imported
        reason = f"{type(failure).__name__}: {failure}"
        raise PluginError(f"{name!r} of {_package(found[0])} cannot be loaded: {reason}") from None
    lacking = [need for need in needs if not callable(getattr(made, need, None))]
    if lacking:
        raise PluginError(f"{name!r} of {_package(found[0])} has no method {lacking[0]}")
    return made


def _offered(group: str) -> EntryPoints:
    # Late: most runs ask for nobody's plug-in, and the module loads slowly.
    from importlib.metadata import entry_points

    return entry_points(group=group)


def _package(one: EntryPoint) -> str:
    return f"{one.dist.name} {one.dist.version}" if one.dist is not None else one.value
