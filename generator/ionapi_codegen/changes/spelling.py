"""How types and values are told in a message: in the words of the client's annotations."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from ionapi_codegen.ir.schema import (
    Anything,
    Array,
    Enumeration,
    Json,
    Kind,
    Map,
    NoDefault,
    Nothing,
    Nullable,
    Ref,
    Scalar,
    SchemaId,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.report import printable

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
_MOST_VALUES = 6
_MOST_CHARACTERS = 60
_MOST_BITS = 200


def spelled(type: Type, called: Callable[[SchemaId], str]) -> str:
    """A type as its annotation has it, without modules: `list[Order] | None`."""
    match type:
        case Scalar(kind):
            return _WORDS[kind]
        case Enumeration(values):
            shown = [value(one) for one in values[:_MOST_VALUES]]
            return " | ".join([*shown, *(["…"] if len(values) > _MOST_VALUES else [])])
        case Array(items):
            return f"list[{spelled(items, called)}]"
        case Map(values):
            return f"dict[str, {spelled(values, called)}]"
        case TupleOf(items, rest):
            inside = [spelled(one, called) for one in items]
            return f"tuple[{', '.join([*inside, *([] if rest is None else ['...'])])}]"
        case Anything() | Nothing():
            return "object"
        case Ref(target):
            return called(target)
        case Nullable(of):
            return f"{spelled(of, called)} | None"
        case Union(members):
            return " | ".join(spelled(one, called) for one in members)
        case _:
            assert_never(type)


def value(told: Json | NoDefault) -> str:
    """A value of the document, short and printable: `"open"`, `5`."""
    match told:
        case Text():
            return f'"{short(told.raw)}"'
        case None:
            return "null"
        case bool():
            return "true" if told else "false"
        case int() if told.bit_length() > _MOST_BITS:
            return "a very long number"
        case int() | float():
            return str(told)
        case NoDefault():
            return "none"
        case tuple():
            return short("[" + ", ".join(map(value, told)) + "]")
        case _:
            return short("{" + ", ".join(f"{short(k.raw)}: {value(v)}" for k, v in told.items()) + "}")


def short(text: str) -> str:
    """A text of the document in one line of a message."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= _MOST_CHARACTERS else line[: _MOST_CHARACTERS - 1] + "…"
