"""Changes on the page: what they amount to, and what each of them is about on either side."""

from __future__ import annotations

import json
import re

import pytest

from ionapi_codegen.changes.model import Breaks, Change, Level, Side
from ionapi_codegen.changes.package_model import decode, encode
from ionapi_codegen.report_page.comparison import Finder, comparison
from ionapi_codegen.report_page.holdings import holdings
from ionapi_codegen.report_page.pairing import models, operations
from ionapi_codegen.report_page.report import render, report
from ionapi_codegen.report_page.wording import Words
from tests_support.sides import side

OLD = """
    openapi: 3.1.0
    info: {title: Shop, version: "1.0"}
    paths:
      /orders: {get: {tags: [orders], operationId: listOrders, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}}}
      /gone: {get: {operationId: gone, responses: {"204": {description: ok}}}}
    components: {schemas: {Order: {type: object, properties: {total: {type: string}}}, Line: {type: object, properties: {a: {type: string}}}}}
"""
NEW = """
    openapi: 3.1.0
    info: {title: Shop, version: "2.0"}
    paths:
      /orders: {get: {tags: [orders], operationId: listOrders, parameters: [{name: page, in: query, required: true, schema: {type: integer}}], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}}}
      /new: {get: {operationId: new, responses: {"204": {description: ok}}}}
    components: {schemas: {Order: {type: object, properties: {total: {type: number}}}, OrderLine: {type: object, properties: {a: {type: string}}}}}
"""
REQUIRED = Change(
    Level.BREAKING,
    (Breaks.SOURCE, Breaks.WIRE),
    "parameter-required",
    "orders.list_orders",
    "parameter page became required",
    Side("optional", "old.yaml:6:7", "/paths/~1orders/get/parameters/0"),
    Side("required", "new.yaml:6:7", "/paths/~1orders/get/parameters/0"),
)
RETYPED = Change(
    Level.BREAKING, (Breaks.SOURCE,), "field-type", "Order.total", "type changed", Side("str"), Side("float")
)
REMOVED = Change(Level.BREAKING, (Breaks.SOURCE,), "operation-removed", "gone", "removed", Side(), None)
ADDED = Change(Level.COMPATIBLE, (), "operation-added", "new", "added", None, Side())
RENAMED = Change(
    Level.BREAKING,
    (Breaks.SOURCE,),
    "model-renamed",
    "OrderLine",
    "was Line",
    Side("Line", None, "/components/schemas/Line"),
    Side("OrderLine", None, "/components/schemas/OrderLine"),
)
ALL = (REQUIRED, RETYPED, REMOVED, RENAMED, ADDED)


def finder() -> Finder:
    old, new = holdings(side(OLD).apis, {}, Words(remembers=False)), holdings(
        side(NEW).apis, {}, Words(remembers=False)
    )
    return Finder(operations(old, new), models(old, new))


@pytest.mark.parametrize(
    ("change", "sides"),
    [
        (REQUIRED, ("o1", "o1")),
        (RETYPED, ("m0", "m0")),
        (REMOVED, ("o2", "")),
        (ADDED, ("", "o0")),
        (RENAMED, ("m2", "m1")),
    ],
)
def test_a_change_leads_to_what_it_is_about_on_both_sides(change: Change, sides: tuple[str, str]) -> None:
    assert sides == finder().sides(change)


def test_the_package_may_stand_before_the_name() -> None:
    named = Change(Level.COMPATIBLE, (), "x", "shop.orders.list_orders", "x", Side(), Side())
    assert ("o1", "o1") == finder().sides(named)


def test_a_change_of_something_that_is_not_on_the_page_leads_nowhere() -> None:
    other = Change(Level.DOCUMENTATION, (), "x", "info.title", "x", Side(), Side(None, None, "/info/title"))
    assert ("", "") == finder().sides(other)


@pytest.mark.parametrize(
    ("changes", "mood", "sentence"),
    [
        (ALL, "bad", "4 changes break something for those who call this API."),
        ((REMOVED,), "bad", "1 change breaks something for those who call this API."),
        ((ADDED,), "good", "Nothing breaks: who calls this API can take the new client as it is."),
        ((), "good", "Nothing has changed for those who call this API."),
    ],
)
def test_the_verdict_is_one_sentence(changes: tuple[Change, ...], mood: str, sentence: str) -> None:
    verdict = comparison(changes, finder()).verdict
    assert (mood, sentence) == (verdict.mood, verdict.sentence)


def test_tiles_count_by_level_and_by_what_breaks() -> None:
    assert [
        ("breaking", 4),
        ("in source", 4),
        ("on the wire", 1),
        ("compatible", 1),
        ("documentation", 0),
    ] == [(tile.name, tile.count) for tile in comparison(ALL, finder()).tiles]


def test_a_renamed_model_is_one_thing_with_two_sides() -> None:
    page = render(side(OLD), side(NEW), ALL)
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    tree = json.loads(found[1])
    pairs = [tuple(number >= 0 for number in pair[:2]) for pair in tree["models"]]
    assert [(True, True), (True, True)] == pairs
    assert {"o1": [0], "m0": [1], "o2": [2], "m1": [3], "o0": [4]} == tree["changes"]


def test_every_change_stands_in_the_page_with_both_sides() -> None:
    page = render(side(OLD), side(NEW), ALL)
    assert "1.0 → 2.0" in page
    for text in (
        '<code class="where">orders.list_orders</code>',
        "parameter page became required",
        "<del>optional</del>",
        "<ins>required</ins>",
        '<a href="#o1.old">before</a>',
        '<a href="#o1.new">after</a>',
        "old.yaml:6:7",
        "new.yaml:6:7",
    ):
        assert text in page


def test_the_same_sides_give_the_same_bytes() -> None:
    assert render(side(OLD), side(NEW), ALL) == render(side(OLD), side(NEW), ALL)


def test_a_hostile_change_is_text() -> None:
    evil = "</script><script>alert(1)</script>"
    change = Change(Level.BREAKING, (), "x", evil, evil, Side(f"{evil}a", evil, evil), Side(f"{evil}b", evil))
    page = render(side(OLD), side(NEW), (change,))
    assert "<script>alert" not in page
    assert 6 == page.count("&lt;script&gt;alert(1)")


def test_a_package_takes_the_words_of_the_document_that_says_the_same() -> None:
    """It keeps digests of descriptions: what is said alike is no difference, and shown."""
    told = OLD.replace("operationId: gone,", "operationId: gone, summary: Goes away., ")
    document = side(told)
    package = decode(encode(document.apis, {}, None), "shop")
    page = render(package, document, ())
    assert "Goes away." in page
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    tree = json.loads(found[1])
    assert all(pair[0] == pair[1] for pair in (*tree["operations"], *tree["models"]))
    assert "Goes away." in render(document, package, ())
    assert "Goes away." not in report(package)
    assert "\\u0000" not in report(package)
