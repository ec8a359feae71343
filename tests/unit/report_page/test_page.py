"""The page as a whole: self-contained, the same every time, and deaf to what documents say to it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from ionapi_codegen.report_page.report import report
from tests_support.sides import side

ATTACK = '</script></style><script>window.hacked = 1</script><img src=x onerror=\\"hacked=1\\">{{ 7*7 }}&lt;'
HOSTILE = f"""
    openapi: 3.1.0
    info: {{title: "T{ATTACK}", version: "1{ATTACK}"}}
    tags: [{{name: "g{ATTACK}", description: "G{ATTACK}"}}]
    paths:
      "/p{ATTACK}":
        get:
          tags: ["g{ATTACK}"]
          operationId: "o{ATTACK}"
          summary: "S{ATTACK}"
          description: "D{ATTACK} [x](javascript:alert(1)) \\u202e \\u2028"
          parameters:
            - {{name: "q{ATTACK}", in: query, description: "{ATTACK}", schema: {{type: string, pattern: "{ATTACK}", enum: ["{ATTACK}"]}}}}
          responses: {{"200": {{description: "{ATTACK}", content: {{"text/x{ATTACK}": {{schema: {{$ref: "#/components/schemas/M"}}}}}}}}}}
    components:
      schemas:
        M: {{type: object, description: "{ATTACK}", properties: {{"f{ATTACK}": {{$ref: "#/components/schemas/N"}}}}}}
        N: {{type: object, title: "{ATTACK}", properties: {{x: {{type: string, description: "{ATTACK}"}}}}}}
"""
QUIET = re.sub(re.escape(ATTACK), "x", HOSTILE)


class _Elements(HTMLParser):
    """Every start tag with its attributes, as a browser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(page)
    return parser.found


def data(page: str) -> dict[str, object]:
    """What the page's program works with."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    tree = json.loads(found[1])
    assert isinstance(tree, dict)
    return tree


def test_hostile_text_makes_no_element_and_no_attribute() -> None:
    """A page from a hostile document has the elements and attributes of one from a harmless document."""
    shape = [(tag, sorted(attributes)) for tag, attributes in elements(report(side(HOSTILE)))]
    assert [(tag, sorted(attributes)) for tag, attributes in elements(report(side(QUIET)))] == shape
    assert ["application/json", None] == [
        attributes.get("type") for tag, attributes in elements(report(side(HOSTILE))) if tag == "script"
    ]


def test_hostile_text_is_still_there_as_text() -> None:
    texts = data(report(side(HOSTILE)))["texts"]
    assert isinstance(texts, list)
    assert any("</script></style><script>window.hacked = 1</script>" in text for text in texts)
    assert not any("\u202e" in text for text in texts)


def test_the_page_leads_nowhere() -> None:
    """Nothing is loaded, and no link leaves the page, whatever addresses a document names."""
    for tag, attributes in elements(report(side(HOSTILE))):
        for name in ("href", "src", "action", "data", "srcset", "poster", "formaction"):
            target = attributes.get(name) or "#"
            assert target.startswith("#") or (tag, target) == ("link", "data:,"), (tag, target)
        assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_only_our_style_sheet_and_program_are_allowed() -> None:
    (policy,) = (
        attributes["content"]
        for _, attributes in elements(report(side(QUIET)))
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; img-src data:; "
        r"base-uri 'none'; form-action 'none'",
        policy or "",
    )


def test_the_program_has_no_way_to_parse_html() -> None:
    """Nor to run text: it makes elements of text nodes and attributes."""
    page = report(side(QUIET))
    program = page[page.rindex("<script>") :]
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "srcdoc",
    ):
        assert way not in program
    assert "fetch(" not in program


def test_the_same_document_gives_the_same_bytes() -> None:
    assert report(side(HOSTILE)) == report(side(HOSTILE))


def test_an_api_without_operations_has_a_page() -> None:
    page = report(side("{openapi: 3.1.0, info: {title: Nothing, version: '1'}, paths: {}}"))
    assert "<h1>Nothing</h1>" in page
    assert [] == data(page)["operations"]


def test_half_a_pair_of_surrogates_can_be_written() -> None:
    page = report(side('{"openapi": "3.1.0", "info": {"title": "a\\ud800b", "version": "1"}, "paths": {}}'))
    assert "<h1>a\ufffdb</h1>" in page
    assert page.encode("utf-8")


def test_every_text_and_row_is_there_once() -> None:
    """However many operations share them."""
    paths = ", ".join(
        f"/p{number}: {{get: {{operationId: op{number}, parameters: [{{name: page, in: query, description: Which page., schema: {{type: integer}}}}], responses: {{'204': {{description: ok}}}}}}}}"
        for number in range(50)
    )
    tree = data(report(side(f"{{openapi: 3.1.0, info: {{title: Many, version: '1'}}, paths: {{{paths}}}}}")))
    texts, rows = tree["texts"], tree["rows"]
    assert isinstance(texts, list)
    assert isinstance(rows, list)
    assert len(texts) == len(set(texts))
    assert 1 == texts.count("Which page.")
    assert 2 == len(rows)
