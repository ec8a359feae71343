"""The hand-written part of every client, loaded for our own use: what it knows of tokens is written once."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType

from ionapi_codegen.targets.python.templates import folder

_NAME = "ionapi_codegen_runtime"


def runtime(module: str) -> ModuleType:
    """A module of the runtime. It needs httpx2, as clients do: raises ModuleNotFoundError where that is not
    installed."""
    if _NAME not in sys.modules:
        place = folder() / "python" / "runtime"
        spec = importlib.util.spec_from_file_location(
            _NAME, place / "__init__.py", submodule_search_locations=[str(place)]
        )
        if spec is None or spec.loader is None:
            raise AssertionError("a file of Python has a loader")
        package = importlib.util.module_from_spec(spec)
        sys.modules[_NAME] = package
        try:
            spec.loader.exec_module(package)
        except BaseException:
            del sys.modules[_NAME]
            raise
    return importlib.import_module(f"{_NAME}.{module}")
