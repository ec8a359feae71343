"""An `.ionapi` file is read whatever tool wrote it, keeps the place of each key, and shows no secret."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.ionapi.file import LARGEST_FILE, IonApiFile, parse, read


def parsed(text: str | bytes) -> IonApiFile:
    return parse("acme.ionapi", text if isinstance(text, bytes) else text.encode(), Diagnostics())


def refused(content: bytes) -> tuple[str, str, Place | None]:
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        parse("acme.ionapi", content, diagnostics)
    (found,) = diagnostics.sorted()
    return found.code, found.message, found.place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    """With and without a byte order mark, as Windows' editors leave it."""
    assert "ACME_TST" == parsed('{"ti": "ACME_TST"}'.encode(encoding)).text("ti")


def test_keys_in_any_case_and_unknown_ones() -> None:
    """`TI` is `ti`; what is not known is kept."""
    assert {"ti": "A", "sc": ["x"], "new": {"a": 1}} == parsed(
        '{"TI": "A", "Sc": ["x"], "new": {"a": 1}}'
    ).values


def test_places_of_keys() -> None:
    """Line and column of each key, from 1; of a key that is absent, the file."""
    file = parsed('{\r\n  "ti" : "A",\n\t"ci":"B"}')
    expected = [
        Place("acme.ionapi", line=2, column=3),
        Place("acme.ionapi", line=3, column=2),
        Place("acme.ionapi"),
    ]
    assert expected == [file.place(key) for key in ("ti", "ci", "cs")]


def test_duplicate_keys_are_refused() -> None:
    """Which of two secrets is meant nobody can tell; both places are named, the values are not."""
    code, message, place = refused(b'{"cs": "one-secret",\n "CS": "other-secret"}')
    assert "ionapi-duplicate-key" == code
    assert 'the key "cs" is there twice, first in line 1, column 2' == message
    assert Place("acme.ionapi", line=2, column=2) == place


@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ("", "it is empty", 1, 1),
        (" \n", "it is empty", 1, 1),
        ("<html>", "it does not begin with {", 1, 1),
        ("[]", "it does not begin with {", 1, 1),
        ('{"ti": "A"', "a comma or } is missing", 1, 11),
        ('{"ti": "A" "ci": "B"}', "a comma or } is missing", 1, 12),
        ('{"ti" "A"}', "a colon after the key is missing", 1, 7),
        ("{'ti': 'A'}", "a key in double quotes is missing", 1, 2),
        ('{"ti": "A",}', "a key in double quotes is missing", 1, 12),
        ('{\n"cs": secret}', "here is no JSON value", 2, 7),
        ('{"cs": "secret\n"}', "here is no JSON value", 1, 8),
        ("{} {}", "there is more text after the closing }", 1, 4),
        ('{"a": ' + "[" * 100_000, "here is no JSON value", 1, 7),
    ],
)
def test_broken_text(text: str, reason: str, line: int, column: int) -> None:
    """What is no JSON object is refused with the reason and the place, and nothing of it is repeated."""
    expected = (
        "ionapi-not-json",
        f"the .ionapi file is no JSON object: {reason}",
        Place("acme.ionapi", line=line, column=column),
    )
    assert expected == refused(text.encode())


def test_bytes_that_are_no_text() -> None:
    """A file in another encoding is refused by that name."""
    assert "the .ionapi file is no JSON object: its text is not UTF-8" == refused(b'{"cs": "\xff\xfa"}')[1]


def test_too_large() -> None:
    """Nobody's `.ionapi` file has a megabyte."""
    assert "ionapi-unreadable" == refused(b"{" + b" " * LARGEST_FILE + b"}")[0]


def test_no_such_file(tmp_path: Path) -> None:
    """A missing file and a folder are one message each, with the name as given."""
    for path in (tmp_path / "none.ionapi", tmp_path):
        diagnostics = Diagnostics()
        with pytest.raises(Stopped):
            read(path, diagnostics)
        (found,) = diagnostics.sorted()
        assert ("ionapi-unreadable", Place(str(path))) == (found.code, found.place)


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    """Neither the file nor anything inside it has a `repr` with a value."""
    path = tmp_path / "acme.ionapi"
    path.write_text(json.dumps({"cs": "hidden-1", "sask": "hidden-2"}), "utf-8")
    file = read(path, Diagnostics())
    assert "hidden" not in repr(file)
    assert f"IonApiFile(name={os.fspath(path)!r})" == repr(file)
