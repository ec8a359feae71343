"""What an API is called in sentences of our own."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.titles import called, title


def api(written: str) -> Api:
    return Api(Text(written), Text("1"), (), {})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Orders", "Orders"),
        ("CRS610MI - Customer interface", "CRS610MI"),
        ("a\nb # coding: rot13", "a b coding rot13"),
        ("", "shop"),
        ("x" * 60, "x" * 60),
        ("x" * 70, "x" * 60),
        (
            "Food, Civil Supplies and Consumer Affairs Department, Karnataka",
            "Food, Civil Supplies and Consumer Affairs Department",
        ),
        (
            "U.S. EPA Enforcement and Compliance History Online (ECHO) - Effluent Charting",
            "U.S. EPA Enforcement and Compliance History Online (ECHO)",
        ),
        (
            "The register of everything that is bought or sold in towns (and in villages, too)",
            "The register of everything that is bought or sold in towns",
        ),
    ],
)
def test_a_title_is_one_short_line(written: str, expected: str) -> None:
    """What stands before a dash; of a long one the first words."""
    assert expected == title(api(written), "shop")


def test_it_is_called_an_api_once() -> None:
    """Many documents say so themselves."""
    assert ("the Orders API", "the Orders API") == (called(api("Orders"), ""), called(api("Orders API"), ""))
