"""How JSON is read."""

from __future__ import annotations

import pytest

from ionapi_codegen.spec.load_json import load_json

from .conftest import Refusal


def test_integers_of_any_size() -> None:
    """No digit of an integer is lost."""
    assert {"a": 2**200} == load_json(f'{{"a": {2**200}}}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a" 1}', "json-syntax 1:6 this is not valid JSON: the colon after the key is missing"),
        ('{"a": 1}\n{}', "json-syntax 2:1 this is not valid JSON: there is more text after its end"),
        ('{"a": 1,}', "json-syntax 1:8 this is not valid JSON: there is a comma before the closing bracket"),
        ("{'a': 1}", "json-syntax 1:2 this is not valid JSON: there is a single quote"),
        ('{"a": [1', "json-syntax 1:9 this is not valid JSON: it ends too early"),
        ('{"a": "b', "json-syntax 1:7 this is not valid JSON: it ends too early"),
        ('{"a": // b\n1}', "json-syntax 1:7 this is not valid JSON: a value is missing"),
        ("{a: 1}", "json-syntax 1:2 this is not valid JSON: a key in double quotes is missing"),
        (
            '{"a": 1 "b": 2}',
            "json-syntax 1:9 this is not valid JSON: a comma or a closing bracket is missing",
        ),
        (
            '{"a": "\n"}',
            "json-syntax 1:8 this is not valid JSON: a line break or control character is inside a text",
        ),
        ('{"a": "\\q"}', "json-syntax 1:8 this is not valid JSON: this is no escape of JSON"),
        ('{"a": "NaN",\n "b": NaN}', "json-syntax 2:7 NaN is no JSON value"),
        ('{"a": -Infinity}', "json-syntax 1:7 -Infinity is no JSON value"),
        (
            '{"a": 1,\n "a": 2}',
            "duplicate-key 2:2 the key 'a' stands twice in one object: in line 1, column 2, and here",
        ),
        (
            '{"x": [{"a": "a"}, {"b": {"k": 1,\n\n"k": 2}}], "y": 1}',
            "duplicate-key 3:1 the key 'k' stands twice in one object: in line 1, column 27, and here",
        ),
        ('{"a": ' + "9" * 5000 + "}", "number-too-long 1:7 this number has thousands of digits"),
    ],
)
def test_wrong_json(refusal: Refusal, text: str, said: str) -> None:
    """What is no JSON, or ambiguous, is one message at its place."""
    assert said == refusal(text)
