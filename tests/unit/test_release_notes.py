"""What a regeneration changed: the section of the changelog, and the lines of the terminal."""

from __future__ import annotations

import pytest

from ionapi_codegen.changes.model import Breaks, Change, Level
from ionapi_codegen.release_notes import Version, counted, lines, proposal, section, version

BREAKING = Change(
    Level.BREAKING,
    (Breaks.SOURCE, Breaks.WIRE),
    "parameter-required",
    "orders.list_orders",
    "parameter page became required",
    None,
    None,
)
COMPATIBLE = Change(Level.COMPATIBLE, (), "property-added", "Order.note", "added", None, None)
TOLD = Change(Level.DOCUMENTATION, (), "description", "Order", "description changed", None, None)


def test_a_section_tells_versions_and_changes_by_level() -> None:
    expected = """\
## 1.4.0 → 2.0.0

Proposed version: 2.0.0

### Breaking

- `orders.list_orders`: parameter page became required *(source, wire)*

### Compatible

- `Order.note`: added

### Documentation

- `Order`: description changed
"""
    assert expected == section([BREAKING, COMPATIBLE, TOLD], {"shop": "1.4.0"}, {"shop": "2.0.0"}, None)


@pytest.mark.parametrize("changes", [[], [TOLD]])
def test_no_section_where_the_api_is_the_same(changes: list[Change]) -> None:
    assert section(changes, {"shop": "1"}, {"shop": "2"}, None) is None


@pytest.mark.parametrize(
    ("old", "new", "heading"),
    [
        ({"shop": "1.0"}, {"shop": "1.0"}, "## 1.0 → 1.0"),
        ({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, "## a 1 → 2"),
        ({"a": "1"}, {"a": "1", "b": "3"}, "## b new → 3"),
        ({"a": "1", "b": "3"}, {"a": "1"}, "## b 3 → gone"),
        ({"a": "1", "b": "3"}, {"a": "1", "b": "3"}, "## 2 APIs, versions as before"),
        (dict.fromkeys("abcde", "1"), dict.fromkeys("abcde", "2"), "## a 1 → 2, b 1 → 2, c 1 → 2 and 2 more"),
    ],
)
def test_the_heading_names_the_documents_that_have_another_version(
    old: dict[str, str], new: dict[str, str], heading: str
) -> None:
    text = section([COMPATIBLE], old, new, None)
    assert text is not None
    assert heading == text.partition("\n")[0]


@pytest.mark.parametrize(
    ("changes", "old", "new", "last", "expected"),
    [
        ([BREAKING], "1.4.2", "1.4.2", None, (2, 0, 0)),
        ([COMPATIBLE], "1.4.2", "1.4.2", None, (1, 5, 0)),
        ([BREAKING], "0.4.2", "0.4.2", None, (0, 5, 0)),
        ([COMPATIBLE], "0.4.2", "0.4.2", None, (0, 4, 3)),
        ([COMPATIBLE], "1.0.0", "1.0.0", (1, 6, 0), (1, 7, 0)),
        ([COMPATIBLE], "1.0.0", "3.1.0", (1, 6, 0), (3, 1, 0)),
        ([COMPATIBLE], "v2", "v2", None, (2, 1, 0)),
        ([BREAKING], "2022-11-28", "2022-11-28", None, (0, 1, 0)),
    ],
)
def test_the_next_version_is_proposed(
    changes: list[Change], old: str, new: str, last: Version | None, expected: Version
) -> None:
    assert expected == proposal(changes, [old], [new], last)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.2.3", (1, 2, 3)),
        ("v2", (2, 0, 0)),
        ("1.2.3-rc.1+7", (1, 2, 3)),
        ("2022-11-28", None),
        ("latest", None),
        ("1.2.3.4", None),
        ("", None),
        ("1." + "9" * 5000, None),
    ],
)
def test_what_is_no_version_has_no_numbers(text: str, numbers: Version | None) -> None:
    assert numbers == version(text)


def test_a_section_is_bounded() -> None:
    text = section([BREAKING] * 1000, {"a": "1"}, {"a": "1"}, None)
    assert text is not None
    assert 200 == text.count("orders.list_orders")
    assert text.endswith("- … and 800 more\n")


def test_text_of_a_document_is_no_markdown() -> None:
    evil = Change(Level.BREAKING, (), "x", "a`b", "<img src=x> *b* [c](d)\n## e", None, None)
    text = section([evil], {"a": "1\n# x"}, {"a": "<b>"}, None)
    assert text is not None
    assert "- `a'b`: \\<img src=x> \\*b\\* [c\\](d) ## e\n" in text
    assert text.startswith("## 1 # x → \\<b>\n")


def test_the_terminal_shows_what_callers_notice() -> None:
    assert [
        "breaking: orders.list_orders: parameter page became required (source, wire)",
        "compatible: Order.note: added",
        "changes of the API: 1 breaking, 1 compatible, 1 documentation",
    ] == list(lines([BREAKING, COMPATIBLE, TOLD]))
    assert [] == list(lines([]))


def test_the_terminal_shows_as_many_as_can_be_read() -> None:
    found = list(lines([BREAKING] * 1000))
    assert 22 == len(found)
    assert "… and 980 more" == found[-2]


def test_a_terminal_obeys_nothing() -> None:
    evil = Change(Level.BREAKING, (), "x", "a\x1b[2J", "b\nc", None, None)
    assert "breaking: a\ufffd[2J: b c" == next(lines([evil]))


def test_counts_leave_out_levels_without_changes() -> None:
    assert "1 breaking" == counted([BREAKING])
    assert "" == counted([])
