"""What a call sends and returns, from a fragment of a document to the bytes on the socket."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
from typing import Any

import pytest

from tests_support.recorder import Recorder

ITEMS = """
openapi: 3.1.0
info: {title: Items, version: "1"}
paths:
  /items:
    get:
      operationId: listItems
      tags: [Items]
      parameters:
        - {name: pageSize, in: query, schema: {type: integer}}
        - {name: since, in: query, schema: {type: string, format: date-time}}
        - {name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: kinds, in: query, schema: {type: array, items: {type: string}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, additionalProperties: {type: string}}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      responses:
        "200":
          description: ""
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Item"}}}}
    post:
      operationId: createItem
      tags: [Items]
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}
      responses:
        "201":
          description: ""
          content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}
        "409":
          description: ""
          content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}
  /items/{id}/parts/{partId}:
    get:
      operationId: getPart
      tags: [Items]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: partId, in: path, required: true, schema: {type: integer}}
      responses:
        "200": {description: "", content: {text/plain: {schema: {type: string}}}}
    delete:
      operationId: deletePart
      tags: [Items]
      responses: {"204": {description: gone}}
  /export:
    get:
      operationId: export
      responses:
        "200": {description: "", content: {application/octet-stream: {schema: {type: string, format: binary}}}}
components:
  schemas:
    Item:
      type: object
      required: [id]
      properties:
        id: {type: integer}
        name: {type: [string, "null"]}
        addedOn: {type: string, format: date}
    Problem:
      type: object
      properties: {title: {type: string}}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(ITEMS)


@pytest.fixture
def items(package: Any, recorder: Recorder) -> Any:
    with package.Client(base_url=recorder.url + "/v1", auth=None) as client:
        client.package = package
        yield client


def test_arguments_reach_their_places(items: Any, recorder: Recorder) -> None:
    """Query, header and cookie arguments are written in their styles; what is left out is not sent."""
    recorder.answers([])
    items.items.list_items(
        page_size=20,
        since=dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC),
        ids=[1, 2],
        kinds=["a b", "c&d"],
        filter={"state": "new"},
        x_trace="t-1",
        session="s=1",
    )
    query = "pageSize=20&since=2026-03-01T08%3A30%3A00Z&ids=1,2&kinds=a%20b&kinds=c%26d&filter%5Bstate%5D=new"
    assert f"/v1/items?{query}" == recorder.last.target
    assert "t-1" == recorder.last.headers["x-trace"]
    assert recorder.last.headers["cookie"].startswith("session=s")
    recorder.answers([])
    items.items.list_items()
    assert "/v1/items" == recorder.last.target
    assert "cookie" not in recorder.last.headers


@pytest.mark.parametrize("argument", ["a/b", "../x", "?q=1", "#f", "%2e", "ü", "a b", "..", ";x"])
def test_a_path_argument_changes_its_own_segment_only(items: Any, recorder: Recorder, argument: str) -> None:
    """Whatever stands in a path argument, the segments around it stay where they are."""
    recorder.answers("text")
    try:
        items.items.get_part(argument, 7)
    except ValueError:
        assert [] == recorder.requests
        return
    path = recorder.last.target
    assert path.startswith("/v1/items/") and path.endswith("/parts/7") and 6 == path.count("/") + 1, path
    assert not {"?", "#"} & set(path)


def test_bodies_are_models_or_mappings(items: Any, recorder: Recorder) -> None:
    """A model and a mapping of its shape send the same; null is sent, absence is not, and neither is a missing body."""
    models = items.package.models
    recorder.answers({"id": 1})
    created = items.items.create_item(body=models.Item(id=1, name=None, added_on=dt.date(2026, 3, 1)))
    assert {"id": 1, "name": None, "addedOn": "2026-03-01"} == recorder.last.json()
    assert "application/json" == recorder.last.headers["content-type"]
    assert isinstance(created, models.Item) and items.package.UNSET is created.name
    recorder.answers({"id": 1})
    items.items.create_item(body={"id": 1, "addedOn": dt.date(2026, 3, 1)})
    assert {"id": 1, "addedOn": "2026-03-01"} == recorder.last.json()
    recorder.answers({"id": 1})
    items.items.create_item()
    assert b"" == recorder.last.body
    assert "content-type" not in recorder.last.headers


def test_results_are_what_the_annotation_says(items: Any, recorder: Recorder) -> None:
    """Text is str, binary is bytes, no content is None, JSON is models."""
    recorder.answers("ünï")
    assert "ünï" == items.items.get_part("x", 7)
    recorder.answers(b"\x00\xff")
    assert b"\x00\xff" == items.export()
    recorder.answers(status=204)
    assert None is items.items.delete_part("x", "7")
    recorder.answers([{"id": 1, "name": "n", "addedOn": "2026-03-01"}])
    (item,) = items.items.list_items()
    assert (1, "n", dt.date(2026, 3, 1)) == (item.id, item.name, item.added_on)


def test_the_whole_response_is_typed(items: Any, recorder: Recorder) -> None:
    """`client.response` gives status, headers, bytes and value of any operation."""
    recorder.answers({"id": 1}, status=201, etag='"7"')
    response = items.response(items.items.create_item, body={"id": 1})
    assert (201, '"7"', b'{"id": 1}', 1) == (
        response.status,
        response.headers["ETag"],
        response.content,
        response.value.id,
    )


def test_an_error_status_raises_with_the_document_s_model(items: Any, recorder: Recorder) -> None:
    """409 is a ConflictError whose `error` is the model that the document names; others carry what came."""
    recorder.answers({"title": "taken"}, status=409)
    with pytest.raises(items.package.StatusError) as caught:
        items.items.create_item(body={"id": 1})
    assert (409, "taken") == (caught.value.status, caught.value.error.title)
    assert "ConflictError" == type(caught.value).__name__
    recorder.answers("<html>busy</html>", status=404, content_type="text/html")
    with pytest.raises(items.package.NotFoundError) as missing:
        items.items.create_item(body={"id": 1})
    assert b"<html>busy</html>" == missing.value.body


def test_a_page_in_place_of_json_is_a_decode_error(items: Any, recorder: Recorder) -> None:
    """A login page with status 200 does not pass for an answer."""
    recorder.answers("<html>log in</html>", content_type="text/html")
    with pytest.raises(items.package.DecodeError, match="html"):
        items.items.list_items()


@pytest.mark.parametrize(
    ("arguments", "keywords", "message"),
    [
        ((), {}, "missing"),
        (("x", 7, 8), {}, "positional"),
        (("x", 7), {"nonsense": 1}, "nonsense"),
    ],
)
def test_wrong_arguments_are_type_errors(
    items: Any, recorder: Recorder, arguments: tuple[object, ...], keywords: dict[str, object], message: str
) -> None:
    """As Python words them, and nothing is sent."""
    with pytest.raises(TypeError, match=message):
        items.items.get_part(*arguments, **keywords)
    assert [] == recorder.requests


def test_header_arguments_cannot_break_out(items: Any, recorder: Recorder) -> None:
    """A line break in a header argument is refused by name."""
    with pytest.raises(ValueError, match="x_trace"):
        items.items.list_items(x_trace="a\r\nAuthorization: x")
    assert [] == recorder.requests


def test_the_async_client_is_the_same(package: Any, recorder: Recorder) -> None:
    """Same names, same arguments, awaited."""

    async def session() -> object:
        async with package.AsyncClient(base_url=recorder.url, auth=None) as client:
            recorder.answers([{"id": 5}])
            (item,) = await client.items.list_items(page_size=1)
            recorder.answers({"id": 6}, status=201)
            response = await client.response(client.items.create_item, body=item)
            assert inspect.iscoroutinefunction(client.items.list_items)
            return item.id, response.status, response.value.id

    assert (5, 201, 6) == asyncio.run(session())
    assert {"id": 5} == recorder.last.json()


def test_options_make_a_cheap_copy(items: Any, recorder: Recorder) -> None:
    """`with_options` shares connections and changes what it names; the original stays as it was."""
    copy = items.with_options(headers={"X-Company": "100"})
    recorder.answers(status=204)
    copy.items.delete_part("x", "7")
    assert "100" == recorder.last.headers["x-company"]
    recorder.answers(status=204)
    items.items.delete_part("x", "7")
    assert "x-company" not in recorder.last.headers


def test_methods_show_their_signature(items: Any) -> None:
    """`inspect` and `help` see the declared parameters and the docstring."""
    signature = inspect.signature(items.items.get_part)
    assert ["id", "part_id"] == list(signature.parameters)
    assert "GET /items/{id}/parts/{partId}" in (items.items.get_part.__doc__ or "")
