"""Text of documents on the page: in one line, visible, bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.ir.schema import Docs
from ionapi_codegen.ir.text import Text
from ionapi_codegen.report_page.wording import described, plain, short


def test_line_breaks_and_spaces_become_one_space() -> None:
    assert "Who buys, and where" == plain(Text(" Who buys,\r\n\tand   where\n"))


@pytest.mark.parametrize(
    "mark", ["\0", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\u200f", "\ufeff"]
)
def test_what_is_not_seen_or_turns_the_text_around_is_shown_as_such(mark: str) -> None:
    assert "a\ufffdb" == plain(Text(f"a{mark}b"))


@given(st.text())
def test_any_text_can_be_encoded_and_is_bounded(text: str) -> None:
    line = short(Text(text), 20)
    assert line.encode("utf-8").decode("utf-8") == line
    assert len(line) <= 22
    assert line.isprintable() or not line.isascii()


def test_a_long_text_ends_between_words() -> None:
    assert "one two …" == short(Text("one two, three"), 9)
    assert "" == short(None)


def test_a_link_is_its_words() -> None:
    assert "see the manual." == short(Text("see [the manual](https://example.com/a?b=c)."))


@pytest.mark.parametrize(
    ("summary", "description", "said"),
    [
        ("List customers.", "Newest first.", "List customers. Newest first."),
        ("List customers", "List customers, newest first.", "List customers, newest first."),
        ("List customers", None, "List customers"),
        (None, None, ""),
    ],
)
def test_summary_and_description_do_not_repeat_each_other(
    summary: str | None, description: str | None, said: str
) -> None:
    docs = Docs(Text(summary) if summary else None, Text(description) if description else None)
    assert said == described(docs)
