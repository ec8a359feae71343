"""The report in a real browser: it works, says nothing on the console, and asks nobody for anything.

Skipped where there is no browser; `tests_support/browser.py` says how to get one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ionapi_codegen.changes.model import Breaks, Change, Level, Side
from ionapi_codegen.report_page import render, report
from tests_support.browser import browser
from tests_support.sides import side

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
ORDERS = (Path(__file__).parent.parent / "specs" / "orders.yaml").read_text("utf-8")
STRICTER = ORDERS.replace('        email: {type: [string, "null"]', '        mail: {type: [string, "null"]')
CHANGES = (
    Change(
        Level.BREAKING,
        (Breaks.SOURCE, Breaks.WIRE),
        "property-renamed",
        "Customer.mail",
        "email is now called mail",
        Side("email", "old.yaml:1:1", "/components/schemas/Customer/properties/email"),
        Side("mail", "new.yaml:1:1", "/components/schemas/Customer/properties/mail"),
    ),
    Change(Level.COMPATIBLE, (), "x", "customers.list_customers", "parameter added", None, Side("str")),
)


@dataclass
class Shown:
    """A page in the browser; `said` is what its console and its requests were, beyond the page itself."""

    page: Page
    said: list[str] = field(default_factory=list)

    def note(self, request: Request) -> None:
        """What the page asks for; itself it may."""
        if not request.is_navigation_request():
            self.said.append(f"request: {request.url}")


Show: TypeAlias = Callable[..., Shown]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Show]:
    """`show(html)`: the page, from a file. Ends with an error where it has said anything."""
    contexts = []
    opened: list[Shown] = []

    def make(
        html: str, scheme: str = "light", width: int = 1200, scripts: bool = True, hash: str = ""
    ) -> Shown:
        file = tmp_path / "report.html"
        file.write_text(html, "utf-8", newline="\n")
        context = chromium.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 850},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        shown = Shown(context.new_page())
        opened.append(shown)
        shown.page.on("console", lambda message: shown.said.append(f"console: {message.text}"))
        shown.page.on("pageerror", lambda failure: shown.said.append(f"error: {failure}"))
        shown.page.on("dialog", lambda dialog: shown.said.append(f"dialog: {dialog.message}"))
        shown.page.on("request", shown.note)
        shown.page.goto(file.as_uri() + hash)
        return shown

    yield make
    for context in contexts:
        context.close()
    assert [] == [said for shown in opened for said in shown.said]


def test_groups_open_and_show_their_operations(show: Show) -> None:
    page = show(report(side(ORDERS))).page
    assert "Orders" == page.inner_text("h1")
    group = page.locator("details.group", has_text="customers")
    assert 5 == group.locator(".rows > a").count()
    assert "customers.list_customers" in group.inner_text()


def test_an_operation_shows_what_it_takes_and_leads_to_its_models(show: Show) -> None:
    page = show(report(side(ORDERS))).page
    page.click("text=customers.get_customer")
    sheet = page.locator("dialog#sheet")
    assert sheet.is_visible()
    assert "GET /customers/{customerId} · reads" in sheet.inner_text()
    sheet.locator("td a", has_text="Customer").first.click()
    assert "Customer" == page.inner_text("#sheet-title").strip()
    page.click("#back")
    page.wait_for_function("document.getElementById('sheet-title').textContent.includes('get_customer')")


def test_escape_closes_and_gives_the_focus_back(show: Show) -> None:
    page = show(report(side(ORDERS))).page
    page.locator("#contents a", has_text="customers.get_customer").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.evaluate("document.activeElement.textContent").startswith("GETcustomers.get_customer")
    assert not page.url.partition("#")[2]


def test_an_address_with_an_operation_leads_to_it(show: Show) -> None:
    page = show(report(side(ORDERS)), hash="#o1").page
    assert "customers.list_customers" == page.inner_text("#sheet-title").strip()


def test_search_finds_operations_models_and_fields(show: Show) -> None:
    page = show(report(side(ORDERS))).page
    page.keyboard.press("/")
    page.keyboard.type("invoice")
    page.wait_for_selector("#hits a")
    assert "0 operations, 1 model" == page.inner_text("#found")
    assert "InvoicePayment" in page.inner_text("#hits")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#hits') !== null")


def test_pictures_lead_to_models(show: Show) -> None:
    page = show(report(side(ORDERS))).page
    page.locator("#pictures svg a", has_text="OrderLine").click()
    assert "OrderLine" == page.inner_text("#sheet-title").strip()
    assert page.locator("#sheet .near svg a", has_text="Order").count() >= 2


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_is_wider_than_the_window(show: Show, width: int) -> None:
    page = show(report(side(ORDERS)), width=width).page
    assert width == page.evaluate("document.documentElement.scrollWidth")
    page.evaluate("location.hash = '#m3'")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.getElementById('sheet').scrollWidth") <= width


def test_light_and_dark_follow_the_system(show: Show) -> None:
    html = report(side(ORDERS))
    back = "getComputedStyle(document.body).backgroundColor"
    assert "rgb(251, 251, 250)" == show(html).page.evaluate(back)
    assert "rgb(20, 23, 27)" == show(html, "dark").page.evaluate(back)


def test_without_scripts_the_summary_and_the_pictures_are_there(show: Show) -> None:
    page = show(report(side(ORDERS)), scripts=False).page
    assert page.locator("#contents .tiles").is_visible()
    assert page.locator("#pictures svg").is_visible()
    assert not page.locator("#query").is_visible()


def test_a_change_leads_to_both_sides(show: Show) -> None:
    page = show(render(side(ORDERS), side(STRICTER), CHANGES)).page
    assert "1 change breaks something" in page.inner_text(".verdict")
    page.click("#c0 >> text=before")
    assert "Customer" in page.inner_text("#sheet-title")
    fields = page.inner_text("#sheet table")
    assert "email" in fields
    page.locator("#sheet-body a", has_text="after").click()
    page.wait_for_function("document.querySelector('#sheet table').textContent.includes('mail')")
    page.locator("#sheet-body a", has_text="both").click()
    page.wait_for_selector("#sheet tr.gone")
    assert 1 == page.locator("#sheet tr.came").count() == page.locator("#sheet tr.gone").count()
    page.locator("#sheet-body a", has_text="email is now called mail").click()
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.url.endswith("#c0")


def test_levels_can_be_hidden(show: Show) -> None:
    page = show(render(side(ORDERS), side(STRICTER), CHANGES)).page
    page.click("#filters >> text=compatible")
    assert not page.locator("#c1").is_visible()
    assert page.locator("#c0").is_visible()


def test_a_hostile_document_runs_nothing(show: Show) -> None:
    """Wherever its text is shown: lists, tables, pictures, search."""
    document = ORDERS.replace("title: Orders", f'title: "{HOSTILE}"')
    document = document.replace("List customers, newest first.", HOSTILE.replace("'", "''"))
    evil = Change(Level.BREAKING, (), "x", HOSTILE, HOSTILE, Side(HOSTILE, HOSTILE), Side(HOSTILE, HOSTILE))
    page = show(render(side(ORDERS), side(document), (evil,)), hash="#o1").page
    page.keyboard.press("Escape")
    page.fill("#query", "hacked")
    page.wait_for_selector("#hits a")
    assert page.evaluate("window.hacked === undefined && document.images.length === 0")
    assert HOSTILE == page.inner_text("#c0 .message")


def test_what_is_smuggled_in_is_forbidden_by_the_policy(show: Show) -> None:
    """The second lock: even markup that got into the page would neither run nor load anything."""
    shown = show(report(side(ORDERS)).replace("<main", "<script>window.hacked = 1</script><main"))
    assert shown.page.evaluate("window.hacked === undefined")
    assert any("Content Security Policy" in said for said in shown.said)
    shown.said.clear()


def test_a_large_api_is_shown_in_portions(show: Show) -> None:
    """1,500 operations and as many models: only what is looked at is built."""
    operations = "".join(
        f"  /things/{number}: {{get: {{tags: [things], operationId: thing{number}, responses: {{'200': {{description: ok, "
        f"content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{number}'}}}}}}}}}}}}}}\n"
        for number in range(1500)
    )
    schemas = "".join(
        f"    Thing{number}: {{type: object, properties: {{part: {{$ref: '#/components/schemas/Thing{number // 2}'}}}}}}\n"
        for number in range(1500)
    )
    document = (
        "openapi: 3.1.0\ninfo: {title: Things, version: '1'}\npaths:\n"
        + operations
        + "components:\n  schemas:\n"
        + schemas
    )
    page = show(report(side(document))).page
    assert 0 == page.locator("#contents .rows > a").count()
    page.click("#contents summary")
    assert 100 == page.locator("#contents .rows > a").count()
    page.locator("#contents .more").focus()
    page.keyboard.press("Enter")
    assert 200 == page.locator("#contents .rows > a").count()
    assert "things.thing100" in page.evaluate("document.activeElement.textContent")
    page.fill("#query", "thing1499")
    page.wait_for_selector("#hits a")
    assert "1 operation, 1 model" == page.inner_text("#found")
    page.locator("#hits a").nth(1).click()
    assert "Thing1499" == page.inner_text("#sheet-title").strip()
