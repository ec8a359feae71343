"""How YAML is read: as JSON would be."""

from __future__ import annotations

import copy
import json
import textwrap

import pytest
import yaml

from ionapi_codegen.spec import load_yaml as module
from ionapi_codegen.spec.load_yaml import load_yaml

from .conftest import Refusal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18:00", "18:00"),
        ("2024-01-31", "2024-01-31"),
        ("2024-01-31T10:00:00Z", "2024-01-31T10:00:00Z"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("1_000", "1_000"),
        ("1e-08", 1e-08),
        ("1.5", 1.5),
        (".5", 0.5),
        ("+1", 1),
        ("0o17", 15),
        ("0x1F", 31),
        ("010", 10),
        ("true", True),
        ("False", False),
        ("~", None),
        ("Null", None),
        ("", None),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("! 1", "1"),
        ("!!int 1", 1),
        ("!!float 1", 1.0),
        ("1.2.3", "1.2.3"),
        ("-", [None]),
        ("--x", "--x"),
        ("-.inf", float("-inf")),
        ("=", "="),
    ],
)
@pytest.mark.parametrize("parser", ["C", "Python"])
def test_scalars(text: str, value: object, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scalars mean what they mean in YAML 1.2's core schema, with either of PyYAML's parsers."""
    if parser == "Python":
        monkeypatch.setattr(module, "_PARSER", yaml.Loader)
    read = load_yaml(f"a: {text}" if text != "-" else "a:\n- ")
    assert {"a": value} == read
    assert isinstance(read, dict)
    assert isinstance(read["a"], type(value)) and isinstance(read["a"], bool) == isinstance(value, bool)


@pytest.mark.parametrize("text", ["1.10", "1e3", "0777", "0x1F", "0o17", "+1", ".5", "1.", "12", "1.5"])
def test_numbers_know_their_text(text: str) -> None:
    """A version `1.10` without quotes can still be read as the string that it was meant to be."""
    read = load_yaml(f"a: {text}")
    assert isinstance(read, dict)
    assert text == str(read["a"])
    again = copy.deepcopy(read)["a"]
    assert (text, read["a"]) == (str(again), again)
    assert json.dumps(read["a"] + 0) == json.dumps(read["a"])


def test_keys_are_strings() -> None:
    """A key is its text, whatever YAML takes it for."""
    text = "200: a\non: b\nnull: c\n1.0: d\ntrue: e\n0x1: f"
    assert {"200": "a", "on": "b", "null": "c", "1.0": "d", "true": "e", "0x1": "f"} == load_yaml(text)


def test_anchors_and_merge_keys() -> None:
    """`<<` adds what is not there, wherever it stands; of several mappings the first counts."""
    text = """\
    base: &base {a: 1, b: 1}
    other: &other {b: 2, c: 2}
    key: &key word
    merged:
      b: 3
      <<: [*base, *other]
      "d": 4
      "<<": 5
    copy: *base
    *key : value
    """
    read = load_yaml(textwrap.dedent(text))
    assert isinstance(read, dict)
    assert {"b": 3, "a": 1, "c": 2, "d": 4, "<<": 5} == read["merged"]
    assert read["base"] is read["copy"]
    assert "value" == read["word"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "yaml-syntax 1:5 this is not valid YAML: mapping values are not allowed in this context"),
        (
            "a: 1\nb: 2\na: 3",
            "duplicate-key 3:1 the key 'a' stands twice in one object: in line 1, column 1, and here",
        ),
        ("a: 1\n---\nb: 1", "yaml-documents 2:1 a second document starts here; a file holds one"),
        (
            "a: !python/object:os.system x",
            "yaml-tag 1:4 the tag '!python/object:os.system' has no meaning in JSON",
        ),
        ("a: !!binary eA==", "yaml-tag 1:4 the tag '!!binary' has no meaning in JSON"),
        ("a: !!int x", "yaml-tag 1:4 'x' is no value of the kind that its tag names"),
        ("? [a]\n: b", "yaml-key 1:3 a list or an object cannot be a key"),
        ("? {a: b}\n: b", "yaml-key 1:3 a list or an object cannot be a key"),
        ("a: *b", "yaml-alias 1:4 the alias '*b' has no anchor before it"),
        ("a: &b [*b]", "yaml-alias 1:8 the alias '*b' stands for a value that it is part of"),
        ("a:\n  <<: 1", "yaml-merge 2:3 what << adds must be a mapping or a list of mappings"),
        ("a: " + "9" * 5000, "number-too-long 1:4 this number has thousands of digits"),
        ("a: 1\nb: \x01", "yaml-syntax 2:4 this is not valid YAML: the file has a control character here"),
    ],
)
def test_wrong_yaml(refusal: Refusal, text: str, said: str) -> None:
    """What is no YAML, or has no meaning in JSON, is one message at its place."""
    assert said == refusal(text)
