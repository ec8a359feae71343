"""The codec of an annotation, and JSON texts by way of it."""

from __future__ import annotations

import types
import typing
from collections import abc
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from .annotations import Namespace, OneOf, Quoted, evaluate
from .containers import Array, Dictionary, Frozen, Tuple
from .files import File
from .jsontext import decode_json, encode_json
from .scalars import (
    BOOLEAN,
    BYTES,
    DATE,
    DATETIME,
    FLOAT,
    INTEGER,
    NULL,
    TEXT,
    TIME,
    Literals,
    uuid_codec,
)
from .shapes import AnyJson, Codec
from .unions import Discriminated, Discriminator, Union
from .unset import Unset
from .values import to_wire, write

__all__ = [
    "EXACT",
    "Codec",
    "codec",
    "decode_json",
    "encode_json",
    "evaluate",
    "to_wire",
    "write",
]


class Exact:
    """The type of `EXACT`."""

    def __repr__(self) -> str:
        return "EXACT"


EXACT: Final = Exact()
"""Marks a decimal that is a number in JSON, and not a string: `Annotated[Decimal, EXACT]`.
Models that hold one, or hold a model that does, are declared with `exact=True`."""

ANY_JSON: Final = AnyJson()

CLASSES: dict[type, Callable[[Any], Codec]] = {}
"""How other modules make the codecs of their classes, and of all classes derived from them."""

# By name, so that nobody pays for the import of what no annotation asks for.
_BY_NAME: Mapping[str, Callable[[], Codec]] = {
    "builtins.str": lambda: TEXT,
    "builtins.int": lambda: INTEGER,
    "builtins.float": lambda: FLOAT,
    "builtins.bool": lambda: BOOLEAN,
    "builtins.bytes": lambda: BYTES,
    "builtins.NoneType": lambda: NULL,
    "builtins.object": lambda: ANY_JSON,
    "builtins.list": lambda: Array(ANY_JSON),
    "builtins.dict": lambda: Dictionary(ANY_JSON),
    "datetime.datetime": lambda: DATETIME,
    "datetime.date": lambda: DATE,
    "datetime.time": lambda: TIME,
    "decimal.Decimal": lambda: _decimal(exact=False),
    "uuid.UUID": uuid_codec,
}
_LISTS: frozenset[object] = frozenset({list, abc.Sequence, abc.Iterable})
_DICTIONARIES: frozenset[object] = frozenset({dict, abc.Mapping})


def codec(annotation: object, names: Mapping[str, object] | None = None) -> Codec:
    """Make the codec of an annotation.

    Args:
        annotation: a type as Python's typing spells it, or its text. `Unset` in a union
            does not count.
        names: the globals of the module it stands in, for the text and for models that are
            only named in it.

    Raises:
        TypeError: there is no codec for such a type.
        NameError: a name in the text is unknown.
    """
    return _codec(annotation, Namespace(names or {}))


def _codec(annotation: object, names: Namespace) -> Codec:
    match annotation:
        case str():
            return _quoted(Quoted(annotation, names))
        case Quoted():
            return _quoted(annotation)
        case OneOf():
            return _union(annotation.members, names)
        case None:
            return NULL
        case type():
            return _of_class(annotation)
        case _:
            return _of_form(annotation, names)


def _of_class(annotation: type) -> Codec:
    for base in annotation.__mro__:
        make = CLASSES.get(base)
        if make:
            return make(annotation)
    name = f"{annotation.__module__}.{annotation.__qualname__}"
    if name not in _BY_NAME:
        raise TypeError(f"{name} cannot be read from JSON")
    return _BY_NAME[name]()


def _of_form(annotation: object, names: Namespace) -> Codec:
    """The codec of `list[X]`, `A | B`, `Literal["a"]` and the like."""
    origin: object = typing.get_origin(annotation)
    arguments: tuple[object, ...] = typing.get_args(annotation)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:], names)
    if origin is typing.Union or origin is types.UnionType:
        return _union(arguments, names)
    if origin is Literal:
        return Literals(arguments)
    if origin is tuple:
        return _tuple(arguments, names)
    if origin in _LISTS:
        return Array(_codec(arguments[0], names))
    if origin in _DICTIONARIES:
        return Dictionary(_codec(arguments[1], names))
    raise TypeError(f"{annotation!r} cannot be read from JSON")


def _annotated(
    annotation: object, marks: tuple[object, ...], names: Namespace
) -> Codec:
    if EXACT in marks:
        return _decimal(exact=True)
    made = _codec(annotation, names)
    for mark in marks:
        if isinstance(mark, Discriminator):
            return Discriminated(mark, lambda model: _codec(model, names), made)
    return made


def _union(members: Iterable[object], names: Namespace) -> Codec:
    codecs = [_codec(member, names) for member in members if member is not Unset]
    return codecs[0] if len(codecs) == 1 else Union(codecs)


def _tuple(arguments: tuple[object, ...], names: Namespace) -> Codec:
    if arguments[-1:] == (...,):
        return Frozen(_codec(arguments[0], names))
    *items, last = arguments
    if typing.get_origin(last) is tuple and getattr(last, "__unpacked__", False):
        rest = _codec(typing.get_args(last)[0], names)
        return Tuple(tuple(_codec(item, names) for item in items), rest)
    return Tuple(tuple(_codec(argument, names) for argument in arguments))


def _decimal(*, exact: bool) -> Codec:
    from .decimals import DECIMAL_NUMBER, DECIMAL_STRING

    return DECIMAL_NUMBER if exact else DECIMAL_STRING


def _quoted(alias: Quoted) -> Codec:
    if alias.codec:
        return alias.codec
    if alias.entered:
        return _Recursive(alias)
    alias.entered = True
    alias.codec = _codec(alias.names.evaluate(alias.text), alias.names)
    return alias.codec


class _Recursive(Codec):
    """The codec of an alias inside the alias itself."""

    def __init__(self, alias: Quoted) -> None:
        self.alias = alias

    def read(self, value: object) -> object:
        return self._codec().read(value)

    def check(self, value: object) -> object:
        return self._codec().check(value)

    def write(self, value: object, source: object) -> object:
        return self._codec().write(value, source)

    def inner(self) -> Iterable[Codec]:
        return (self._codec(),)

    def _codec(self) -> Codec:
        made = self.alias.codec
        assert made, "an alias is made before a value is read with it"
        return made


# Files are sent, and never read from JSON.
CLASSES[File] = lambda _: Codec()
