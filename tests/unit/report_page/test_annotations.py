"""Types in the words of the client's annotations."""

from __future__ import annotations

import pytest

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
from ionapi_codegen.report_page.annotations import limits, told

TEXT, WHOLE = Scalar(Kind.STRING), Scalar(Kind.INTEGER)


@pytest.mark.parametrize(
    ("type", "words"),
    [
        (TEXT, ("str",)),
        (Scalar(Kind.DECIMAL_STRING), ("Decimal",)),
        (Nullable(Array(Ref("#/Order"))), ("list[", Ref("#/Order"), "] | None")),
        (Map(Union((TEXT, Ref("#/A")))), ("dict[str, str | ", Ref("#/A"), "]")),
        (TupleOf((TEXT, WHOLE)), ("tuple[str, int]",)),
        (TupleOf((TEXT,), WHOLE), ("tuple[str, int, ...]",)),
        (Anything(), ("anything",)),
        (Nothing(), ("nothing",)),
        (Enumeration((Text("A"), 2, True), frozenset({Kind.STRING})), ('"A" | 2 | True',)),
    ],
)
def test_a_type_reads_like_an_annotation(type: Type, words: tuple[object, ...]) -> None:
    assert words == told(type)


def test_of_a_long_enumeration_the_first_values_are_told() -> None:
    values = tuple(Text(f"v{number}") for number in range(40))
    (words,) = told(Enumeration(values, frozenset({Kind.STRING})))
    assert isinstance(words, str)
    assert words.startswith('"v0" | "v1" | ')
    assert words.endswith('"v11" | … 28 more')


def test_a_number_of_thousands_of_digits_does_not_stop_the_page() -> None:
    """Python refuses to turn it into text."""
    assert ("a very long number",) == told(Enumeration((10**5000,), frozenset({Kind.INTEGER})))
    assert "≥ a very long number" == limits(Scalar(Kind.INTEGER, None, Constraints(minimum=10**5000)))


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        (Constraints(max_length=10), "at most 10 characters"),
        (Constraints(min_length=1, max_length=1), "1 character"),
        (Constraints(min_length=2, pattern=Text("^[A-Z]+$")), "at least 2 characters, like ^[A-Z]+$"),
        (Constraints(minimum=0, exclusive_maximum=1.5), "≥ 0, < 1.5"),
        (Constraints(multiple_of=5), "a multiple of 5"),
    ],
)
def test_limits_are_told_in_words(constraints: Constraints, words: str) -> None:
    assert words == limits(Nullable(Scalar(Kind.STRING, None, constraints)))


def test_limits_of_lists_count_items() -> None:
    assert "at most 3 items, each once" == limits(Array(TEXT, Constraints(max_items=3, unique_items=True)))
