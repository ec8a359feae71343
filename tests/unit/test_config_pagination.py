"""`[packages.NAME.pagination]`: what each kind needs, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_codegen import config_file
from ionapi_codegen.config import PagesSettings
from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped

HEAD = '[packages.a]\ndocuments = ["a.json"]\n\n[packages.a.pagination]\n'


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(entries: str) -> dict[str, PagesSettings]:
    Path("ionapi.toml").write_text(HEAD + entries, "utf-8")
    (package,) = config_file.read(Path("ionapi.toml"), Diagnostics()).packages
    return dict(package.pagination)


def test_every_kind_is_read() -> None:
    """A name is a property, a list of names leads into nested ones, an empty list is the answer itself."""
    entries = """\
        a = { kind = "offset", parameter = "skip", first = 1, items = [] }
        b = { kind = "page", parameter = "page", first = 0, count = ["meta", "pages"], more = "isMore" }
        c = { kind = "cursor", parameter = "cursor", next = ["meta", "next"], items = "data" }
        d = { kind = "last-item", parameter = "after", key = "id" }
        e = { kind = "link", next = "@odata.nextLink" }
        f = { kind = "link-header" }
        g = false
        """
    place = Place("ionapi.toml")
    assert {
        "a": PagesSettings("offset", place, parameter="skip", first=1, items=()),
        "b": PagesSettings(
            "page", place, parameter="page", first=0, count=("meta", "pages"), more=("isMore",)
        ),
        "c": PagesSettings("cursor", place, parameter="cursor", next=("meta", "next"), items=("data",)),
        "d": PagesSettings("last-item", place, parameter="after", key=("id",)),
        "e": PagesSettings("link", place, next=("@odata.nextLink",)),
        "f": PagesSettings("link-header", place),
        "g": PagesSettings(None, place),
    } == read(entries)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("a = true", 'a must be a table, or false (write { kind = "cursor", … })'),
        (
            'a = { kind = "pages" }',
            "a says no kind of pagination (one of offset, page, cursor, last-item, link, link-header)",
        ),
        (
            "a = { parameter = 'x' }",
            "a says no kind of pagination (one of offset, page, cursor, last-item, link, link-header)",
        ),
        (
            "a = { kind = 'cursor', parameter = 'x' }",
            "pagination of the kind cursor needs next (add next = …)",
        ),
        (
            "a = { kind = 'link', next = 'n', item = 'x' }",
            "unknown key 'item' (did you mean items?)",
        ),
        (
            "a = { kind = 'offset', parameter = 'x', first = '1' }",
            "first must be a whole number (write first = 0)",
        ),
    ],
)
def test_mistakes_are_said_where_they_stand(entry: str, expected: str) -> None:
    """One message each, with the line of the entry and what to do."""
    Path("ionapi.toml").write_text(HEAD + entry, "utf-8")
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        config_file.read(Path("ionapi.toml"), diagnostics)
    (found,) = diagnostics.sorted()
    assert found.place is not None
    assert (5, expected) == (found.place.line, f"{found.message} ({found.help})")
