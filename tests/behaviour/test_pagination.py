"""Lists that come in pages: every item once, from either client, and nothing asked of another server."""

from __future__ import annotations

import asyncio
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests_support.recorder import Recorder

DOCUMENT = """
openapi: 3.1.0
info: {title: Lists, version: "1"}
paths:
  /offset:
    get:
      operationId: byOffset
      parameters:
        - {name: offset, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer}}
      responses: {"200": {$ref: "#/components/responses/Array"}}
  /page:
    get:
      operationId: byPage
      parameters:
        - {name: page, in: query, schema: {type: integer, default: 0}}
        - {name: per_page, in: query, schema: {type: integer}}
      responses: {"200": {$ref: "#/components/responses/Page"}}
  /cursor/{shop}:
    get:
      operationId: byCursor
      parameters:
        - {name: shop, in: path, required: true, schema: {type: string}}
        - {name: pageToken, in: query, schema: {type: string}}
        - {name: colour, in: query, schema: {type: array, items: {type: string}}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses: {"200": {$ref: "#/components/responses/Page"}}
  /last:
    get:
      operationId: byLastItem
      parameters: [{name: starting_after, in: query, schema: {type: integer}}]
      responses: {"200": {$ref: "#/components/responses/List"}}
  /link:
    get:
      operationId: byLink
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {"200": {$ref: "#/components/responses/Linked"}}
  /odata:
    get:
      operationId: byOdata
      parameters: [{name: $top, in: query, schema: {type: integer}}]
      responses: {"200": {$ref: "#/components/responses/Odata"}}
  /header:
    get:
      operationId: byHeader
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses:
        "200":
          description: ""
          headers: {Link: {schema: {type: string}}}
          content: {application/json: {schema: {type: array, items: {type: string}}}}
components:
  responses:
    Array:
      description: ""
      content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Item"}}}}
    Page:
      description: ""
      content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}
    List:
      description: ""
      content:
        application/json:
          schema:
            properties:
              items: {type: array, items: {$ref: "#/components/schemas/Item"}}
              has_more: {type: boolean}
    Linked:
      description: ""
      content:
        application/json:
          schema:
            properties:
              results: {type: array, items: {$ref: "#/components/schemas/Item"}}
              links: {properties: {next: {type: [string, "null"]}}}
    Odata:
      description: ""
      content:
        application/json:
          schema:
            properties:
              value: {type: array, items: {$ref: "#/components/schemas/Item"}}
              "@odata.nextLink": {type: string}
  schemas:
    Item:
      required: [id]
      properties: {id: {type: integer}, size: {type: integer}}
    Page:
      required: [items]
      properties:
        items: {type: array, items: {$ref: "#/components/schemas/Item"}}
        nextPageToken: {type: string}
        has_more: {type: boolean}
        total_pages: {type: integer}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(DOCUMENT)


class Walk:
    """Goes through the pages of an operation with one of the clients, and remembers what was asked for."""

    def __init__(self, package: Any, recorder: Recorder, waits: bool) -> None:
        self.package = package
        self.recorder = recorder
        self.waits = waits

    def ids(self, operation: str, *arguments: object, strict: bool = False, **named: object) -> list[object]:
        """The ids of all items; items without one as they are."""
        options = {"base_url": self.recorder.url + "/v1", "auth": None, "strict": strict}
        found: list[object] = []
        if self.waits:
            with self.package.Client(**options) as client:
                for item in getattr(client, operation).iterate(*arguments, **named):
                    found.append(getattr(item, "id", item))
            return found

        async def walk() -> None:
            async with self.package.AsyncClient(**options) as client:
                async for item in getattr(client, operation).iterate(*arguments, **named):
                    found.append(getattr(item, "id", item))

        asyncio.run(walk())
        return found

    def targets(self) -> list[str]:
        return [request.target.removeprefix("/v1") for request in self.recorder.requests]


@pytest.fixture(params=[True, False], ids=["sync", "async"])
def walk(package: Any, recorder: Recorder, request: pytest.FixtureRequest) -> Walk:
    return Walk(package, recorder, request.param)


def items(*ids: int) -> list[dict[str, int]]:
    return [{"id": number} for number in ids]


def test_an_offset_grows_by_what_came(walk: Walk) -> None:
    """A server that gives fewer than it was asked for loses nothing; an empty page is the end."""
    for page in (items(1, 2), items(3), []):
        walk.recorder.answers(page)
    assert [1, 2, 3] == walk.ids("by_offset", limit=5)
    assert ["/offset?limit=5", "/offset?offset=2&limit=5", "/offset?offset=3&limit=5"] == walk.targets()


def test_the_walk_begins_where_the_caller_says(walk: Walk) -> None:
    """A given offset or page is the first one asked for."""
    walk.recorder.answers(items(8))
    walk.recorder.answers([])
    assert [8] == walk.ids("by_offset", offset=7)
    walk.recorder.answers({"items": items(9)})
    walk.recorder.answers({"items": []})
    assert [9] == walk.ids("by_page", page=4)
    assert ["/offset?offset=7", "/offset?offset=8", "/page?page=4", "/page?page=5"] == walk.targets()


def test_pages_count_from_where_the_document_says(walk: Walk) -> None:
    """The default 0 makes 1 the second page; the number of pages spares the last request."""
    walk.recorder.answers({"items": items(1), "total_pages": 2})
    walk.recorder.answers({"items": items(2), "total_pages": 2})
    assert [1, 2] == walk.ids("by_page")
    assert ["/page", "/page?page=1"] == walk.targets()


def test_a_cursor_is_sent_back_with_the_other_arguments(walk: Walk) -> None:
    """It is quoted like any argument; a page without items is not the end while there is a cursor."""
    walk.recorder.answers({"items": items(1), "nextPageToken": "a+b/c="})
    walk.recorder.answers({"items": [], "nextPageToken": "d"})
    walk.recorder.answers({"items": items(2), "nextPageToken": ""})
    assert [1, 2] == walk.ids("by_cursor", "x y", colour=["red", "blue"], x_trace="t")
    colours = "colour=red&colour=blue"
    assert [
        f"/cursor/x%20y?{colours}",
        f"/cursor/x%20y?pageToken=a%2Bb%2Fc%3D&{colours}",
        f"/cursor/x%20y?pageToken=d&{colours}",
    ] == walk.targets()
    assert ["t"] * 3 == [request.headers["x-trace"] for request in walk.recorder.requests]


@pytest.mark.parametrize("last", [{}, {"nextPageToken": None}, {"nextPageToken": "x", "has_more": False}])
def test_a_missing_cursor_or_a_flag_ends_the_walk(walk: Walk, last: dict[str, object]) -> None:
    """Absent, null, or told by the flag that the document has for it."""
    walk.recorder.answers({"items": items(1)} | last)
    assert [1] == walk.ids("by_cursor", "x")
    assert 1 == len(walk.recorder.requests)


def test_the_last_item_may_be_the_cursor(walk: Walk) -> None:
    """Its id is sent until the server says that there is no more."""
    walk.recorder.answers({"items": items(5, 7), "has_more": True})
    walk.recorder.answers({"items": items(9), "has_more": False})
    assert [5, 7, 9] == walk.ids("by_last_item")
    assert ["/last", "/last?starting_after=7"] == walk.targets()


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("{url}/v1/link?after=a%2Bb", "/v1/link?after=a%2Bb"),
        ("/v1/link?after=2", "/v1/link?after=2"),
        ("/link?after=2", "/v1/link?after=2"),
        ("/other/link?after=2", "/other/link?after=2"),
        ("?after=2", "/v1/link?after=2"),
        ("{url}/elsewhere?after=2#part", "/elsewhere?after=2"),
    ],
)
def test_links_are_resolved(walk: Walk, link: str, target: str) -> None:
    """Absolute and relative ones; a path that ends the one asked for is that one, whatever stands before it."""
    link = link.replace("{url}", walk.recorder.url)
    walk.recorder.answers({"results": items(1), "links": {"next": link}})
    walk.recorder.answers({"results": items(2), "links": {"next": None}})
    assert [1, 2] == walk.ids("by_link", limit=1)
    assert target == walk.recorder.last.target


def test_odata_names_the_next_page(walk: Walk) -> None:
    """A property whose name holds a dot is one name."""
    walk.recorder.answers(
        {"value": items(1), "@odata.nextLink": walk.recorder.url + "/v1/odata?$skiptoken=2"}
    )
    walk.recorder.answers({"value": items(2)})
    assert [1, 2] == walk.ids("by_odata")
    assert ["/odata", "/odata?$skiptoken=2"] == walk.targets()


def test_the_header_link_names_the_next_page(walk: Walk) -> None:
    """Whatever else stands in it, in any of RFC 8288's spellings."""
    first = '<https://host.example/a,b;c>; rel="prev first"; title="x, <y>", </v1/header?page=2>; title=z; REL=Next'
    walk.recorder.answers(["a"], link=first)
    walk.recorder.answers(["b"], link='</v1/header?page=1>; rel="prev"')
    assert ["a", "b"] == walk.ids("by_header")
    assert ["/header", "/header?page=2"] == walk.targets()


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v1/link?after=2",
        "//evil.example/link",
        "http://127.0.0.1:1/v1/link",
        "http://user:secret@evil.example/",
        "https:///x",
        "http://[::1",
    ],
)
def test_no_other_server_is_asked(walk: Walk, link: str) -> None:
    """The items before it come; then the error names the place, and neither path nor query of the link."""
    walk.recorder.answers({"results": items(1), "links": {"next": link}})
    with pytest.raises(walk.package.DecodeError, match=r"\$\.links\.next: .*GET /link") as caught:
        walk.ids("by_link")
    assert 1 == len(walk.recorder.requests)
    assert "after=2" not in str(caught.value) and "secret" not in str(caught.value)


def test_a_circle_is_an_error(walk: Walk) -> None:
    """A cursor or a link that came before, and a page that comes once more, are no reason to go on for ever."""
    for token in ("a", "b", "a"):
        walk.recorder.answers({"items": items(1), "nextPageToken": token})
    with pytest.raises(walk.package.DecodeError, match=r"nextPageToken: leads to a page that came already"):
        walk.ids("by_cursor", "x")
    walk.recorder.answers({"results": items(1), "links": {"next": "/v1/link?limit=1"}})
    with pytest.raises(walk.package.DecodeError, match="came already"):
        walk.ids("by_link", limit=1)
    for _ in range(2):
        walk.recorder.answers(items(1, 2))
    with pytest.raises(walk.package.DecodeError, match="same page"):
        walk.ids("by_offset")
    assert 6 == len(walk.recorder.requests)


def test_the_same_cursor_without_items_is_the_end(walk: Walk) -> None:
    """So do servers say that nothing has happened since."""
    for page in (items(1), []):
        walk.recorder.answers({"items": page, "nextPageToken": "a"})
    assert [1] == walk.ids("by_cursor", "x")


def test_an_error_in_the_middle_comes_after_the_items_before_it(walk: Walk) -> None:
    """Each page is a call like any other: repeated where that helps, and raised where it does not."""
    walk.recorder.answers({"items": items(1), "nextPageToken": "a"})
    walk.recorder.answers(status=503, retry_after="0")
    walk.recorder.answers({"items": items(2), "nextPageToken": "b"})
    walk.recorder.answers({"title": "gone"}, status=404)
    with pytest.raises(walk.package.NotFoundError):
        walk.ids("by_cursor", "x")
    assert 4 == len(walk.recorder.requests)


def test_strict_holds_for_each_page(walk: Walk) -> None:
    """An item of another shape is kept as it came, or refused."""
    for _ in range(2):
        walk.recorder.answers({"items": items(1), "nextPageToken": "a"})
        walk.recorder.answers({"items": [{"id": "one"}]})
    assert [1, "one"] == walk.ids("by_cursor", "x")
    with pytest.raises(walk.package.DecodeError, match=r"items\[0\]\.id"):
        walk.ids("by_cursor", "x", strict=True)


@pytest.mark.parametrize("answer", [{"items": "none"}, {"items": {"1": 2}}])
def test_items_that_are_no_list_are_an_error(walk: Walk, answer: object) -> None:
    """The walk cannot go on with what it does not understand."""
    walk.recorder.answers(answer)
    with pytest.raises(walk.package.DecodeError, match=r"\$\.items: expected a list"):
        walk.ids("by_cursor", "x")


@pytest.mark.parametrize("answer", [{}, {"items": None}, None])
def test_no_items_are_none(walk: Walk, answer: object) -> None:
    """Absent, null, or an empty body."""
    walk.recorder.answers(answer)
    assert [] == walk.ids("by_cursor", "x")


def test_a_page_is_fetched_when_it_is_needed(package: Any, recorder: Recorder) -> None:
    """Wrong arguments are refused at once, and whoever stops early asks for no more."""
    with package.Client(base_url=recorder.url, auth=None) as client:
        with pytest.raises(TypeError, match="nonsense"):
            client.by_cursor.iterate("x", nonsense=1)
        recorder.answers({"items": items(1, 2), "nextPageToken": "a"})
        walk = client.by_cursor.iterate("x")
        assert [] == recorder.requests
        assert 1 == next(walk).id
        assert 2 == next(walk).id
        assert 1 == len(recorder.requests)


def test_the_loop_is_loaded_by_the_first_walk(generate: Any, recorder: Recorder) -> None:
    """A client that goes through no list pays for none."""
    package = generate(DOCUMENT)
    loop = f"{package.__name__}._runtime.paging"
    with package.Client(base_url=recorder.url, auth=None) as client:
        recorder.answers([])
        client.by_offset()
        assert loop not in sys.modules
        client.by_offset.iterate()
        assert loop in sys.modules


def test_options_hold_for_each_page(package: Any, recorder: Recorder) -> None:
    """`with_options` goes with the walk."""
    recorder.answers({"items": items(1), "nextPageToken": "a"})
    recorder.answers({"items": items(2)})
    with package.Client(base_url=recorder.url, auth=None) as client:
        patient = client.with_options(headers={"X-Company": "100"})
        assert [1, 2] == [item.id for item in patient.by_cursor.iterate("x")]
    assert ["100", "100"] == [request.headers["x-company"] for request in recorder.requests]


def test_the_plain_call_stays_what_it_was(package: Any, recorder: Recorder) -> None:
    """One page; `response` and `stream` take it, and it looks like the method that was declared."""
    with package.Client(base_url=recorder.url, auth=None) as client:
        recorder.answers({"items": items(1), "nextPageToken": "a"})
        assert "a" == client.by_cursor("x").next_page_token
        recorder.answers({"items": items(1)}, etag='"7"')
        assert '"7"' == client.response(client.by_cursor, "x").headers["etag"]
        recorder.answers(items(1))
        with client.stream(client.by_offset) as answer:
            assert items(1) == json.loads(answer.read())
        signature = inspect.signature(client.by_cursor)
        assert ["shop", "page_token", "colour", "x_trace"] == list(signature.parameters)
        assert "by_cursor.iterate(...)" in (inspect.getdoc(client.by_cursor) or "")
        assert "by_cursor" == client.by_cursor.__name__

    async def plain() -> object:
        async with package.AsyncClient(base_url=recorder.url, auth=None) as client:
            recorder.answers({"items": items(3)})
            assert inspect.iscoroutinefunction(client.by_cursor)
            return (await client.response(client.by_cursor, "x")).value.items[0].id

    assert 3 == asyncio.run(plain())


PROGRAM = """
import asyncio
from {package} import AsyncClient, Client, models

with Client(auth=None) as client:
    for item in client.by_cursor.iterate("x", colour=["red"]):
        reveal_type(item)
    for text in client.by_header.iterate(limit=1):
        reveal_type(text)
    reveal_type(client.by_cursor("x"))
    reveal_type(client.response(client.by_cursor, "x"))
    page: models.Page = client.by_cursor("x")
    client.by_cursor.iterate("x", color=[])  # wrong
    client.by_cursor.iterate("x", page_token=1)  # wrong
    client.by_cursor.iterate()  # wrong
    client.by_cursor.iterat("x")  # wrong
    first: str = next(client.by_cursor.iterate("x"))  # wrong


async def main() -> None:
    async with AsyncClient(auth=None) as client:
        async for item in client.by_cursor.iterate("x"):
            reveal_type(item)
        reveal_type(await client.by_cursor("x"))
        print([item async for item in client.by_cursor.iterate("x")])
        print(list(client.by_cursor.iterate("x")))  # wrong
        await client.response(client.by_cursor, 1)  # wrong


asyncio.run(main())
"""


@pytest.mark.parametrize(
    "checker",
    [
        ["mypy", "--strict", "--config-file=", "--no-incremental", "--no-error-summary"],
        ["pyright", "--pythonpath", sys.executable],
    ],
    ids=lambda command: command[0],
)
def test_type_checkers_know_the_items(package: Any, tmp_path: Path, checker: list[str]) -> None:
    """Both know what comes and refuse wrong arguments, in the strictest setting, and complain of nothing else."""
    name = package.__name__
    (tmp_path / name).symlink_to(Path(package.__file__).parent)
    program = PROGRAM.format(package=name)
    (tmp_path / "program.py").write_text(program, "utf-8")
    settings = {"include": ["program.py"], "typeCheckingMode": "strict"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    files = ["program.py"] if checker[0] == "mypy" else []
    done = subprocess.run(
        [sys.executable, "-m", *checker, *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    lines = program.splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}
    said = [line for line in done.stdout.splitlines() if "program.py:" in line]
    errors = {int(line.split("program.py:")[1].split(":")[0]) for line in said if "error" in line}
    assert wrong == errors, done.stdout
    revealed = [
        line for line in said if "Revealed type" in line or ("Type of" in line and "error" not in line)
    ]
    expected = ["Item", "str", "Page", "Response[", "Item", "Page"]
    assert len(expected) == len(revealed), done.stdout
    for kind, line in zip(expected, revealed, strict=True):
        assert kind in line, line
