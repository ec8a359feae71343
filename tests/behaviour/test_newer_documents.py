"""What OpenAPI 3.1 and 3.2 have added, called: templates of schemas, mappings with a default, streams of two kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests_support.recorder import Recorder

DOCUMENT = """
openapi: 3.2.0
$self: https://shop.example/api/shop.yaml
info: {title: Shop, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: ""
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Page"
                $defs: {bound: {$dynamicAnchor: item, $ref: "https://shop.example/api/shop.yaml#/components/schemas/Pet"}}
  /tree:
    get:
      operationId: tree
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/NamedTree"}}}}}
  /watch:
    get:
      operationId: watch
      responses:
        "200":
          description: ""
          content:
            text/event-stream: {itemSchema: {$ref: "#/components/schemas/Pet"}}
            application/jsonl: {itemSchema: {$ref: "#/components/schemas/Pet"}}
  /find:
    query:
      operationId: find
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}}}
    additionalOperations:
      COPY: {operationId: copy, responses: {"204": {description: ""}}}
  /import:
    post:
      operationId: upload
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                key: {type: string, format: byte}
                keys: {type: array, items: {type: string, contentEncoding: base64}}
                file: {type: string, format: binary}
      responses: {"204": {description: ""}}
components:
  schemas:
    Page:
      type: object
      properties:
        items: {type: array, items: {$dynamicRef: "#item"}}
        next: {type: string}
      $defs: {open: {$dynamicAnchor: item}}
    Tree:
      $id: https://shop.example/tree
      $dynamicAnchor: node
      type: object
      properties: {children: {type: array, items: {$dynamicRef: "#node"}}}
    NamedTree:
      $id: https://shop.example/named-tree
      $dynamicAnchor: node
      $ref: tree
      properties: {name: {type: string}}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Other"}]
      discriminator: {propertyName: kind, mapping: {cat: Cat}, defaultMapping: Other}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Other: {type: object, properties: {kind: {type: string}, lives: {type: string}}}
    Animal:
      type: object
      properties: {class: {type: string}}
      discriminator: {propertyName: class, defaultMapping: "#/components/schemas/UnknownAnimal"}
    UnknownAnimal: {allOf: [{$ref: "#/components/schemas/Animal"}, {properties: {note: {type: string}}}]}
    Bird: {allOf: [{$ref: "#/components/schemas/Animal"}, {properties: {wings: {type: integer}}}]}
"""

PETS = [{"kind": "cat", "lives": 7}, {"kind": "zebra", "lives": "one"}, {"lives": "two"}]


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(DOCUMENT)


@pytest.fixture
def client(package: Any, recorder: Recorder) -> Iterator[Any]:
    with package.Client(base_url=recorder.url, auth=None) as made:
        yield made


def kinds(pets: Any) -> list[str]:
    return [type(pet).__name__ for pet in pets]


def test_a_template_holds_what_the_operation_says(client: Any, recorder: Recorder) -> None:
    """An anchor that the answer's own schema binds; the mapping's default for what it does not know."""
    recorder.answers({"items": PETS, "next": "p2"})
    page = client.list_pets()
    assert (["Cat", "Other", "Other"], "p2") == (kinds(page.items), page.next)
    assert 7 == page.items[0].lives


def test_an_extended_tree_has_extended_children(client: Any, recorder: Recorder) -> None:
    """The outermost schema with the anchor counts, however deep."""
    recorder.answers({"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]})
    assert "c" == client.tree().children[0].children[0].name


@pytest.mark.parametrize(
    ("content_type", "lines"),
    [
        ("application/jsonl", '{"kind": "cat", "lives": 7}\n{"kind": "zebra"}\n'),
        ("text/event-stream", 'data: {"kind": "cat", "lives": 7}\n\ndata: {"kind": "zebra"}\n\n'),
    ],
)
def test_streams_of_two_kinds(client: Any, recorder: Recorder, content_type: str, lines: str) -> None:
    """Both are asked for, and read as the server answers."""
    recorder.answers(lines, content_type=content_type)
    assert ["Cat", "Other"] == kinds(client.watch())
    assert content_type in recorder.last.headers["accept"]


def test_a_default_among_children(client: Any, recorder: Recorder) -> None:
    """What is of no known kind, or says none, is what the document names for that."""
    for answer, expected in (
        ({"class": "Bird", "wings": 2}, "Bird"),
        ({"class": "Fish", "note": "wet"}, "UnknownAnimal"),
        ({"note": "?"}, "UnknownAnimal"),
    ):
        recorder.answers(answer)
        assert expected == type(client.find(body={"kind": "cat"})).__name__
    assert ("QUERY", {"kind": "cat"}) == (recorder.last.method, recorder.last.json())


def test_methods_of_a_document_s_own(client: Any, recorder: Recorder) -> None:
    """`additionalOperations` are sent with their own method."""
    recorder.answers("", status=204)
    client.copy()
    assert "COPY" == recorder.last.method


def test_bytes_in_the_text_of_a_part(package: Any, client: Any, recorder: Recorder) -> None:
    """What the document has as base64 is text; what it has as binary is a file."""
    for body in (
        package.models.UploadBody(key=b"\xff\xfe", keys=[b"a", b""], file=package.File(b"\xff")),
        {"key": b"\xff\xfe", "keys": [b"a", b""], "file": b"\xff"},
    ):
        recorder.answers("", status=204)
        client.upload(body=body)
        assert b'name="key"\r\n\r\n//4=\r\n' in recorder.last.body
        assert b'name="keys"\r\n\r\nYQ==\r\n' in recorder.last.body
        assert b'filename="file"' in recorder.last.body and b"\r\n\r\n\xff\r\n" in recorder.last.body
