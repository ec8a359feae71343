"""What a codec is, and what it says about a value of another shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from .errors import DecodeError
from .unset import UNSET
from .values import (
    PLAIN,
    PLAIN_AND_FLOAT,
    copy_json,
    is_decimal,
    is_object,
    prepare,
    settle,
)

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

Fit: TypeAlias = tuple[int, int]
"""How well an object fits a type, smaller is better: the number of properties that the type
does not know, and minus the number of those that it does."""


def kind_of(value: object) -> type:
    """The kind of a JSON value, one of `KINDS`; the value's own type for anything else."""
    kind = value.__class__
    if kind in KINDS:
        return kind
    if is_object(value):
        return dict
    return float if is_decimal(value) else kind


def name_of_kind(value: object) -> str:
    """What a value is, for messages: `a string`."""
    kind = kind_of(value)
    return KINDS.get(kind, kind.__qualname__)


def step(key: str) -> str:
    """How a path goes on to a property: `.price`, or `['unit price']`."""
    if key.isidentifier() and len(key) <= 40:
        return f".{key}"
    shown = key if len(key) <= 40 else f"{key[:40]}…"
    return f"[{shown!r}]"


class Mismatch(Exception):
    """A strict reading met a value of another shape.

    Args:
        expected: what should stand there, such as `a date`.
        value: what stands there; only its kind is kept.
        found: what to call that, where its kind says too little.
    """

    def __init__(self, expected: str, value: object, found: str | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.found = found or name_of_kind(value)
        self.steps: list[str] = []
        """The way to the value, from the inside; who passes a mismatch on adds to it."""

    def error(self) -> DecodeError:
        """The error for the caller."""
        path = "".join(["$", *reversed(self.steps)])
        return DecodeError(path, f"expected {self.expected}, found {self.found}")


class Codec:
    """Reads and writes the values of one annotation."""

    kinds: frozenset[type] = frozenset()
    """The kinds of JSON values that it reads."""
    expected: str = "a value"
    """What these are called in messages."""
    certain: bool = False
    """Whether it reads every value of these kinds."""
    plain: bool = False
    """Whether values are the same in Python as in JSON."""
    direct: bool = False
    """Whether the writer of JSON texts needs no help with the values."""
    as_is: frozenset[type] = PLAIN_AND_FLOAT
    """The types whose values need no help when they stand in no array."""
    exact: bool = False
    """Whether numbers must be parsed with all their digits."""

    @property
    def core(self) -> Codec:
        """A codec that reads and writes all values like this one; of a union that comes
        down to one of its members, that member."""
        return self

    def read(self, value: object) -> object:
        """Turn a JSON value into Python's; a value of another shape stays as it came."""
        return value

    def read_each(self, values: Iterable[object]) -> list[object]:
        """A list of what `read` makes of each of several values."""
        read = self.read
        return [read(value) for value in values]

    def check(self, value: object) -> object:
        """Like `read`, but everything inside is read, too.

        Raises:
            Mismatch: the value, or one inside it, is of another shape.
        """
        if value.__class__ in self.kinds or kind_of(value) in self.kinds:
            return value
        raise Mismatch(self.expected, value)

    def check_each(self, values: Iterable[object], checked: list[object]) -> None:
        """Append what `check` makes of each of several values."""
        check = self.check
        for value in values:
            checked.append(check(value))

    def check_at(self, where: str, value: object) -> object:
        """Like `check`, for a value at a place within another, such as `.price`."""
        try:
            return self.check(value)
        except Mismatch as mismatch:
            mismatch.steps.append(where)
            raise

    def write(self, value: object, source: object) -> object:
        """Turn a value of Python into JSON values and models, see `values.prepare`.

        Args:
            value: what is written; it may be of another type than the annotation says.
            source: what it was read from, `UNSET` if it was not. A value that still reads the
                same is written as it came.
        """
        return prepare(value)

    def writes(self, value: object) -> bool:
        """Whether a value of Python is of the type that this codec makes, so that it, of all
        the members of a union, shall write it."""
        return False

    def reads_as(self, source: object, value: object) -> bool:
        """Whether a value of Python is certainly what `read` makes of a JSON value; says so
        only where telling is cheap."""
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
        return settle(self.write(value, UNSET), request)


class Plain(Codec):
    """Values that are the same in JSON and in Python."""

    certain = True
    plain = True
    direct = True

    def __init__(self, kind: type) -> None:
        self.kinds = frozenset({kind})
        self.expected = KINDS[kind]

    def check_each(self, values: Iterable[object], checked: list[object]) -> None:
        kinds = self.kinds
        for value in values:
            checked.append(value if value.__class__ in kinds else self.check(value))


class AnyJson(Codec):
    """Any JSON value: `object`. Arrays and objects are copied, so that changing them
    changes nothing else."""

    kinds = frozenset(KINDS)
    certain = True

    def read(self, value: object) -> object:
        return value if value.__class__ in PLAIN else copy_json(value)

    def check(self, value: object) -> object:
        return self.read(value)
