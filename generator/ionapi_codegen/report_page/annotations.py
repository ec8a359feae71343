"""How a type is told on the page: pieces of text, and the models it names to go on to.

The words are those of the generated client's annotations, `list[Order] | None`, without what only a type
checker needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from ionapi_codegen.ir.schema import (
    Anything,
    Array,
    Constraints,
    Enumeration,
    Kind,
    Map,
    Nothing,
    Nullable,
    Ref,
    Scalar,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.report_page.wording import short

Piece: TypeAlias = "str | Ref"
"""Text, or a model by its id."""

_MOST_VALUES = 12
_WORDS = {
    Kind.STRING: "str",
    Kind.INTEGER: "int",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.NULL: "None",
    Kind.DATE: "date",
    Kind.DATE_TIME: "datetime",
    Kind.TIME: "time",
    Kind.DURATION: "str",
    Kind.UUID: "UUID",
    Kind.DECIMAL_STRING: "Decimal",
    Kind.DECIMAL: "Decimal",
    Kind.BASE64: "bytes",
    Kind.BINARY: "bytes",
}


def told(type: Type) -> tuple[Piece, ...]:
    """The pieces of a type in reading order; neighbouring texts are one."""
    pieces: list[Piece] = []
    for piece in _pieces(type):
        last = pieces[-1] if pieces else None
        if isinstance(piece, str) and isinstance(last, str):
            pieces[-1] = last + piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _pieces(type: Type) -> Iterator[Piece]:
    match type:
        case Scalar(kind):
            yield _WORDS[kind]
        case Enumeration(values):
            yield " | ".join(map(_value, values[:_MOST_VALUES]))
            if len(values) > _MOST_VALUES:
                yield f" | … {len(values) - _MOST_VALUES:,} more"
        case Array(items):
            yield from ("list[", *_pieces(items), "]")
        case Map(values):
            yield from ("dict[str, ", *_pieces(values), "]")
        case TupleOf(items, rest):
            yield "tuple["
            yield from _joined((*items, *(() if rest is None else (rest,))), ", ")
            yield "]" if rest is None else ", ...]"
        case Anything():
            yield "anything"
        case Nothing():
            yield "nothing"
        case Ref():
            yield type
        case Nullable(of):
            yield from (*_pieces(of), " | None")
        case Union(members):
            yield from _joined(members, " | ")
        case _:
            assert_never(type)


def _joined(types: tuple[Type, ...], separator: str) -> Iterator[Piece]:
    for place, each in enumerate(types):
        if place:
            yield separator
        yield from _pieces(each)


def _value(value: bool | int | float | Text) -> str:
    return f'"{short(value, 60)}"' if isinstance(value, Text) else _number(value)


def _number(value: int | float) -> str:
    """Python refuses to write integers of thousands of digits."""
    return "a very long number" if isinstance(value, int) and value.bit_length() > 200 else str(value)


def limits(type: Type) -> str:
    """What else a value must be, in a few words: `at most 10 characters`; empty where nothing is said."""
    match type:
        case Scalar(constraints=constraints) | Array(constraints=constraints) | Map(constraints=constraints):
            return ", ".join(_limits(constraints))
        case Nullable(of):
            return limits(of)
        case _:
            return ""


def _limits(found: Constraints) -> Iterator[str]:
    ranges = (
        (found.min_length, found.max_length, "character"),
        (found.min_items, found.max_items, "item"),
    )
    for least, most, noun in ranges:
        if least is not None and least == most:
            yield f"{most:,} {noun}{'' if most == 1 else 's'}"
            continue
        if least:
            yield f"at least {least:,} {noun}{'' if least == 1 else 's'}"
        if most is not None:
            yield f"at most {most:,} {noun}{'' if most == 1 else 's'}"
    for sign, bound in (
        ("≥", found.minimum),
        (">", found.exclusive_minimum),
        ("≤", found.maximum),
        ("<", found.exclusive_maximum),
    ):
        if bound is not None:
            yield f"{sign} {_number(bound)}"
    if found.multiple_of is not None:
        yield f"a multiple of {_number(found.multiple_of)}"
    if found.unique_items:
        yield "each once"
    if found.pattern is not None:
        yield f"like {short(found.pattern, 60)}"
