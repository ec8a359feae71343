"""Where the default stands that the validator finds fault with: it says what is wrong, and not with which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_NOTHING = object()


class Defaults:
    """The defaults of a document; it is read through when the first is asked for."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._holders: list[tuple[Path, dict[str, object]]] | None = None
        self._told: dict[str, int] = {}

    def path(
        self, inside: Sequence[str | int], value: object, keyword: object, wanted: object, said: str
    ) -> Path:
        """The way to a value that stands `inside` a default and breaks a keyword of the schema; the empty one
        where there is none. Of several of which the same is said another one each time.

        Args:
            inside: the way from the default to the value; for the default itself no steps.
            value: what is wrong.
            keyword: the keyword of the schema that it breaks.
            wanted: the value of that keyword.
            said: what is wrong, in words.
        """
        found = [
            (*path, "default", *inside)
            for path, holder in self._all()
            if _is(_at(holder["default"], inside), value)
            and (inside or (keyword in holder and holder[str(keyword)] == wanted))
        ]
        if not found:
            return ()
        key = repr((inside, value, keyword, wanted, said))
        count = self._told.get(key, 0)
        self._told[key] = count + 1
        return found[min(count, len(found) - 1)]

    def _all(self) -> list[tuple[Path, dict[str, object]]]:
        if self._holders is None:
            self._holders = list(_holders(self._document))
        return self._holders


def _holders(document: object) -> Iterator[tuple[Path, dict[str, object]]]:
    """The objects with a default, in the order of the document."""
    waiting: list[tuple[Path, object]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        inside: list[tuple[Path, object]] = []
        if isinstance(value, dict):
            if "default" in value:
                yield path, value
            inside = [((*path, key), each) for key, each in value.items()]
        elif isinstance(value, list):
            inside = [((*path, index), each) for index, each in enumerate(value)]
        waiting += reversed(inside)


def _at(value: object, path: Sequence[str | int]) -> object:
    for step in path:
        match value:
            case dict() if step in value:
                value = value[step]
            case list() if isinstance(step, int) and step < len(value):
                value = value[step]
            case _:
                return _NOTHING
    return value


def _is(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other
