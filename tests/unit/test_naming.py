"""Names of packages: the title's words, always importable."""

from __future__ import annotations

import keyword
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen import naming


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("CRS610MI - Customer interface", "crs610mi"),
        ("Orders & Returns API", "orders_returns_api"),
        ("GitHub v3 REST API", "github_v3_rest_api"),
        ("  Pet-Store  ", "pet_store"),
        ("3D Printing", "api_3d_printing"),
        ("JSON", "json_api"),
        ("Class", "class_api"),
        ("注文", "orders"),
        ("注文 - orders", "orders"),
        ("", "orders"),
    ],
)
def test_a_title_becomes_a_name(title: str, expected: str) -> None:
    assert expected == naming.from_title(title, "orders")


@given(st.text(), st.text())
def test_every_title_gives_a_name_that_can_be_imported(title: str, stem: str) -> None:
    name = naming.from_title(title, stem)

    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name not in sys.stdlib_module_names
    assert naming.objection(name) is None


@pytest.mark.parametrize(
    "name",
    ["class", "None", "json", "JSON", "1api", "a-b", "a.b", "", "__init__", "größe", "con", "AUX", "x" * 101],
)
def test_a_name_that_cannot_be_a_package_is_objected_to(name: str) -> None:
    assert naming.objection(name)
