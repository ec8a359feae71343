"""A document's value with changes, which knows of each part where it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.spec.pointers import escape, tokens
from ionapi_codegen.spec.source import SourceFile

Path: TypeAlias = "tuple[str | int, ...]"
"""The keys and indexes that lead to a value from the top."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value's place in a text."""

    file: str
    pointer: str

    def member(self, key: str | int) -> Written:
        return Written(self.file, f"{self.pointer}/{escape(str(key))}")


@dataclass(frozen=True, slots=True)
class _Own:
    """An object or array that was copied because something in it changes. `members` says of each element, and
    of the members of an object that stand elsewhere, where they were written."""

    container: dict[str, object] | list[object]
    members: dict[str | int, Written]


class Patched:
    """The value of a document, to be changed in place without touching the original: only the objects and
    arrays on the way to a change are copied, for the rest may be large, and stand in several places through
    the aliases of YAML.

    Pointers are those of the changed value; `place` says where that was written.
    """

    def __init__(self, value: object, source: SourceFile) -> None:
        self.value = value
        self.texts = [source]
        self._top = Written(source.name, "")
        self._own: dict[int, _Own] = {}

    def place(self, pointer: str) -> Place:
        """Where a value was written: in the document, or in the overlay that it came from."""
        value, written = self.value, self._top
        for token in tokens(pointer):
            written = self._member(value, token, written)
            if isinstance(value, dict):
                value = value.get(token)
            elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
                value = value[int(token)]
            else:
                value = None
        return Place(written.file, written.pointer)

    def at(self, path: Path) -> tuple[object, Written]:
        """The value at a path, and where it was written."""
        value, written = self.value, self._top
        for key in path:
            written = self._member(value, key, written)
            value = _get(value, key)
        return value, written

    def set(self, path: Path, value: object, written: Written) -> None:
        """Puts a value at a path: a member of an object, new or not, or an element that is there."""
        if not path:
            self.value, self._top = value, written
            return
        own = self._copied(path[:-1])
        value = self._duplicate(value)
        if isinstance(own.container, dict):
            own.container[str(path[-1])] = value
        else:
            own.container[int(path[-1])] = value
        own.members[path[-1]] = written

    def append(self, path: Path, value: object, written: Written) -> None:
        """Adds an element to the array at a path."""
        own = self._copied(path)
        if not isinstance(own.container, list):
            raise TypeError("not an array")
        own.members[len(own.container)] = written
        own.container.append(self._duplicate(value))

    def remove(self, path: Path) -> None:
        """Takes out what is at a path; the elements of an array move up."""
        own = self._copied(path[:-1])
        key = path[-1]
        if isinstance(own.container, dict):
            del own.container[str(key)]
            own.members.pop(key, None)
            return
        index = int(key)
        del own.container[index]
        places = [own.members[each] for each in range(len(own.container) + 1) if each != index]
        own.members.clear()
        own.members.update(enumerate(places))

    def _copied(self, path: Sequence[str | int]) -> _Own:
        """The container at a path, after it and all around it have become our own."""
        own = self._made_own(self.value, self._top)
        self.value = own.container
        for key in path:
            member, written = _get(own.container, key), self._member(own.container, key, self._top)
            inner = self._made_own(member, written)
            if isinstance(own.container, dict):
                own.container[str(key)] = inner.container
            else:
                own.container[int(key)] = inner.container
            own.members[key] = written
            own = inner
        return own

    def _made_own(self, value: object, written: Written) -> _Own:
        known = self._own.get(id(value))
        if known is not None:
            return known
        if isinstance(value, dict):
            own = _Own(dict(value), {key: written.member(key) for key in value})
        elif isinstance(value, list):
            own = _Own(list(value), {index: written.member(index) for index in range(len(value))})
        else:
            raise TypeError("neither an object nor an array")
        self._own[id(own.container)] = own
        return own

    def _duplicate(self, value: object) -> object:
        """A value to be put at a place of its own: what stands elsewhere in the document, and may change
        there, is copied."""
        own = self._own.get(id(value))
        if own is None:
            return value
        if isinstance(own.container, dict):
            copied = _Own(
                {key: self._duplicate(each) for key, each in own.container.items()}, dict(own.members)
            )
        else:
            copied = _Own([self._duplicate(each) for each in own.container], dict(own.members))
        self._own[id(copied.container)] = copied
        return copied.container

    def _member(self, container: object, key: str | int, written: Written) -> Written:
        own = self._own.get(id(container))
        if own is None:
            return written.member(key)
        position = int(key) if isinstance(container, list) and str(key).isdecimal() else key
        return own.members.get(position) or written.member(key)


def _get(container: object, key: str | int) -> object:
    if isinstance(container, dict):
        return container[key]
    if isinstance(container, list) and isinstance(key, int):
        return container[key]
    raise LookupError(key)
