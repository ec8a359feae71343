"""A client has the modules of the runtime that it needs, and no others."""

from __future__ import annotations

import ast

from ionapi_codegen.targets.python.runtime_parts import needed
from ionapi_codegen.targets.python.templates import runtime_files

RUNTIME = {
    "__init__.py": b"if TYPE_CHECKING:\n    from .client import Client\n",
    "client.py": b"from . import calls, tls\n",
    "calls.py": b"def call():\n    from .streams import Stream\n",
    "streams.py": b"import json\n",
    "tls.py": b"",
    "orders.py": b"from .lines import Line\n",
    "lines.py": b"from .tls import x\n",
    "unused.py": b"from .lines import Line\n",
}


def test_every_client_has_what_the_runtime_offers() -> None:
    """What the runtime's own names need comes along, wherever it is imported."""
    names = {"__init__.py", "calls.py", "client.py", "streams.py", "tls.py"}
    assert names == needed(RUNTIME, ["from ._runtime import Client\n"]).keys()


def test_what_a_module_imports_comes_along() -> None:
    """Parts for one kind of API are there where the client imports them."""
    text = "if TYPE_CHECKING:\n    from ..._runtime.orders import Order\n"
    assert needed(RUNTIME, [text]).keys() - needed(RUNTIME, []).keys() == {"orders.py", "lines.py"}


def test_nothing_that_is_imported_is_left_out() -> None:
    """The real runtime: each module that a needed one imports is needed, read as Python reads it."""
    found = needed(runtime_files(), [])
    for name, text in found.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                modules = [node.module] if node.module else [alias.name for alias in node.names]
                assert {f"{module}.py" for module in modules} <= found.keys(), name
