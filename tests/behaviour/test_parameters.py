"""Where arguments stand in a request, and in which spelling, for every location and style."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from tests_support.recorder import Recorder

STYLES = """
openapi: 3.1.0
info: {title: Styles, version: "1"}
paths:
  /p/{label}/{matrix}/{simple}/{proxy+}/{ids*}/{undeclared}#one:
    parameters:
      - {name: label, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: integer}}}
      - {name: matrix, in: path, required: true, style: matrix, schema: {type: object, additionalProperties: {type: string}}}
      - {name: simple, in: path, required: true, schema: {type: array, items: {type: string}}}
      - {name: proxy, in: path, required: true, schema: {type: string}}
      - {name: ids, in: path, required: true, schema: {type: object, additionalProperties: {type: integer}}}
      - {name: X-Trace, in: header, description: of the path, schema: {type: string}}
    get:
      operationId: read
      parameters:
        - {name: x-trace, in: header, description: of the operation, schema: {type: integer}}
      responses: {"204": {description: ""}}
  /query:
    get:
      operationId: query
      parameters:
        - {name: class, in: query, schema: {type: string}}
        - {name: 1st, in: query, schema: {type: string}}
        - {name: self, in: query, schema: {type: string}}
        - {name: body, in: query, schema: {type: string}}
        - {name: page-size, in: query, schema: {type: integer}}
        - {name: page_size, in: query, schema: {type: integer}}
        - {name: id, in: query, schema: {type: string}}
        - {name: id, in: header, schema: {type: string}}
        - {name: id, in: cookie, schema: {type: string}}
        - {name: flag, in: query, allowEmptyValue: true, schema: {type: boolean}}
        - {name: raw, in: query, allowReserved: true, schema: {type: string}}
        - {name: pipes, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: space, in: query, style: spaceDelimited, schema: {type: array, items: {type: string}}}
        - {name: twice, in: query, schema: {type: string}}
        - {name: twice, in: query, schema: {type: integer}}
        - name: deep
          in: query
          style: deepObject
          schema: {type: object, properties: {a: {type: string}, n: {type: array, items: {type: integer}}}}
        - name: page
          in: query
          schema: {type: object, properties: {size: {type: integer}, sort: {type: array, items: {type: string}}}}
        - {name: json, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: X-Json, in: header, content: {application/json: {schema: {type: object}}}}
      responses: {"204": {description: ""}}
"""


@pytest.fixture(scope="module")
def styles(generate: Any) -> Any:
    return generate(STYLES)


def test_paths(styles: Any, recorder: Recorder) -> None:
    """Each style as RFC 6570 writes it. `{proxy+}` may hold slashes and `{ids*}` explodes, as the frameworks mean it
    that write so; a variable that nobody declared is a required string; a fragment is not sent."""
    with styles.Client(base_url=recorder.url, auth=None) as client:
        recorder.answers(status=204)
        client.read([1, 2], {"a": "x y"}, ["b", "c,d"], "e/f", {"i": 1, "j": 2}, "u", x_trace=7)
    assert "/p/.1.2/;matrix=a,x%20y/b,c%2Cd/e/f/i=1,j=2/u" == recorder.last.target
    assert "7" == recorder.last.headers["x-trace"]


def test_what_an_operation_declares_replaces_what_its_path_does(styles: Any) -> None:
    """Names of headers are the same in any case, so that there is one argument, of the operation's type."""
    signature = inspect.signature(styles.Client.read.declared)
    assert "int | None" == signature.parameters["x_trace"].annotation
    assert "of the operation" in (styles.Client.read.__doc__ or "")
    assert "of the path" not in (styles.Client.read.__doc__ or "")


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"class_": "a", "parameter_1st": "b", "self_": "c", "body_": "d"}, "class=a&1st=b&self=c&body=d"),
        ({"page_size": 1, "page_size_query": None}, None),
        ({"flag": True}, "flag=true"),
        ({"flag": ""}, "flag="),
        ({"raw": "a/b:c d"}, "raw=a/b:c%20d"),
        ({"pipes": ["a", "b|c"]}, "pipes=a%7Cb%7Cc"),
        ({"space": ["a", "b"]}, "space=a%20b"),
        ({"twice": 5}, "twice=5"),
        ({"deep": {"a": "x", "n": [1, 2]}}, "deep%5Ba%5D=x&deep%5Bn%5D%5B0%5D=1&deep%5Bn%5D%5B1%5D=2"),
        ({"page": {"size": 2, "sort": ["a", "b"]}}, "size=2&sort=a&sort=b"),
        ({"json": {"q": ["é"]}}, "json=%7B%22q%22%3A%5B%22%C3%A9%22%5D%7D"),
    ],
)
def test_queries(styles: Any, recorder: Recorder, arguments: dict[str, object], query: str | None) -> None:
    """Every style; names that are no identifiers, or taken, end in an underscore."""
    with styles.Client(base_url=recorder.url, auth=None) as client:
        if query is None:
            with pytest.raises(TypeError):
                client.query(**arguments)
            return
        recorder.answers(status=204)
        client.query(**arguments)
    assert f"/query?{query}" == recorder.last.target


def test_one_name_in_several_places(styles: Any, recorder: Recorder) -> None:
    """The query has the best claim to it; the others say where they stand. Header documents are ASCII."""
    with styles.Client(base_url=recorder.url, auth=None) as client:
        recorder.answers(status=204)
        client.query(id="q", id_header="h", id_cookie="c;c", x_json={"a": "Ł"})
    assert "/query?id=q" == recorder.last.target
    headers = recorder.last.headers
    assert ("h", "id=c%3Bc", '{"a":"\\u0141"}') == (headers["id"], headers["cookie"], headers["x-json"])


SWAGGER = """
swagger: "2.0"
info: {title: Old, version: "1"}
paths:
  /a/{ids}:
    get:
      operationId: read
      parameters:
        - {name: ids, in: path, required: true, type: array, items: {type: string}, collectionFormat: pipes}
        - {name: csv, in: query, type: array, items: {type: string}}
        - {name: ssv, in: query, type: array, items: {type: string}, collectionFormat: ssv}
        - {name: tsv, in: query, type: array, items: {type: string}, collectionFormat: tsv}
        - {name: multi, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: X-Pipes, in: header, type: array, items: {type: string}, collectionFormat: pipes}
      responses: {204: {description: ""}}
"""


def test_collection_formats(generate: Any, recorder: Recorder) -> None:
    """Swagger 2.0's ways of writing arrays, in paths and headers, too."""
    two = ["a", "b"]
    with generate(SWAGGER).Client(base_url=recorder.url, auth=None) as client:
        recorder.answers(status=204)
        client.read(two, csv=two, ssv=two, tsv=two, multi=two, x_pipes=two)
    assert "/a/a%7Cb?csv=a,b&ssv=a%20b&tsv=a%09b&multi=a&multi=b" == recorder.last.target
    assert "a|b" == recorder.last.headers["x-pipes"]
