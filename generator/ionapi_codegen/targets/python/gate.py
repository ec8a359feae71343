"""Whether generated modules hold what templates put there and nothing else: the last look before they leave.

A document cannot add a statement, a call or an import, for its text passes the filters. Should a filter
fail one day, the module's tree shows it.
"""

from __future__ import annotations

import ast

_NODES = frozenset(
    {
        *(
            "AnnAssign",
            "Assign",
            "ClassDef",
            "Expr",
            "FunctionDef",
            "If",
            "Import",
            "ImportFrom",
            "Match",
            "Module",
        ),
        *(
            "Attribute",
            "BinOp",
            "Call",
            "Compare",
            "Dict",
            "JoinedStr",
            "Lambda",
            "List",
            "Subscript",
            "Tuple",
        ),
        *("FormattedValue", "MatchAs", "MatchOr", "MatchValue", "Raise", "Return", "UnaryOp", "match_case"),
        *("BitOr", "Load", "NotIn", "Store", "USub", "alias", "arg", "arguments", "keyword"),
    }
)
_CALLS = frozenset(
    {
        *("Binary", "Form", "Json", "JsonLines", "Multipart", "Part", "Text"),
        *("Cookie", "Header", "Path", "Query", "Querystring", "operation"),
        *("Discriminator", "GatewayDefaults", "Settings", "float", "wire"),
        *("AttributeError", "getattr", "globals", "import_module"),
    }
)


class GateError(AssertionError):
    """A bug of the generator: a module holds what no template put there."""


def check(path: str, text: str, classes: frozenset[str]) -> None:
    """Raises `GateError` unless the module consists of known kinds of nodes and calls known names only.

    `classes` are the group classes, which properties make.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise GateError(f"{path} is not Python: {error}") from error
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant | ast.Name):
            continue
        if node.__class__.__name__ not in _NODES:
            raise GateError(f"{path}: unexpected {node.__class__.__name__}")
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name not in _CALLS and name not in classes:
                raise GateError(f"{path}: unexpected call of {ast.unparse(node.func)}")
        waiting.extend(ast.iter_child_nodes(node))
