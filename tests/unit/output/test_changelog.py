"""`CHANGELOG.md`: sections go in above the others, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.output.changelog import proposed_version, with_section

FIRST = "## 1.0.0 → 1.1.0\n\nProposed version: 1.1.0\n\n- one\n"
SECOND = "## 1.1.0 → 2.0.0\n\nProposed version: 2.0.0\n\n- two\n"


def test_the_first_section_comes_with_an_introduction() -> None:
    text = with_section(None, FIRST).decode()
    assert text.startswith("# Changelog\n\n")
    assert text.endswith(f"\n\n{FIRST}")


def test_a_new_section_stands_above_the_others() -> None:
    text = with_section(with_section(None, FIRST), SECOND).decode()
    assert text.endswith(f"\n\n{SECOND}\n{FIRST}")


def test_what_people_wrote_stays_where_it_is() -> None:
    before, after = b"# Ours\n\nAsk in #orders.\n\n", b"## Notes\n\nedited \xff by hand\n"
    assert before + FIRST.encode() + b"\n" + after == with_section(before + after, FIRST)


def test_a_file_without_sections_gets_one_at_its_end() -> None:
    assert b"# Ours\n\n" + FIRST.encode() == with_section(b"# Ours", FIRST)


def test_a_heading_in_a_block_of_code_is_none() -> None:
    before = b"# Ours\n\n```\n## not a heading\n```\n\n"
    assert before + FIRST.encode() + b"\n## Notes\n" == with_section(before + b"## Notes\n", FIRST)


def test_line_ends_are_those_of_the_file() -> None:
    text = with_section(b"# Ours\r\n\r\n## Notes\r\n", FIRST)
    assert text.count(b"\n") == text.count(b"\r\n")


def test_the_same_section_is_not_put_in_twice() -> None:
    """A run that was killed after it wrote the file is repeated by the next."""
    once = with_section(None, FIRST)
    assert once == with_section(once, FIRST)
    assert once == with_section(once, FIRST.replace("version: 1.1.0", "version: 1.2.0"))


def test_the_same_change_a_second_time_is_told_a_second_time() -> None:
    text = with_section(with_section(with_section(None, FIRST), SECOND), FIRST)
    assert 2 == text.count(FIRST.encode())


@given(st.binary(min_size=1).filter(bytes.strip))
def test_every_byte_of_the_file_is_still_there(existing: bytes) -> None:
    """In its order: the section with the space around it is all that has come."""
    text = with_section(existing, FIRST)
    rest = iter(text)
    assert all(byte in rest for byte in existing)
    assert len(text) <= len(existing) + len(FIRST.encode()) + FIRST.count("\n") + 4


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (None, None),
        (b"# Ours\n", None),
        (with_section(with_section(None, FIRST), SECOND), (2, 0, 0)),
        (b"## x\nProposed version: **3.1.4**\n## y\nProposed version: 1.0.0\n", (3, 1, 4)),
    ],
)
def test_the_newest_proposal_counts(text: bytes | None, version: tuple[int, int, int] | None) -> None:
    assert version == proposed_version(text)
