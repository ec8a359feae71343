"""Lines and columns of JSON pointers."""

from __future__ import annotations

import pytest

from ionapi_codegen.spec.positions import locate
from ionapi_codegen.spec.source import SourceFile

JSON = """\
{
  "paths": {"/a~b": {"get": [1,
    {"x": "\\"}"}]}},
  "é": {"y": 2}
}"""
YAML = """\
paths:
  /a~b:
    get: [1,
      {x: '"}'}]
é: &e {y: 2}
<<: &m
  merged: {z: 3}
alias: *e
"""


@pytest.mark.parametrize(
    ("pointer", "spot"),
    [
        ("", (1, 1)),
        ("/paths", (2, 3)),
        ("/paths/~1a~0b/get", (2, 22)),
        ("/paths/~1a~0b/get/0", (2, 30)),
        ("/paths/~1a~0b/get/1", (3, 5)),
        ("/paths/~1a~0b/get/1/x", (3, 6)),
        ("/é/y", (4, 9)),
        ("/é/missing/deeper", (4, 3)),
        ("/paths/~1a~0b/get/7", (2, 22)),
        ("/paths/~1a~0b/get/0/x", (2, 30)),
        ("/missing", (1, 1)),
    ],
)
def test_json(pointer: str, spot: tuple[int, int]) -> None:
    """A member is where its key is, an element where it begins; what is missing is where its parent is."""
    assert spot == locate(SourceFile("a.json", JSON, ""), pointer)


@pytest.mark.parametrize(
    ("pointer", "spot"),
    [
        ("/paths", (1, 1)),
        ("/paths/~1a~0b/get", (3, 5)),
        ("/paths/~1a~0b/get/0", (3, 11)),
        ("/paths/~1a~0b/get/1/x", (4, 8)),
        ("/é/y", (5, 8)),
        ("/é/missing/deeper", (5, 1)),
        ("/merged/z", (7, 12)),
        ("/alias", (8, 1)),
        ("/alias/y", (5, 8)),
        ("/paths/x/y", (1, 1)),
    ],
)
def test_yaml(pointer: str, spot: tuple[int, int]) -> None:
    """The same in YAML; what an alias or a merge key brings is where it was written."""
    assert spot == locate(SourceFile("a.yaml", YAML, ""), pointer)


@pytest.mark.parametrize("text", ["", "{", '{"a": ', "a: b: c", "<html>", "[1", "{]"])
def test_text_that_cannot_be_parsed(text: str) -> None:
    """Looking a place up never fails."""
    assert (1, 1) <= tuple(locate(SourceFile("a.json", text, ""), "/a/b"))
