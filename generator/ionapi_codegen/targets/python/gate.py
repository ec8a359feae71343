"""Whether generated modules hold what templates put there and nothing else: the last look before they leave.

A document cannot add a statement, a call or an import, for its text passes the filters. Should a filter
fail one day, the module's tree shows it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

_STATEMENTS = {
    ast.AnnAssign,
    ast.Assign,
    ast.ClassDef,
    ast.Expr,
    ast.FunctionDef,
    ast.If,
    ast.Raise,
    ast.Return,
}
_IMPORTS = {ast.Import, ast.ImportFrom, ast.alias}
_DISPLAYS = {ast.Dict, ast.FormattedValue, ast.JoinedStr, ast.List, ast.Set, ast.Tuple}
_EXPRESSIONS = {
    ast.Attribute,
    ast.BinOp,
    ast.Call,
    ast.Compare,
    ast.Lambda,
    ast.Starred,
    ast.Subscript,
    ast.UnaryOp,
}
_OPERATORS = {ast.BitOr, ast.Eq, ast.In, ast.NotIn, ast.USub}
_MATCHING = {ast.Match, ast.MatchAs, ast.MatchOr, ast.MatchValue, ast.match_case}
_ARGUMENTS = {ast.arg, ast.arguments, ast.keyword}
_NODES: frozenset[type[ast.AST]] = frozenset(
    {ast.Module} | _STATEMENTS | _IMPORTS | _DISPLAYS | _EXPRESSIONS | _OPERATORS | _MATCHING | _ARGUMENTS
)
_PLAIN_FIELDS = frozenset(
    {"arg", "attr", "asname", "conversion", "id", "is_async", "level", "module", "name", "simple"}
    | {"type_comment", "type_ignores"}
)
"""Fields that hold a string or a number, whatever the node."""


def _children(kind: type[ast.AST]) -> Callable[[ast.AST], Iterable[object]]:
    match [field for field in kind._fields if field not in _PLAIN_FIELDS]:
        case []:
            return lambda node: ()
        case [field]:
            return lambda node: (getattr(node, field),)
        case fields:
            return attrgetter(*fields)


_CHILDREN = {kind: _children(kind) for kind in _NODES}
"""Kind of node -> what gets the nodes in its fields, or lists of them."""

_LEAVES: frozenset[type] = frozenset({ast.Constant, ast.Name, ast.Load, ast.Store, type(None)})
_CALLS = frozenset(
    {
        *("Binary", "Form", "Json", "JsonLines", "Multipart", "Part", "Text"),
        *("Cookie", "Header", "Path", "Query", "Querystring", "operation", "lists", "paged", "reads"),
        *("server", "writes"),
        *("ByBookmark", "ByCursor", "ByLastItem", "ByLink", "ByOffset", "ByPage"),
        *("Discriminator", "GatewayDefaults", "Queries", "Settings", "float", "wire"),
        *("AttributeError", "getattr", "globals", "import_module"),
    }
)


_IMPORTED = frozenset(
    {
        "__future__",
        "builtins",
        "collections.abc",
        "datetime",
        "decimal",
        "functools",
        "importlib",
        "typing",
        "uuid",
    }
)
"""The modules outside the package that ours name."""


class GateError(AssertionError):
    """A bug of the generator: a module holds what no template put there."""


_IMPORT_STATEMENTS = frozenset({ast.Import, ast.ImportFrom})


def check(path: str, text: str, classes: frozenset[str], *, any_import: bool = False) -> None:
    """Raises `GateError` unless the module consists of known kinds of nodes, calls and imports.

    `classes` are the group classes, which properties make. `any_import` lets templates of users import more.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise GateError(f"{path} is not Python: {error}") from error
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if type(node) in _LEAVES:
            continue
        if isinstance(node, list):
            waiting += node
            continue
        if not isinstance(node, ast.AST) or type(node) not in _CHILDREN:
            raise GateError(f"{_place(path, node)}: unexpected {type(node).__name__}")
        if isinstance(node, ast.Call):
            func = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            name = func.id if isinstance(func, ast.Name) else ""
            if name not in _CALLS and name not in classes:
                raise GateError(f"{_place(path, node)}: unexpected call of {ast.unparse(node.func)}")
        elif type(node) in _IMPORT_STATEMENTS and not any_import:
            for module in _outside(node):
                if module not in _IMPORTED:
                    raise GateError(f"{_place(path, node)}: unexpected import of {module}")
        waiting += _CHILDREN[type(node)](node)


def _outside(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports from outside the package."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield node.module or ""


def _place(path: str, node: object) -> str:
    line = getattr(node, "lineno", None)
    return path if line is None else f"{path}, line {line}"
