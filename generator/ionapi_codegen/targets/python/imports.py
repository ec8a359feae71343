"""What a module has to import: symbols that carry where they come from, and the sorted block they make."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.text import WIDTH

_Key: TypeAlias = tuple[tuple[int, int, str], ...]

_DIGITS = re.compile(r"(\d+)")

RUNTIME = "_runtime"
"""The folder of the runtime, beside the client's modules."""

_SPECIAL = {
    "compass_errors": "CompassError QueryCanceledError",
    "compass_queries": "Queries",
    "compass_rows": "AsyncRows Row Rows",
    "documents": "Documents",
    "ido_client": "AsyncIDOClient SyncIDOClient",
    "ido_errors": "IDOError MissingConfigurationError ido_failure",
    "ido_pages": "ByBookmark",
    "infor_client": "AsyncInforClient SyncInforClient",
    "ln_client": "AsyncLNClient SyncLNClient",
    "ln_errors": "LNError LNErrorDetail ln_failure",
    "mi": (
        "AsyncBulk AsyncMIClient Bulk CallOptions DateText FieldMissingError FieldTooLongError MIRecord "
        "MIResult NumberText Options SyncMIClient TransactionNotFoundError TransactionRefusedError Value "
        "lists reads writes"
    ),
    "server_urls": "server",
}
"""The names of modules of the runtime that not every client has; others are names of the runtime itself."""

_HOMES = {name: module for module, names in _SPECIAL.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name and the module it is imported from, relative to the importing one where it starts with a dot.

    A symbol that `is_module` is a whole module under a name of its own: `import datetime as dt`.
    """

    name: str
    module: str
    is_module: bool = False


BUILTINS = Symbol("builtins", "builtins", is_module=True)
DATETIME = Symbol("dt", "datetime", is_module=True)
DECIMAL = Symbol("Decimal", "decimal")
UUID = Symbol("UUID", "uuid")
ANNOTATED = Symbol("Annotated", "typing")
BINARY_IO = Symbol("BinaryIO", "typing")
LITERAL = Symbol("Literal", "typing")
TYPE_ALIAS = Symbol("TypeAlias", "typing")
TYPE_CHECKING = Symbol("TYPE_CHECKING", "typing")
ITERABLE = Symbol("Iterable", "collections.abc")
MAPPING = Symbol("Mapping", "collections.abc")
UNPACK = Symbol("Unpack", "typing")
CACHED_PROPERTY = Symbol("cached_property", "functools")
STANDARD = (
    BUILTINS,
    DATETIME,
    DECIMAL,
    UUID,
    ANNOTATED,
    BINARY_IO,
    LITERAL,
    TYPE_ALIAS,
    TYPE_CHECKING,
    UNPACK,
    ITERABLE,
    MAPPING,
    CACHED_PROPERTY,
)
"""Everything that generated modules import from the standard library."""


@dataclass(slots=True)
class Imports:
    """The imports of one module, collected while its code is put together.

    `depth` is how many folders the module lies below the package that holds the runtime.
    """

    depth: int = 0
    _used: set[Symbol] = field(default_factory=set)
    _for_checking: set[Symbol] = field(default_factory=set)

    def use(self, symbol: Symbol) -> str:
        """The symbol's name, and the promise that it will be imported."""
        self._used.add(symbol)
        return symbol.name

    def runtime(self, name: str) -> str:
        """A name of the runtime."""
        return self.use(_of_runtime(name))

    def check(self, symbol: Symbol) -> str:
        """The symbol's name, imported for type checkers only."""
        self._for_checking.add(symbol)
        return symbol.name

    def absorb(self, other: Imports) -> None:
        """Take over what a piece of code needs that is put into this module."""
        self._used |= other._used
        self._for_checking |= other._for_checking

    def block(self) -> str:
        """The import statements below `from __future__ import annotations`; empty where there are none."""
        checking = {TYPE_CHECKING} if self._for_checking - self._used else set[Symbol]()
        return _sections((self._placed(symbol) for symbol in self._used | checking), 0)

    def checking_block(self) -> str:
        """The statements that stand under `if TYPE_CHECKING:`, at their column."""
        return _sections(self._for_checking - self._used, 4)

    def _placed(self, symbol: Symbol) -> Symbol:
        if symbol.module.partition(".")[0] != RUNTIME:
            return symbol
        return Symbol(symbol.name, "." * (self.depth + 1) + symbol.module)


def home(name: str) -> str:
    """The module of the runtime that a name is imported from, such as `_runtime.ido_pages`."""
    return f"{RUNTIME}.{_HOMES[name]}" if name in _HOMES else RUNTIME


@cache
def _of_runtime(name: str) -> Symbol:
    return Symbol(name, home(name))


def exported(names: Iterable[str]) -> list[str]:
    """Names in the order of `__all__`: constants, classes, the rest; numbers inside by their value."""
    return sorted(names, key=lambda name: (_rank(name), _natural(name)))


def statement(symbol: Symbol, indent: int) -> str:
    """The import of one name at this column."""
    return _from(symbol.module, [symbol.name], indent)


def _sections(symbols: Iterable[Symbol], indent: int) -> str:
    standard: dict[str, list[str]] = {}
    relative: dict[str, list[str]] = {}
    modules: list[str] = []
    for symbol in symbols:
        if symbol.is_module:
            renamed = "" if symbol.name == symbol.module else f" as {symbol.name}"
            modules.append(f"import {symbol.module}{renamed}")
        else:
            section = relative if symbol.module.startswith(".") else standard
            section.setdefault(symbol.module, []).append(symbol.name)
    lines = sorted(modules) + [_from(module, standard[module], indent) for module in sorted(standard)]
    local = [_from(module, relative[module], indent) for module in sorted(relative, key=_module_key)]
    gap = "\n" + " " * indent
    return ("\n" + gap if lines and local else "").join(filter(None, (gap.join(lines), gap.join(local))))


def _from(module: str, names: list[str], indent: int) -> str:
    """`from module import names`, a name a line where one line is too short."""
    listed = tuple(sorted(names, key=_member_key))
    code = layout.Bracketed("(", listed, ")")
    line = f"from {module} import {', '.join(listed)}"
    return (
        line if indent + len(line) <= WIDTH else layout.one_a_line(f"from {module} import ", code, "", indent)
    )


def _module_key(module: str) -> tuple[int, _Key]:
    """Farther packages come first."""
    name = module.lstrip(".")
    return len(name) - len(module), _natural(name)


def _member_key(name: str) -> tuple[int, _Key, _Key]:
    return _rank(name), _natural(name.lower()), _natural(name)


def _rank(name: str) -> int:
    return 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2


def _natural(name: str) -> _Key:
    """Numbers by their value, unless a zero makes them a fraction."""
    return tuple(
        (2, 0, part) if not part.isdigit() else (0, 0, part) if part[0] == "0" else (1, int(part), "")
        for part in _DIGITS.split(name)
        if part
    )
