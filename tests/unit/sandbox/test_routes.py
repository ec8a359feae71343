"""Paths lead to operations: the most literal template wins, and the number of templates does not matter."""

from __future__ import annotations

import pytest

from ionapi_codegen.sandbox.routes import Found, Routes


def routes(*templates: str) -> Routes[str]:
    made: Routes[str] = Routes()
    for template in templates:
        made.add("GET", template, template)
    return made


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/orders", Found("/orders", {})),
        ("/orders/7", Found("/orders/{id}", {"id": "7"})),
        ("/orders/new", Found("/orders/new", {})),
        ("/orders/7.json", Found("/orders/{id}.json", {"id": "7"})),
        ("/orders/a%2Fb", Found("/orders/{id}", {"id": "a/b"})),
        ("/orders/%7Bid%7D", Found("/orders/{id}", {"id": "{id}"})),
        ("/orders/new/lines", Found("/orders/{id}/lines", {"id": "new"})),
        ("/range/1..9", Found("/range/{from}..{to}", {"from": "1", "to": "9"})),
        ("/", Found("/", {})),
        ("/set('x')", Found("/set({key})", {"key": "'x'"})),
        ("/orders/", None),
        ("/orders/7/8", None),
        ("/nothing", None),
    ],
)
def test_find(path: str, expected: Found[str] | None) -> None:
    """Literal segments before mixed ones before variables; the rest of a path may still decide for the
    variable."""
    made = routes(
        "/",
        "/orders",
        "/orders/{id}",
        "/orders/new",
        "/orders/{id}.json",
        "/orders/{id}/lines",
        "/range/{from}..{to}",
        "/set({key})",
    )
    assert expected == made.find("GET", path)


def test_query_and_fragment_of_a_template_are_no_path() -> None:
    """`/search?kind=a` and `/search#b` are found at `/search`, the first one first."""
    found = routes("/search?kind=a", "/search#b").find("GET", "/search")
    assert Found("/search?kind=a", {}) == found


def test_methods() -> None:
    """A path that is there for other methods is told from one that is not there."""
    made = routes("/a/{x}")
    made.add("POST", "/a/b", "post")
    assert made.find("DELETE", "/a/b") is None
    assert ["GET", "POST"] == made.methods("/a/b")
    assert [] == made.methods("/b")


def test_a_variable_template_serves_the_methods_its_literal_sibling_lacks() -> None:
    """GET /a/{x} answers /a/b although only POST is literal."""
    made = routes("/a/{x}")
    made.add("POST", "/a/b", "post")
    assert Found("/a/{x}", {"x": "b"}) == made.find("GET", "/a/b")
