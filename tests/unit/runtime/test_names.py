"""What the runtime offers to generated code, and what it loads for that."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import ionapi_runtime

RUNTIME = Path(__file__).parents[3] / "templates" / "python" / "runtime"

PROGRAM = """
import importlib.util, sys
found = importlib.util.spec_from_file_location("runtime", {file!r}, submodule_search_locations=[{folder!r}])
sys.modules["runtime"] = module = importlib.util.module_from_spec(found)
found.loader.exec_module(module)
module.NotFoundError, module.Credentials, module.File, module.Retry, module.Response, module.UNSET
assert "httpx2" not in sys.modules, "the HTTP library is for those who make a client"
module.SyncClientBase, module.AsyncClientBase, module.operation
assert "asyncio" not in sys.modules, "asyncio is for those who make an AsyncClient"
"""


def test_every_name_can_be_had() -> None:
    """The list, the table of modules and what type checkers see are the same."""
    tree = ast.parse((RUNTIME / "__init__.py").read_text())
    checked = [
        alias.name
        for block in tree.body
        if isinstance(block, ast.If)
        for line in block.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    ]
    assert sorted(checked) == sorted(ionapi_runtime.__all__)
    assert [] == [name for name in ionapi_runtime.__all__ if getattr(ionapi_runtime, name, None) is None]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As for any module."""
    assert not hasattr(ionapi_runtime, "nonsense")


def test_nothing_is_loaded_before_it_is_used() -> None:
    """Importing a client costs a few milliseconds."""
    program = PROGRAM.format(file=str(RUNTIME / "__init__.py"), folder=str(RUNTIME))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
