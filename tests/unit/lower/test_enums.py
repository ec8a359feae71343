"""Enumerations: values, names, kinds."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.schema import Alias, Enumeration, Kind, Nullable, Type
from ionapi_codegen.ir.text import Text

from .conftest import LowerYaml

_STRING = frozenset({Kind.STRING})
_INTEGER = frozenset({Kind.INTEGER})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{type: string, enum: [a, b, a]}", Enumeration((Text("a"), Text("b")), _STRING)),
        ("{type: integer, enum: [1, 2]}", Enumeration((1, 2), _INTEGER)),
        (
            "{enum: [a, 1, true]}",
            Enumeration((Text("a"), 1, True), frozenset({Kind.STRING, Kind.INTEGER, Kind.BOOLEAN})),
        ),
        ("{type: [string, 'null'], enum: [a, null]}", Nullable(Enumeration((Text("a"),), _STRING))),
        ("{type: string, enum: [1, true]}", Enumeration((Text("1"), Text("true")), _STRING)),
        ("{type: integer, enum: ['1', '-2']}", Enumeration((1, -2), _INTEGER)),
        ("{allOf: [{enum: [a, b]}, {enum: [b, c]}]}", Enumeration((Text("b"),), _STRING)),
        (
            "{enum: [1, 2], x-enum-varnames: [Low, High]}",
            Enumeration((1, 2), _INTEGER, names=(Text("Low"), Text("High"))),
        ),
    ],
)
def test_enumeration(lower_schemas: LowerYaml, text: str, expected: Type) -> None:
    """Values are unique, in order, of the declared type; null makes the enumeration nullable."""
    alias = lower_schemas(f"X: {text}").schema("X")
    assert isinstance(alias, Alias)
    assert expected == alias.type


def test_null_among_values_without_a_type(lower_schemas: LowerYaml) -> None:
    """Null among the values is enough to be nullable."""
    alias = lower_schemas("X: {enum: [a, null]}").schema("X")
    assert isinstance(alias, Alias)
    assert Nullable(Enumeration((Text("a"),), _STRING)) == alias.type
