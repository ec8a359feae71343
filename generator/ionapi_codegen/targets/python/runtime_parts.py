"""Which modules of the runtime a package needs: what its own modules import, and what these import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ionapi_codegen.targets.python.imports import RUNTIME

_OF_A_CLIENT = re.compile(rf"^ *from \.+{RUNTIME}\.(\w+) import ", re.MULTILINE)
_OF_THE_RUNTIME = re.compile(r"^ *from \.(?:(\w+) import | import (.+)$)", re.MULTILINE)


def needed(runtime: Mapping[str, bytes], clients: Iterable[str]) -> dict[str, bytes]:
    """The modules of the runtime, by file name, that a package cannot do without.

    Names that every client may use are those of the runtime itself, whose `__init__.py` imports their
    modules. What serves one kind of API, such as the transactions of M3, is imported from its module: only
    packages that do so get it.

    Args:
        runtime: all modules there are.
        clients: the text of the package's own modules.
    """
    waiting = {"__init__"}.union(*(_OF_A_CLIENT.findall(text) for text in clients))
    found: dict[str, bytes] = {}
    while waiting:
        name = f"{waiting.pop()}.py"
        if name not in found:
            found[name] = runtime[name]
            waiting |= _imported(runtime[name].decode())
    return dict(sorted(found.items()))


def _imported(text: str) -> set[str]:
    """The modules beside it that a module of the runtime imports, wherever in its text."""
    imports = _OF_THE_RUNTIME.findall(text)
    return {name for module, names in imports for name in (module or names).split(", ")}
