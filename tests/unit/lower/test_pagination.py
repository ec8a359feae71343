"""Which operations answer page by page: those whose parameters and answers agree, and no other."""

from __future__ import annotations

import json

import pytest

from ionapi_codegen.ir.operation import (
    ByCursor,
    ByLastItem,
    ByLink,
    ByOffset,
    ByPage,
    Pagination,
    Step,
    Way,
)
from ionapi_codegen.ir.schema import Kind, Ref, Scalar
from ionapi_codegen.ir.text import Text

from .conftest import NAME, LowerYaml

INT = "{type: integer}"
STR = "{type: string}"
THINGS = "{type: array, items: {type: string}}"
NEXT = "{properties: {next: {type: string}}}"
ROWS = {"rows": THINGS}


def pages(
    lower_yaml: LowerYaml,
    query: dict[str, str],
    answer: dict[str, str] | str,
    *,
    path: str = "/things",
    method: str = "get",
    headers: str = "{}",
) -> Pagination | None:
    """The pages of an operation with these query parameters, whose answer has these properties."""
    parameters = ", ".join(
        f"{{name: {json.dumps(name)}, in: query, {rest}}}" for name, rest in _schemas(query)
    )
    properties = (
        answer
        if isinstance(answer, str)
        else "{properties: {"
        + ", ".join(f"{json.dumps(name)}: {schema}" for name, schema in answer.items())
        + "}}"
    )
    lowered = lower_yaml(f"""
        paths:
          {path}:
            {method}:
              parameters: [{parameters}]
              responses:
                "200":
                  headers: {headers}
                  content: {{application/json: {{schema: {properties}}}}}
                "404": {{content: {{application/json: {{schema: {{properties: {{error: {STR}}}}}}}}}}}
        """)
    (operation,) = lowered.api.operations
    return operation.pages


def _schemas(query: dict[str, str]) -> list[tuple[str, str]]:
    """A schema, or a whole parameter object where it says `schema:` itself."""
    return [(name, text if "schema:" in text else f"schema: {text}") for name, text in query.items()]


def way(*names: str) -> Way:
    return tuple(map(Text, names))


@pytest.mark.parametrize(
    ("query", "answer", "step", "items"),
    [
        ({"cursor": STR}, ROWS | {"nextCursor": STR}, ByCursor(Text("cursor"), way("nextCursor")), ("rows",)),
        (
            {"page_token": STR, "page_size": INT},
            {"things": THINGS, "next_page_token": STR},
            ByCursor(Text("page_token"), way("next_page_token")),
            ("things",),
        ),
        (
            {"after": STR, "limit": INT},
            {"results": THINGS, "paging": "{properties: {next: {properties: {after: {type: string}}}}}"},
            ByCursor(Text("after"), way("paging", "next", "after")),
            ("results",),
        ),
        (
            {"continue": STR},
            {"items": THINGS, "metadata": "{properties: {continue: {type: string}}}"},
            ByCursor(Text("continue"), way("metadata", "continue")),
            ("items",),
        ),
        (
            {"cursor": STR},
            {"data": THINGS, "cursor": "{type: string, description: Sent in a subsequent request.}"},
            ByCursor(Text("cursor"), way("cursor")),
            ("data",),
        ),
        (
            {"page": INT, "per_page": INT},
            {"data": THINGS, "meta": "{properties: {next_page: {type: [integer, 'null']}}}"},
            ByCursor(Text("page"), way("meta", "next_page")),
            ("data",),
        ),
        (
            {"page": INT},
            {"podcasts": THINGS, "has_previous": "{type: boolean}", "next_page_number": INT},
            ByCursor(Text("page"), way("next_page_number")),
            ("podcasts",),
        ),
        (
            {"cursor": STR},
            {"items": THINGS, "cursor": "{type: string, description: Send it back to continue the list.}"},
            ByCursor(Text("cursor"), way("cursor")),
            ("items",),
        ),
        (
            {"offset": INT, "limit": INT},
            {"data": THINGS, "next_offset": INT},
            ByCursor(Text("offset"), way("next_offset")),
            ("data",),
        ),
        ({"offset": INT, "limit": INT}, THINGS, ByOffset(Text("offset")), ()),
        ({"$skip": INT, "$top": INT}, {"value": THINGS}, ByOffset(Text("$skip")), ("value",)),
        (
            {"startIndex": "{type: integer, default: 1}", "count": INT},
            {"Resources": THINGS, "totalResults": INT},
            ByOffset(Text("startIndex"), 1),
            ("Resources",),
        ),
        ({"page": "{type: integer, default: 1}", "per_page": INT}, THINGS, ByPage(Text("page"), 1), ()),
        (
            {"page": "{type: integer, default: 0}", "size": INT},
            {"content": THINGS, "totalPages": INT},
            ByPage(Text("page"), 0, way("totalPages")),
            ("content",),
        ),
        (
            {
                "page[number]": "description: Zero-based page number., schema: {type: integer}",
                "page[size]": INT,
            },
            {"data": THINGS},
            ByPage(Text("page[number]"), 0),
            ("data",),
        ),
        (
            {"pageNo": "{type: integer, minimum: 1}", "rows": INT},
            {"d": "{properties: {results: {type: array, items: {type: string}}}}"},
            ByPage(Text("pageNo"), 1),
            ("d", "results"),
        ),
        (
            {"PageIndex": "{type: [integer, string], default: 0}", "PageSize": "{type: [integer, string]}"},
            {"data": THINGS, "count": INT},
            ByPage(Text("PageIndex"), 0),
            ("data",),
        ),
        (
            {"$top": INT},
            {"value": THINGS, "@odata.nextLink": STR},
            ByLink(way("@odata.nextLink")),
            ("value",),
        ),
        ({}, {"value": THINGS, "@odata.nextLink": STR}, ByLink(way("@odata.nextLink")), ("value",)),
        ({"limit": INT}, {"data": THINGS, "links": NEXT}, ByLink(way("links", "next")), ("data",)),
        (
            {"limit": INT},
            {
                "_embedded": "{properties: {things: {type: array, items: {type: string}}}}",
                "_links": "{properties: {next: {properties: {href: {type: string}}}}}",
            },
            ByLink(way("_links", "next", "href")),
            ("_embedded", "things"),
        ),
        (
            {"limit": INT, "offset": INT},
            {"count": INT, "next": "{type: [string, 'null'], format: uri}", "results": THINGS},
            ByLink(way("next")),
            ("results",),
        ),
    ],
)
def test_known_patterns(
    lower_yaml: LowerYaml,
    query: dict[str, str],
    answer: dict[str, str] | str,
    step: Step,
    items: tuple[str, ...],
) -> None:
    """Each with the parameter that is advanced, the way to what leads on, and the way to the items."""
    assert Pagination(step, Scalar(Kind.STRING), way(*items)) == pages(lower_yaml, query, answer)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Page to show (default: 1)", 1),
        ("If this argument is omitted, it defaults to 1.", 1),
        ("Starts at and defaults to 0", 0),
        ("The default is `1`, the most is 100.", 1),
        ("Default value: 0", 0),
        ("Default 10", None),
        ("The default is 1,000.", None),
        ("Zero-based; default: 1", None),
        ("The first page is shown by default. 1 to 100.", None),
    ],
)
def test_a_default_in_words_tells_the_first_page(lower_yaml: LowerYaml, said: str, first: int | None) -> None:
    """Unless the words contradict one another."""
    page = f"description: {json.dumps(said)}, schema: {{type: integer}}"
    found = pages(lower_yaml, {"page": page, "per_page": INT}, THINGS)
    assert first == (found.step.first if found is not None and isinstance(found.step, ByPage) else None)


def test_the_last_item_leads_on_where_nothing_else_does(lower_yaml: LowerYaml) -> None:
    """Its `id` is the cursor, as long as the answer says that there is more."""
    things = "{type: array, items: {properties: {id: {type: string}}}}"
    found = pages(lower_yaml, {"starting_after": STR}, {"data": things, "has_more": "{type: boolean}"})
    assert found is not None
    assert ByLastItem(Text("starting_after"), way("id")) == found.step
    assert way("has_more") == found.more
    assert None is pages(lower_yaml, {"starting_after": STR}, {"data": things})
    assert None is pages(lower_yaml, {"starting_after": STR}, {"data": THINGS, "has_more": "{type: boolean}"})


def test_a_declared_header_link(lower_yaml: LowerYaml) -> None:
    """It counts beside a parameter of pages, and a cursor in the answer counts more."""
    link = "{link: {schema: {type: string}}}"
    found = pages(lower_yaml, {"per_page": INT}, THINGS, headers=link)
    assert Pagination(ByLink(), Scalar(Kind.STRING)) == found
    assert None is pages(lower_yaml, {"since": STR}, THINGS, headers=link)
    found = pages(lower_yaml, {"cursor": STR}, ROWS | {"nextCursor": STR}, headers=link)
    assert found is not None
    assert ByCursor(Text("cursor"), way("nextCursor")) == found.step


def test_names_and_bases_are_seen_through(lower_yaml: LowerYaml) -> None:
    """Properties count wherever they are declared, and the type of the items is the declared one."""
    lowered = lower_yaml("""
        paths:
          /things:
            get:
              parameters: [{$ref: '#/components/parameters/cursor'}]
              responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
        components:
          parameters:
            cursor: {name: cursor, in: query, schema: {$ref: '#/components/schemas/Token'}}
          schemas:
            Token: {type: string}
            Thing: {properties: {id: {type: string}}}
            Things: {type: array, items: {$ref: '#/components/schemas/Thing'}}
            Paged: {properties: {nextCursor: {$ref: '#/components/schemas/Token'}}}
            Page:
              allOf:
                - {$ref: '#/components/schemas/Paged'}
                - {properties: {things: {$ref: '#/components/schemas/Things'}}}
        """)
    (operation,) = lowered.api.operations
    thing = Ref(f"{NAME}#/components/schemas/Thing")
    assert Pagination(ByCursor(Text("cursor"), way("nextCursor")), thing, way("things")) == operation.pages


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"page": INT}, THINGS),
        ({"page": INT, "per_page": INT}, THINGS),
        ({"page": "{type: integer, minimum: 0}", "per_page": INT}, THINGS),
        ({"page": "{type: string, default: '1'}", "per_page": INT}, THINGS),
        ({"page": "{type: integer, default: 1}", "limit": INT, "offset": INT}, {"a": THINGS, "b": THINGS}),
        ({"limit": INT}, THINGS),
        ({"offset": INT}, THINGS),
        ({"offset": STR, "limit": INT}, THINGS),
        ({"start": INT, "limit": INT}, THINGS),
        ({"offset": INT, "limit": INT}, {"name": STR, "tags": THINGS}),
        ({"offset": INT, "limit": INT}, {"things": STR}),
        ({"cursor": STR}, ROWS),
        ({"cursor": STR}, ROWS | {"cursor": STR}),
        ({"cursor": STR}, ROWS | {"nextCursor": STR, "nextPageToken": STR}),
        ({"cursor": STR}, ROWS | {"next": STR}),
        ({"cursor": STR}, {"nextCursor": STR}),
        ({"token": STR}, ROWS | {"nextCursor": STR}),
        ({"after": "{type: string, format: date-time}"}, ROWS | {"nextCursor": STR}),
        ({"limit": INT}, ROWS | {"next": "{properties: {id: {type: string}}}"}),
        ({"name": STR}, {"data": THINGS, "links": NEXT}),
    ],
)
def test_a_doubt_is_no_page(
    lower_yaml: LowerYaml, query: dict[str, str], answer: dict[str, str] | str
) -> None:
    """Where the parameters do not say where the list begins, or the answer not where its items are."""
    assert None is pages(lower_yaml, query, answer)


def test_only_what_reads_has_pages(lower_yaml: LowerYaml) -> None:
    """A POST may have done something by the time the second page is asked for."""
    query = {"cursor": STR}
    assert None is not pages(lower_yaml, query, ROWS | {"nextCursor": STR})
    assert None is pages(lower_yaml, query, ROWS | {"nextCursor": STR}, method="post")


@pytest.mark.parametrize(
    "contents",
    [
        "{text/csv: {schema: {type: array, items: {type: string}}}}",
        "{application/json: {}}",
        "{text/event-stream: {schema: {type: array, items: {type: string}}}}",
    ],
)
def test_only_json_has_pages(lower_yaml: LowerYaml, contents: str) -> None:
    """Of a described type, and not a stream."""
    lowered = lower_yaml(f"""
        paths:
          /things:
            get:
              parameters:
                - {{name: offset, in: query, schema: {INT}}}
                - {{name: limit, in: query, schema: {INT}}}
              responses: {{200: {{content: {contents}}}}}
        """)
    assert [None] == [each.pages for each in lowered.api.operations]


def test_the_path_tells_which_array(lower_yaml: LowerYaml) -> None:
    """Of several arrays the one that is called like the path's last word; messages may be what is listed."""
    query = {"offset": INT, "limit": INT}
    answer = {"messages": THINGS, "warnings": THINGS, "total": INT}
    assert None is pages(lower_yaml, query, answer)
    found = pages(lower_yaml, query, answer, path="/rooms/{id}/messages.json")
    assert found is not None
    assert way("messages") == found.items


def test_a_circle_of_schemas_ends(lower_yaml: LowerYaml) -> None:
    """An answer that holds itself is looked at once."""
    lowered = lower_yaml("""
        paths:
          /things:
            get:
              parameters: [{name: cursor, in: query, schema: {type: string}}]
              responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
        components:
          schemas:
            Page:
              properties:
                data: {$ref: '#/components/schemas/Page'}
                meta: {$ref: '#/components/schemas/Page'}
        """)
    assert [None] == [each.pages for each in lowered.api.operations]
