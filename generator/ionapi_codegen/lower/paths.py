"""Which variables a path has, and what notations beyond OpenAPI's say of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_ADORNED = re.compile(r"(?P<before>[+#./;?&]?)(?P<name>[^:*+]+)(?P<after>\*|\+|:.*)?")


@dataclass(frozen=True, slots=True)
class Variable:
    """`name` is the parameter's. `written` stands between the braces, where other notations add to it:
    RFC 6570 (`{+name}`, `{ids*}`), Java's frameworks (`{id:[0-9]+}`), gateways (`{proxy+}`)."""

    name: str
    written: str

    @property
    def spans_segments(self) -> bool:
        """Whether its value may hold slashes: `{+name}` and `{proxy+}`."""
        return self.written in (f"+{self.name}", f"{self.name}+")

    @property
    def explodes(self) -> bool:
        """Whether each member of its value stands for itself: `{ids*}`."""
        return self.written.endswith("*")


def variables(path: str, declared: Collection[str]) -> tuple[Variable, ...]:
    """The variables of a path template in order, each once. What is declared as it is written is taken as it
    is; of the fragment, which is never sent, nothing counts.

    >>> [each.name for each in variables("/a/{id}/{rest*}", ["id", "rest"])]
    ['id', 'rest']
    """
    return tuple(dict.fromkeys(_variables(path, declared)))


def _variables(path: str, declared: Collection[str]) -> Iterator[Variable]:
    for written in _VARIABLE.findall(path.partition("#")[0]):
        adorned = _ADORNED.fullmatch(written)
        plain = adorned["name"] if adorned is not None else written
        yield Variable(plain if written not in declared and plain in declared else written, written)


def plain(path: str, found: Collection[Variable]) -> str:
    """The path with nothing but names between its braces."""
    for each in found:
        path = path.replace("{" + each.written + "}", "{" + each.name + "}")
    return path
