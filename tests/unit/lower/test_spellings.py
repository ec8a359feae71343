"""Schemas of single values that are written alike are read once; whatever says more is read by itself."""

from __future__ import annotations

import pytest

from ionapi_codegen.lower.spellings import spelling


def test_words_about_a_value_do_not_change_its_type() -> None:
    """Descriptions, examples and defaults are read from each schema."""
    plain = {"type": "string", "format": "uri"}
    told = {"description": "Where.", "type": "string", "format": "uri", "examples": ["x"], "default": None}
    assert spelling(plain) == spelling(told) is not None


@pytest.mark.parametrize("other", [1.0, True, "1"])
def test_equal_numbers_are_not_the_same_limit(other: object) -> None:
    """`1.0` is written as such into the text of a client."""
    assert spelling({"type": "number", "minimum": 1}) != spelling({"type": "number", "minimum": other})


def test_an_enumeration_is_told_by_its_values() -> None:
    """Also where they are equal in Python and not in JSON."""
    assert spelling({"type": "string", "enum": ["A"]}) != spelling({"type": "string", "enum": ["B"]})
    assert spelling({"type": "integer", "enum": [1]}) != spelling({"type": "integer", "enum": [True]})
    assert spelling({"type": "string", "enum": ["A"], "title": "T"}) == spelling(
        {"type": "string", "enum": ["A"]}
    )


@pytest.mark.parametrize(
    "schema",
    [
        {},
        True,
        {"$ref": "#/components/schemas/A", "type": "string"},
        {"type": "string", "enum": ["A"], "x-enum-varnames": ["First"]},
        {"type": "string", "const": "A"},
        {"type": "object"},
        {"type": ["string", "array"]},
        {"type": "string", "x-anything": 1},
        {"type": 5},
        {"format": "date"},
    ],
)
def test_everything_else_has_no_spelling(schema: object) -> None:
    """Among it every keyword that nobody has declared to be of no meaning."""
    assert spelling(schema) is None
