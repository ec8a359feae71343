"""The codecs of arrays, and of objects whose properties have no names of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from itertools import chain, repeat, zip_longest
from operator import attrgetter, is_
from typing import cast

from .shapes import KINDS, Codec, Mismatch, step
from .unset import UNSET
from .values import PLAIN_AND_FLOAT, Deferred, is_array, is_object, prepare

_source = attrgetter("__source__")
_own = attrgetter("__dict__")


class Array(Codec):
    """`list[X]`."""

    kinds = frozenset({list})
    expected = KINDS[list]

    def __init__(self, items: Codec) -> None:
        self.items = items
        self.exact = items.exact
        self.direct = items.direct
        self.as_is = PLAIN_AND_FLOAT | {list} if items.direct else PLAIN_AND_FLOAT

    def read(self, value: object) -> object:
        if not is_array(value):
            return value
        return list(value) if self.items.plain else self.items.core.read_each(value)

    def check(self, value: object) -> object:
        if not is_array(value):
            raise Mismatch(self.expected, value)
        checked: list[object] = []
        try:
            self.items.check_each(value, checked)
        except Mismatch as mismatch:
            mismatch.steps.append(f"[{len(checked)}]")
            raise
        return checked

    def write(self, value: object, source: object) -> object:
        if not is_array(value):
            return prepare(value)
        if self.direct:
            return value
        sources = source[: len(value)] if is_array(source) else ()
        write_item = self.items.write
        return [
            write_item(element, origin)
            for element, origin in zip_longest(value, sources, fillvalue=UNSET)
        ]

    def reads_as(self, source: object, value: object) -> bool:
        return are_untouched(value, source)

    def writes(self, value: object) -> bool:
        return isinstance(value, list)

    def inner(self) -> Iterable[Codec]:
        return (self.items,)


class Tuple(Codec):
    """`tuple[X, Y]`, an array of just so many elements; `tuple[X, *tuple[Y, ...]]`, one
    of at least so many.

    Args:
        items: the codecs of the first elements.
        rest: that of all others; None where there are none.
    """

    kinds = frozenset({list})

    def __init__(self, items: tuple[Codec, ...], rest: Codec | None = None) -> None:
        self.items = items
        self.rest = rest
        self.expected = f"an array of {len(items)}{' or more' if rest else ''}"
        self.exact = any(item.exact for item in self.inner())

    def read(self, value: object) -> object:
        if not is_array(value) or not self._has_room_for(value):
            return value
        pairs = zip(self._codecs(value), value, strict=True)
        return tuple(item.read(element) for item, element in pairs)

    def check(self, value: object) -> object:
        if not is_array(value):
            raise Mismatch(self.expected, value)
        if not self._has_room_for(value):
            raise Mismatch(self.expected, value, f"one of {len(value)}")
        pairs = zip(self._codecs(value), value, strict=True)
        return tuple(
            item.check_at(f"[{index}]", element)
            for index, (item, element) in enumerate(pairs)
        )

    def write(self, value: object, source: object) -> object:
        if not is_array(value) or not self._has_room_for(value):
            return prepare(value)
        sources = source[: len(value)] if is_array(source) else ()
        pairs = zip_longest(value, sources, fillvalue=UNSET)
        return [
            item.write(element, origin)
            for item, (element, origin) in zip(self._codecs(value), pairs, strict=True)
        ]

    def writes(self, value: object) -> bool:
        return isinstance(value, tuple)

    def inner(self) -> Iterable[Codec]:
        return self.items if self.rest is None else (*self.items, self.rest)

    def _has_room_for(self, value: Sized) -> bool:
        more = len(value) - len(self.items)
        return more == 0 or (more > 0 and self.rest is not None)

    def _codecs(self, value: Sized) -> Iterable[Codec]:
        if self.rest is None:
            return self.items
        return chain(self.items, repeat(self.rest, len(value) - len(self.items)))


class Frozen(Array):
    """`tuple[X, ...]`, an array that is not meant to be changed."""

    def read(self, value: object) -> object:
        read = super().read(value)
        return tuple(read) if is_array(read) else read

    def check(self, value: object) -> object:
        checked = super().check(value)
        return tuple(checked) if is_array(checked) else checked

    def writes(self, value: object) -> bool:
        return isinstance(value, tuple)


class Dictionary(Codec):
    """`dict[str, X]`."""

    kinds = frozenset({dict})
    expected = KINDS[dict]

    def __init__(self, values: Codec) -> None:
        self.values = values
        self.exact = values.exact

    def read(self, value: object) -> object:
        if not is_object(value):
            return value
        if self.values.plain:
            return dict(value)
        read = self.values.read
        return {key: read(item) for key, item in value.items()}

    def check(self, value: object) -> object:
        if not is_object(value):
            raise Mismatch(self.expected, value)
        check_at = self.values.check_at
        return {key: check_at(step(key), item) for key, item in value.items()}

    def write(self, value: object, source: object) -> object:
        if not is_object(value):
            return prepare(value)
        origins: Mapping[str, object] = source if is_object(source) else {}
        write_value = self.values.write
        return {
            key: write_value(item, origins.get(key, UNSET))
            for key, item in value.items()
            if item is not UNSET
        }

    def writes(self, value: object) -> bool:
        return is_object(value)

    def inner(self) -> Iterable[Codec]:
        return (self.values,)


def are_untouched(values: object, sources: object) -> bool:
    """Whether a list holds just what an array held, or models of that of which nothing was
    read that could have changed."""
    if values.__class__ is not list or sources.__class__ is not list:
        return False
    found, objects = cast("list[object]", values), cast("list[object]", sources)
    if len(found) != len(objects):
        return False
    if found and not isinstance(found[0], Deferred):
        return all(map(is_, found, objects))
    try:
        same = all(map(is_, map(_source, found), objects))
    except AttributeError:  # not only models
        return False
    return same and not any(map(_own, found))
