"""What media types mean for a client."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.operation import Content
from ionapi_codegen.ir.schema import Kind, Nullable, Scalar, Type
from ionapi_codegen.targets.python.media import Family, family, preferred

BYTES, TEXT = Scalar(Kind.BINARY), Scalar(Kind.STRING)


@pytest.mark.parametrize(
    ("media_type", "type_", "expected"),
    [
        ("*/*", None, Family.BINARY),
        ("*/*", BYTES, Family.BINARY),
        ("application/*", Nullable(BYTES), Family.BINARY),
        ("*/*", TEXT, Family.JSON),
        ("application/*+json", TEXT, Family.JSON),
        ("image/*", TEXT, Family.BINARY),
        ("text/*", TEXT, Family.TEXT),
    ],
)
def test_ranges(media_type: str, type_: Type | None, expected: Family) -> None:
    """One that may be anything is JSON where its schema describes a value, and bytes where it describes those."""
    assert expected is family(Content(media_type, type_))


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ((("image/png", BYTES), ("image/svg+xml", BYTES)), "image/png"),
        ((("image/png", BYTES), ("image/svg+xml", TEXT)), "image/svg+xml"),
        ((("text/csv", BYTES), ("application/json", TEXT)), "application/json"),
    ],
)
def test_preferred(offered: tuple[tuple[str, Type], ...], expected: str) -> None:
    """JSON before text before bytes, and of those the document's first."""
    found = preferred(Content(media, type_) for media, type_ in offered)
    assert found is not None
    assert expected == found.media_type
