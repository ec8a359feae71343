"""What the configuration says of pages, held against the documents of a package."""

from __future__ import annotations

import pytest

from ionapi_codegen import chosen_pages
from ionapi_codegen.config import PagesSettings
from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import ByCursor, ByPage, Pagination
from ionapi_codegen.ir.schema import Anything, Kind, Scalar
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.document import lower
from ionapi_codegen.spec.document import LoadOptions, load_bytes

PLACE = Place("ionapi.toml", "", 7, 1)
DOCUMENT = b"""
openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - {name: offset, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        200:
          content:
            application/json:
              schema:
                properties:
                  things: {type: array, items: {type: string}}
                  meta: {type: object}
                  total: {type: integer}
    post: {operationId: addThing}
  /both:
    get:
      operationId: listBoth
      responses:
        200:
          content:
            application/json:
              schema:
                properties:
                  a: {type: array, items: {type: string}}
                  b: {type: array, items: {type: string}}
"""


@pytest.fixture
def api() -> Api:
    return lower(load_bytes("api.yaml", DOCUMENT, LoadOptions(), Diagnostics()), Diagnostics())


def chosen(
    api: Api, key: str, said: PagesSettings, diagnostics: Diagnostics | None = None
) -> Pagination | None:
    """The pages of the first operation."""
    apis = chosen_pages.apply({"things": api}, {key: said}, diagnostics or Diagnostics())
    return apis["things"].operations[0].pages


def test_the_configuration_wins(api: Api) -> None:
    """Over what the document shows; the items are found as they would be without it."""
    assert api.operations[0].pages is not None
    assert None is chosen(api, "listThings", PagesSettings(None, PLACE))
    said = PagesSettings("page", PLACE, parameter="offset", count=("total",))
    expected = Pagination(ByPage(Text("offset"), 1, (Text("total"),)), Scalar(Kind.STRING), (Text("things"),))
    assert expected == chosen(api, "listThings", said)
    assert expected == chosen(api, "/paths/~1things/get", said)


def test_what_the_document_does_not_describe_may_be_named(api: Api) -> None:
    """An object without properties may have any."""
    said = PagesSettings("cursor", PLACE, parameter="offset", next=("meta", "next"), items=("meta", "rows"))
    meta = Text("meta")
    expected = Pagination(ByCursor(Text("offset"), (meta, Text("next"))), Anything(), (meta, Text("rows")))
    assert expected == chosen(api, "listThings", said)


@pytest.mark.parametrize(
    ("key", "said", "message"),
    [
        (
            "listThing",
            PagesSettings(None, PLACE),
            "the documents have no operation 'listThing' (did you mean listThings?)",
        ),
        (
            "addThing",
            PagesSettings("link-header", PLACE),
            "addThing changes data (only what reads can be repeated page by page)",
        ),
        (
            "listThings",
            PagesSettings("page", PLACE, parameter="page"),
            "listThings has no query parameter 'page' (it has offset, limit)",
        ),
        (
            "listThings",
            PagesSettings("link", PLACE, next=("nextLink",)),
            'the answer of listThings has no "nextLink", which next names (it has "things", "meta", "total")',
        ),
        (
            "listThings",
            PagesSettings("link-header", PLACE, items=("total",)),
            '"total" in the answer of listThings is no list (it has "things", "meta", "total")',
        ),
        (
            "listBoth",
            PagesSettings("link-header", PLACE),
            "the answer of listBoth has no list, or several (say which: items = …)",
        ),
        (
            "listBoth",
            PagesSettings("link-header", PLACE, items=("a",), more=("hasMore",)),
            'the answer of listBoth has no "hasMore", which more names (it has "a", "b")',
        ),
    ],
)
def test_what_does_not_fit_is_an_error(api: Api, key: str, said: PagesSettings, message: str) -> None:
    """One message, at the entry, with what there is instead."""
    diagnostics = Diagnostics()
    chosen(api, key, said, diagnostics)
    (found,) = diagnostics.sorted()
    assert (PLACE, message) == (found.place, f"{found.message} ({found.help})")
