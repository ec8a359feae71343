"""What of a module's tree a string of a document must not change: everything but the strings."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

_TOKENS = re.compile(r"[nN](\d{5})")
_IDENTIFIERS = ("id", "arg", "attr", "name", "asname", "module")


def shape(text: str) -> str:
    """The tree with strings and names masked; of a name the first token in it is left. Docstrings are left out,
    since an example that is too long is not quoted."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [one for one in node.body if not _is_docstring(one)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        for field in _IDENTIFIERS:
            name = getattr(node, field, None)
            if isinstance(name, str):
                setattr(node, field, masked(name))
    return ast.dump(tree)


def masked(name: str) -> str:
    """`get_n00001_foo_n00002` -> `00001`, since long names are cut; a name without tokens as it is."""
    found = _TOKENS.search(name)
    return found[1] if found else name


def literals(text: str) -> list[str]:
    """The strings of a module in order, without docstrings."""
    tree = ast.parse(text)
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and _is_docstring(node)
    }
    return list(_strings(tree, docstrings))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def comments(text: str) -> list[str]:
    """The comments of a module in order."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def _strings(node: ast.AST, left_out: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _strings(child, left_out)
