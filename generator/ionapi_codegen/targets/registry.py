"""Which languages there are. A target is imported when it is asked for: formatters are slow to load."""

from __future__ import annotations

from importlib import import_module

from ionapi_codegen.targets.base import Target

TARGETS = {"python": ("ionapi_codegen.targets.python.target", "PythonTarget")}


def find(name: str) -> Target:
    """The target of this name; `KeyError` for one that does not exist."""
    module, attribute = TARGETS[name]
    target: Target = getattr(import_module(module), attribute)()
    return target
