"""What docstrings say of schemas and parameters."""

from __future__ import annotations

import ast

import pytest

from ionapi_codegen.ir.schema import (
    NO_DEFAULT,
    Alias,
    Array,
    Constraints,
    Docs,
    Enumeration,
    Json,
    Kind,
    Map,
    NoDefault,
    Nullable,
    Scalar,
    Type,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.docs import alias_prose, paragraphs, value_prose
from ionapi_codegen.targets.python.text import Prose, docstring


def said(*prose: Prose) -> str:
    code = docstring(prose, 0)
    return str(ast.literal_eval(code)).strip() if code else ""


def string(least: int | None = None, most: int | None = None) -> Scalar:
    return Scalar(Kind.STRING, None, Constraints(min_length=least, max_length=most))


def integer(least: int | None = None, most: int | None = None, above: int | None = None) -> Scalar:
    return Scalar(Kind.INTEGER, None, Constraints(least, most, above))


@pytest.mark.parametrize(
    ("description", "type", "default", "example", "expected"),
    [
        ("How many.", integer(1, 200), 50, None, "How many. 1 to 200, default 50."),
        ("How many (default: 50).", integer(1, 200), 50, None, "How many (default: 50). 1 to 200."),
        ("How many (default: 50).", integer(), 5, None, "How many (default: 50). Default 5."),
        ("Defaults to `asc`.", string(), Text("asc"), None, "Defaults to `asc`."),
        (
            "The number",
            string(most=10),
            NO_DEFAULT,
            "Y30",
            'The number. At most 10 characters, such as "Y30".',
        ),
        ("Language.", string(), NO_DEFAULT, "en-GB", 'Language, such as "en-GB".'),
        ("", string(4, 4), NO_DEFAULT, None, "4 characters."),
        ("", string(1), NO_DEFAULT, None, "At least 1 character."),
        ("", string(), NO_DEFAULT, "x", 'Example: "x".'),
        ("One.\n\nTwo.", string(), NO_DEFAULT, "x", 'One.\n\nTwo.\n\nExample: "x".'),
        ("", Nullable(integer(above=0)), NO_DEFAULT, None, "More than 0."),
        (
            "",
            Array(string(), Constraints(min_items=1, unique_items=True)),
            NO_DEFAULT,
            None,
            "At least 1 item, no two alike.",
        ),
        ("Whether it is.", Scalar(Kind.BOOLEAN), True, True, "Whether it is. Default True."),
        ("", string(), NO_DEFAULT, None, ""),
        ("Plain", string(), NO_DEFAULT, None, "Plain."),
        ("See https://example.com/a", string(), NO_DEFAULT, None, "See https://example.com/a"),
        ("Is it?", string(), NO_DEFAULT, None, "Is it?"),
        ("一つ", string(), NO_DEFAULT, None, "一つ"),
        ("", string(), Text(""), None, 'Default "".'),
        ("", string(), None, None, "Default None."),
        ("", Array(integer()), (1, 2), None, "Default [1, 2]."),
        ("", Map(integer()), {Text("a"): (Text("b"), None)}, None, 'Default {"a": ["b", None]}.'),
        ("", Array(integer()), tuple(range(100)), None, ""),
        (
            "",
            Array(string(1, 3), Constraints(max_items=2)),
            NO_DEFAULT,
            None,
            "At most 2 items, each 1 to 3 characters.",
        ),
        ("", Map(string(), Constraints(min_items=1)), NO_DEFAULT, None, "At least 1 key."),
        ("", Enumeration((0.5, 1), frozenset({Kind.NUMBER})), NO_DEFAULT, None, "One of 0.5, 1."),
    ],
)
def test_a_value_is_described_in_a_sentence_or_two(
    description: str, type: Type, default: Json | NoDefault, example: str | bool | None, expected: str
) -> None:
    """The document's words first, then what the schema adds."""
    shown = Text(example) if isinstance(example, str) else example
    docs = Docs(description=Text(description), examples=() if example is None else (shown,))
    assert expected == said(value_prose(docs, type, default))


@pytest.mark.parametrize(
    ("type", "default", "example"),
    [
        (string(), NO_DEFAULT, Text("string")),
        (string(), NO_DEFAULT, Text(" ")),
        (integer(), NO_DEFAULT, 0),
        (Scalar(Kind.BOOLEAN), NO_DEFAULT, True),
        (string(), NO_DEFAULT, None),
        (Array(string()), NO_DEFAULT, (Text("string"),)),
        (Map(string()), NO_DEFAULT, {}),
        (Nullable(Enumeration((Text("A"), Text("B")), frozenset({Kind.STRING}))), NO_DEFAULT, Text("B")),
    ],
)
def test_an_example_that_tells_nothing_is_left_out(
    type: Type, default: Json | NoDefault, example: Json
) -> None:
    """What tools fill in, and the values that the annotation lists."""
    assert "" == said(value_prose(Docs(examples=(example,)), type, default))
    shown = said(value_prose(Docs(examples=(example, Text("x"))), type, default))
    assert 'Example: "x".' == shown


def test_an_example_is_not_the_default_again() -> None:
    """Both say the same."""
    assert "Default 5." == said(value_prose(Docs(examples=(5,)), integer(), 5))


def test_values_of_a_field_are_explained() -> None:
    """As those of a named enumeration are."""
    numbers = Enumeration((1, 2), frozenset({Kind.INTEGER}), names=(Text("OPEN"), Text("PAID")))
    assert "State.\n\n- 1: OPEN\n- 2: PAID" == said(value_prose(Docs(description=Text("State")), numbers))


def test_a_summary_is_not_repeated() -> None:
    """Many documents begin the description with it."""
    assert "List items, newest first." == said(
        *paragraphs(Docs(Text("List items"), Text("List items, newest first.")))
    )
    assert "A.\n\nB.\n\nDeprecated." == said(*paragraphs(Docs(Text("A"), Text("B"), deprecated=True)))


def test_values_of_an_enumeration_are_explained() -> None:
    """By their descriptions, or by names that say more than the value."""
    numbers = Enumeration((1, 2), frozenset({Kind.INTEGER}), names=(Text("OPEN"), Text("PAID")))
    assert "- 1: OPEN\n- 2: PAID" == said(*alias_prose(Alias("#/S", (Text("S"),), numbers)))
