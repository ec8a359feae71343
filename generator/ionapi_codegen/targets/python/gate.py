"""Whether generated modules hold what templates put there and nothing else: the last look before they leave.

A document cannot add a statement, a call or an import, for its text passes the filters. Should a filter
fail one day, the module's tree shows it.
"""

from __future__ import annotations

import ast

_NODES: frozenset[type] = frozenset(
    {
        *(
            ast.AnnAssign,
            ast.Assign,
            ast.ClassDef,
            ast.Expr,
            ast.FunctionDef,
            ast.If,
            ast.Import,
            ast.ImportFrom,
        ),
        *(ast.Attribute, ast.BinOp, ast.Call, ast.Compare, ast.Dict, ast.JoinedStr, ast.Lambda, ast.List),
        *(
            ast.FormattedValue,
            ast.MatchAs,
            ast.MatchOr,
            ast.MatchValue,
            ast.Match,
            ast.match_case,
            ast.Module,
        ),
        *(
            ast.Raise,
            ast.Return,
            ast.Subscript,
            ast.Tuple,
            ast.UnaryOp,
            ast.alias,
            ast.arguments,
            ast.keyword,
        ),
        *(ast.BitOr, ast.NotIn, ast.USub, ast.arg),
    }
)
_LEAVES: frozenset[type] = frozenset({ast.Constant, ast.Name, ast.Load, ast.Store, type(None)})
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
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind in _LEAVES:
            continue
        if kind not in _NODES:
            raise GateError(f"{path}: unexpected {kind.__name__}")
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name not in _CALLS and name not in classes:
                raise GateError(f"{path}: unexpected call of {ast.unparse(node.func)}")
        for child in vars(node).values():
            if isinstance(child, list):
                waiting.extend(child)
            elif isinstance(child, ast.AST):
                waiting.append(child)
