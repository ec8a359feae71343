"""What a codec is, what JSON values are called, and the codecs of arrays and objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any, TypeAlias, cast

from .errors import DecodeError
from .unset import UNSET
from .values import PLAIN, copy_json, write

KINDS: Mapping[type, str] = {
    str: "a string",
    int: "an integer",
    float: "a number",
    bool: "a boolean",
    type(None): "null",
    dict: "an object",
    list: "an array",
}
"""The kinds of JSON values, as Python's JSON reader makes them, and their names."""


def kind_of(value: object) -> type:
    """The kind of a JSON value, one of `KINDS`; the value's own type for anything else."""
    kind = value.__class__
    if kind in KINDS:
        return kind
    if isinstance(value, Mapping):
        return dict
    return (
        float if f"{kind.__module__}.{kind.__qualname__}" == "decimal.Decimal" else kind
    )


Fit: TypeAlias = tuple[int, int]
"""How well an object fits a type, smaller is better: the number of properties that the type
does not know, and minus the number of those that it does."""


class Mismatch(Exception):
    """A strict reading met a value of another shape. Containers add where it stands."""

    def __init__(self, expected: str, value: object, found: str | None = None) -> None:
        super().__init__(expected)
        kind = kind_of(value)
        self.expected = expected
        self.found = found or KINDS.get(kind, kind.__qualname__)
        self.steps: list[str] = []

    def error(self) -> DecodeError:
        """The error for the caller; it never quotes the value."""
        path = "$" + "".join(reversed(self.steps))
        return DecodeError(path, f"expected {self.expected}, found {self.found}")


class Codec:
    """Reads and writes the values of one annotation.

    `kinds` are the kinds of JSON values it understands, `certain` tells that it takes every
    value of these. `plain` tells that reading changes no value. `exact` tells that numbers
    must be parsed with all their digits.
    """

    kinds: frozenset[type] = frozenset()
    expected: str = "a value"
    certain: bool = False
    plain: bool = False
    exact: bool = False

    def read(self, value: object) -> object:
        """Turn a JSON value into Python's; a value of another shape stays as it came."""
        return value

    def check(self, value: object) -> object:
        """Like `read`, but everything inside is read, too.

        Raises:
            Mismatch: the value, or one inside it, is of another shape.
        """
        if kind_of(value) in self.kinds:
            return value
        raise Mismatch(self.expected, value)

    def write(self, value: object, source: object, request: bool) -> object:
        """Turn a value of Python into JSON's.

        Args:
            value: what is written; it may be of another type than the annotation says.
            source: what it was read from, `UNSET` if it was not. A value that still reads the
                same is written as it came.
            request: whether read-only fields are left out.
        """
        return write(value)

    def writes(self, value: object) -> bool:
        """Whether a value of Python is of the type that this codec makes, so that it, of all
        the members of a union, shall write it."""
        return False

    def fit(self, value: Mapping[str, object]) -> Fit | None:
        """How well an object fits; None where something that it must have is missing."""
        return len(value), 0

    def inner(self) -> Iterable[Codec]:
        """The codecs of what lies inside."""
        return ()

    def decode(self, value: object, strict: bool = False) -> object:
        """Turn a JSON value into Python's.

        Args:
            value: a JSON value; it is kept, and must not be changed afterwards.
            strict: whether a value of another shape is an error, and not kept as it came.

        Raises:
            DecodeError: with the path of the first such value, such as `$.items[3].price`.
        """
        if not strict:
            return self.read(value)
        try:
            return self.check(value)
        except Mismatch as mismatch:
            error = mismatch.error()
        raise error

    def encode(self, value: object, request: bool = False) -> object:
        """Turn a value of Python into JSON's; with `request`, without read-only fields.

        Raises:
            TypeError: JSON has nothing for it.
        """
        return self.write(value, UNSET, request)


class Plain(Codec):
    """Values that are the same in JSON and in Python."""

    certain = True
    plain = True

    def __init__(self, kind: type) -> None:
        self.kinds = frozenset({kind})
        self.expected = KINDS[kind]


class AnyJson(Codec):
    """Any JSON value: `object`. Arrays and objects are copied, so that changing them
    changes nothing else."""

    kinds = frozenset(KINDS)
    certain = True

    def read(self, value: object) -> object:
        return value if value.__class__ in PLAIN else copy_json(value)

    check = read


class Array(Codec):
    """`list[X]`."""

    kinds = frozenset({list})
    expected = KINDS[list]

    def __init__(self, items: Codec) -> None:
        self.items = items
        self.exact = items.exact

    def read(self, value: Any) -> object:
        if value.__class__ is not list:
            return value
        if self.items.plain:
            return value.copy()
        read = self.items.read
        return [read(element) for element in value]

    def check(self, value: Any) -> object:
        if value.__class__ is not list:
            raise Mismatch(self.expected, value)
        return [
            _check(self.items, element, f"[{index}]")
            for index, element in enumerate(value)
        ]

    def write(self, value: Any, source: Any, request: bool) -> object:
        if value.__class__ is not list and not isinstance(value, (list, tuple)):
            return write(value)
        if self.items.plain:
            return [
                element if element.__class__ in PLAIN else write(element, request)
                for element in value
            ]
        write_item = self.items.write
        if source.__class__ is not list:
            return [write_item(element, UNSET, request) for element in value]
        sources = source[: len(value)]
        return [
            write_item(element, origin, request)
            for element, origin in zip_longest(value, sources, fillvalue=UNSET)
        ]

    def writes(self, value: object) -> bool:
        return isinstance(value, list)

    def inner(self) -> Iterable[Codec]:
        return (self.items,)


class Tuple(Codec):
    """`tuple[X, Y]`, or `tuple[X, ...]`, an array that is not meant to be changed."""

    kinds = frozenset({list})

    def __init__(self, items: tuple[Codec, ...], rest: Codec | None = None) -> None:
        self.items = items
        self.rest = rest
        self.exact = any(item.exact for item in (*items, rest) if item)
        self.expected = KINDS[list] if rest else f"an array of {len(items)}"

    def read(self, value: object) -> object:
        elements = self._elements(value)
        if elements is None:
            return value
        return tuple(
            codec.read(element) for codec, element in zip(*elements, strict=True)
        )

    def check(self, value: object) -> object:
        elements = self._elements(value)
        if elements is None:
            found = f"one of {len(value)}" if isinstance(value, list) else None
            raise Mismatch(self.expected, value, found)
        return tuple(
            _check(codec, element, f"[{index}]")
            for index, (codec, element) in enumerate(zip(*elements, strict=True))
        )

    def write(self, value: object, source: object, request: bool) -> object:
        elements = self._elements(value)
        if elements is None:
            return write(value)
        sources = self._elements(source)
        origins = sources[1] if sources else [UNSET] * len(elements[1])
        origins = [*origins, *[UNSET] * (len(elements[1]) - len(origins))]
        return [
            codec.write(element, origin, request)
            for codec, element, origin in zip(*elements, origins, strict=False)
        ]

    def writes(self, value: object) -> bool:
        return (
            isinstance(value, tuple)
            and self._elements(cast("object", value)) is not None
        )

    def inner(self) -> Iterable[Codec]:
        return (*self.items, self.rest) if self.rest else self.items

    def _elements(self, value: Any) -> tuple[list[Codec], list[object]] | None:
        """The codec of each element, and the elements; None where their number is wrong."""
        if not isinstance(value, (list, tuple)):
            return None
        elements: list[object] = list(value)
        surplus = len(elements) - len(self.items)
        if surplus < 0 or (surplus and self.rest is None):
            return None
        rest = [self.rest] * surplus if self.rest else []
        return [*self.items, *rest], elements


class Dictionary(Codec):
    """`dict[str, X]`: an object whose properties have no names of their own."""

    kinds = frozenset({dict})
    expected = KINDS[dict]

    def __init__(self, values: Codec) -> None:
        self.values = values
        self.exact = values.exact

    def read(self, value: Any) -> object:
        if value.__class__ is not dict and not isinstance(value, Mapping):
            return value
        if self.values.plain:
            return dict(value)
        read = self.values.read
        return {key: read(item) for key, item in value.items()}

    def check(self, value: Any) -> object:
        if not isinstance(value, Mapping):
            raise Mismatch(self.expected, value)
        return {
            key: _check(self.values, item, step(key)) for key, item in value.items()
        }

    def write(self, value: Any, source: Any, request: bool) -> object:
        if value.__class__ is not dict and not isinstance(value, Mapping):
            return write(value)
        write_item = self.values.write
        origins = source if source.__class__ is dict else {}
        return {
            key: write_item(item, origins.get(key, UNSET), request)
            for key, item in value.items()
            if item is not UNSET
        }

    def writes(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def inner(self) -> Iterable[Codec]:
        return (self.values,)


def step(key: str) -> str:
    """How a path goes on to a property: `.price`, or `["unit price"]`."""
    if key.isidentifier():
        return f".{key}"
    shown = key if len(key) <= 40 else f"{key[:40]}…"
    return f"[{shown!r}]"


def _check(codec: Codec, value: object, where: str) -> object:
    try:
        return codec.check(value)
    except Mismatch as mismatch:
        mismatch.steps.append(where)
        raise
