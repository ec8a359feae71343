"""Imports point down: a stage knows the stages below it and no other."""

from __future__ import annotations

import ast
from pathlib import Path

import ionapi_codegen

PACKAGE = Path(ionapi_codegen.__file__).parent

BELOW = {
    "diagnostics": set[str](),
    "addresses": set[str](),
    "plugins": set[str](),
    "ir": {"diagnostics"},
    "spec": {"addresses", "diagnostics"},
    "lower": {"spec", "ir", "diagnostics"},
    "dialects": {"ir", "plugins", "diagnostics"},
    "targets": {"ir", "plugins", "diagnostics"},
    "ionapi": {"addresses", "targets", "diagnostics"},
    "output": {"targets", "diagnostics"},
}
"""What each folder may import; whatever is not named here (cli, pipeline, sandbox …) sits above them all."""


def test_imports_point_down() -> None:
    """No module imports from a stage above its own, so that each can be read without those above it."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {imported}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if (stage := path.relative_to(PACKAGE).parts[0].removesuffix(".py")) in BELOW
        for imported in _imports(path)
        if imported not in BELOW[stage] | {stage}
    ]
    assert [] == wrong


def _imports(path: Path) -> set[str]:
    """The first name below the package in each import of a module; `__version__` does not count."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.add(f"a relative name in line {node.lineno}")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ionapi_codegen."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "ionapi_codegen":
            found.update(alias.name for alias in node.names if not alias.name.startswith("__"))
        elif isinstance(node, ast.Import):
            found.update(
                name.name.split(".")[1] for name in node.names if name.name.startswith("ionapi_codegen.")
            )
    return found
