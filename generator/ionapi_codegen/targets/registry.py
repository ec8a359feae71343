"""Which languages there are. A target is imported when it is asked for: formatters are slow to load."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from ionapi_codegen import plugins
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.targets.base import Target

DEFAULT = "python"

TARGETS = {DEFAULT: ("ionapi_codegen.targets.python.target", "PythonTarget")}


def find(name: str) -> Target:
    """The target of this name: ours, or a plug-in's. Raises `PluginError` for one that cannot be used."""
    if name not in TARGETS:
        return cast("Target", plugins.load(plugins.TARGETS, name, ("render",)))
    module, attribute = TARGETS[name]
    target: Target = getattr(import_module(module), attribute)()
    return target


def chosen(name: str, given: Target, diagnostics: Diagnostics) -> Target:
    """The target that a package names: the given one, unless it is a plug-in's. `Stopped` for a plug-in that
    cannot be used."""
    if name == DEFAULT:
        return given
    try:
        return find(name)
    except plugins.PluginError as failure:
        raise diagnostics.stop("plugin-broken", str(failure)) from None
