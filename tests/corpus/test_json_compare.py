"""What counts as a loss when a JSON value has gone through a model."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from corpus.json_compare import differences, parsed

MIDNIGHT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("before", "after"),
    [('{"a": 1, "b": null}', '{"b": null, "a": 1.0}'), ("1e2", "100"), ("[]", "[]"), ('"é"', '"\\u00e9"')],
)
def test_same_values_in_another_spelling_are_no_difference(before: str, after: str) -> None:
    """The order of keys, and how a number or a character is spelled, mean nothing in JSON."""
    assert [] == list(differences(parsed(before), parsed(after), None))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('{"a": null}', "{}", "$.a is lost"),
        ("{}", '{"a": null}', "$.a is new: null"),
        ("true", "1", "$ was true, is 1"),
        ('"1"', "1", '$ was "1", is 1'),
        ("[0.1]", "[0.10000000000000001]", '$[0] was "0.1", is "0.10000000000000001"'),
        ("[1, 2]", "[1]", "$ was [1, 2], is [1]"),
        ('{"a": "1.50"}', '{"a": "1.5"}', '$.a was "1.50", is "1.5"'),
    ],
)
def test_losses(before: str, after: str, said: str) -> None:
    """Keys, null, kinds, digits, elements and texts."""
    assert [said] == list(differences(parsed(before), parsed(after), object()))


def test_text_outside_of_models_needs_its_meaning_only() -> None:
    """A list of times was read at once; each is written as the same time, maybe in another spelling."""
    before, after = '["2026-01-02T00:00:00.000Z"]', '["2026-01-02T00:00:00Z"]'
    assert [] == list(differences(parsed(before), parsed(after), [MIDNIGHT]))
    assert 1 == len(list(differences(parsed(before), parsed('["2026-01-03T00:00:00Z"]'), [MIDNIGHT])))
    assert [] == list(differences(parsed('"1.50"'), parsed('"1.5"'), Decimal("1.5")))
