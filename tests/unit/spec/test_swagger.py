"""How documents of Swagger 2.0 read in OpenAPI 3.1's shape, and where their parts still stand."""

from __future__ import annotations

import pytest

from .conftest import FolderLoader, Loaded, Loader

GET = ("paths", "/x", "get")
POST = ("paths", "/x", "post")


def with_parameter(loaded: Loader, parameter: str) -> Loaded:
    return loaded(f"swagger: '2.0'\npaths: {{/x: {{get: {{parameters: [{parameter}]}}}}}}")


def test_components(loaded: Loader) -> None:
    """Definitions, parameters, responses and security definitions move; their places stay."""
    read = loaded("""\
        swagger: '2.0'
        info: {title: T}
        security: [{key: []}]
        definitions: {Pet: {type: object, x-nullable: true}}
        parameters:
          Page: {name: page, in: query, type: integer}
          Body: {name: body, in: body, schema: {}}
        responses: {Gone: {description: Gone.}}
        securityDefinitions:
          key: {type: apiKey, in: header, name: X-Key}
          basic: {type: basic}
          code: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {s: d}}
          app: {type: oauth2, flow: application, tokenUrl: 'https://t'}
        """)
    root = read.document.root.value
    assert isinstance(root, dict)
    assert ["info", "security", "components"] == list(root)
    pet = read.schema("Pet")
    assert {"type": ["object", "null"]} == pet.value
    assert ("/definitions/Pet", "api.yaml#/definitions/Pet") == (pet.pointer, pet.identity)
    assert ["Page"] == [name for name, _ in read.at("components", "parameters").items()]
    page = read.at("components", "parameters", "Page")
    assert {"name": "page", "in": "query", "schema": {"type": "integer"}} == page.value
    assert "/parameters/Page" == page.pointer
    assert "/responses/Gone" == read.at("components", "responses", "Gone").pointer
    schemes = read.at("components", "securitySchemes")
    assert {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "basic": {"type": "http", "scheme": "basic"},
        "code": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "https://a",
                    "tokenUrl": "https://t",
                    "scopes": {"s": "d"},
                }
            },
        },
        "app": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://t", "scopes": {}}}},
    } == schemes.value
    assert "/securityDefinitions/key/in" == read.at("components", "securitySchemes", "key", "in").pointer


@pytest.mark.parametrize(
    ("written", "urls"),
    [
        (
            "host: a.example\nbasePath: /v1/\nschemes: [http, https]",
            ["https://a.example/v1", "http://a.example/v1"],
        ),
        ("host: a.example", ["https://a.example"]),
        ("host: http://a.example/", ["https://a.example"]),
        ("basePath: /ACME/M3/m3api-rest", ["/ACME/M3/m3api-rest"]),
        ("basePath: v1", ["/v1"]),
        ("basePath: /", None),
        ("schemes: [https]", None),
    ],
)
def test_servers(loaded: Loader, written: str, urls: list[str] | None) -> None:
    """Host, base path and schemes become servers; https first; without a host, the path alone."""
    servers = loaded(f"swagger: '2.0'\n{written}\n").document.root.get("servers")
    assert urls == ([each.text("url") for each in servers.elements()] if servers is not None else None)


@pytest.mark.parametrize(
    ("parameter", "style"),
    [
        ("in: query, collectionFormat: csv", ("form", False)),
        ("in: query", ("form", False)),
        ("in: query, collectionFormat: multi", ("form", True)),
        ("in: query, collectionFormat: ssv", ("spaceDelimited", False)),
        ("in: query, collectionFormat: tsv", ("tabDelimited", False)),
        ("in: query, collectionFormat: pipes", ("pipeDelimited", False)),
        ("in: query, items: {type: string, collectionFormat: multi}", ("form", True)),
        ("in: query, items: {type: array, collectionFormat: pipes}", ("form", False)),
        ("in: path, collectionFormat: csv", ("simple", False)),
        ("in: header", ("simple", False)),
    ],
)
def test_arrays_in_parameters(loaded: Loader, parameter: str, style: tuple[str, bool]) -> None:
    """`collectionFormat` becomes style and explode; inside of `items` it counts where it can mean nothing else."""
    value = with_parameter(loaded, f"{{name: a, type: array, {parameter}}}").at(*GET, "parameters", "0").value
    assert isinstance(value, dict)
    assert style == (value["style"], value["explode"])


def test_parameter(loaded: Loader) -> None:
    """What describes the value becomes the schema, upgraded like any other, in the place of the parameter."""
    read = with_parameter(
        loaded,
        "{name: a, in: query, required: true, description: d, type: integer, minimum: 0, "
        "exclusiveMinimum: true, default: 5, x-nullable: true}",
    )
    node = read.at(*GET, "parameters", "0")
    schema = read.at(*GET, "parameters", "0", "schema")
    assert isinstance(node.value, dict)
    assert ["name", "in", "required", "description", "x-nullable", "schema"] == list(node.value)
    assert {"type": ["integer", "null"], "exclusiveMinimum": 0, "default": 5} == schema.value
    assert "/paths/~1x/get/parameters/0" == node.pointer == schema.pointer
    assert node.identity != schema.identity


BODIES = """\
swagger: '2.0'
consumes: [application/json]
parameters:
  Shared: {name: b, in: body, required: true, description: d, schema: {$ref: '#/definitions/Pet'}}
definitions: {Pet: {type: object}}
paths:
  /x:
    parameters:
      - {name: inherited, in: body, schema: {type: string}}
      - {name: q, in: query, type: string}
    get: {}
    post:
      consumes: [application/xml, text/xml]
      parameters:
        - {name: h, in: header, type: string}
        - {$ref: '#/parameters/Shared'}
        - {name: i, in: header, type: string}
"""


def test_bodies(loaded: Loader) -> None:
    """A body parameter becomes the request body with the operation's media types, also through a reference."""
    read = loaded(BODIES)
    body = read.at(*POST, "requestBody")
    assert {
        "required": True,
        "description": "d",
        "content": {
            "application/xml": {"schema": {"$ref": "#/definitions/Pet"}},
            "text/xml": {"schema": {"$ref": "#/definitions/Pet"}},
        },
    } == body.value
    assert "/parameters/Shared" == body.pointer
    assert "/definitions/Pet" == read.resolved(*POST, "requestBody", "content", "text/xml", "schema").pointer
    schema = read.at(*POST, "requestBody", "content", "text/xml", "schema")
    assert "/parameters/Shared/schema" == schema.pointer
    headers = read.at(*POST, "parameters")
    assert ["/paths/~1x/post/parameters/0", "/paths/~1x/post/parameters/2"] == [
        each.pointer for each in headers.elements()
    ]


def test_bodies_of_a_path(loaded: Loader) -> None:
    """A body that stands beside the operations is one of each operation that has none."""
    read = loaded(BODIES)
    assert ["q"] == [each.text("name") for each in read.at("paths", "/x", "parameters").elements()]
    schema = read.at(*GET, "requestBody", "content", "application/json", "schema")
    assert {"type": "string"} == schema.value
    assert "/paths/~1x/parameters/0/schema" == schema.pointer


@pytest.mark.parametrize(
    ("consumes", "kind", "media"),
    [
        ("[]", "string", "application/x-www-form-urlencoded"),
        ("[multipart/form-data]", "string", "multipart/form-data"),
        ("[application/json]", "file", "multipart/form-data"),
        ("[application/x-www-form-urlencoded]", "file", "multipart/form-data"),
    ],
)
def test_forms(loaded: Loader, consumes: str, kind: str, media: str) -> None:
    """Form parameters become the properties of one body; a form with a file is multipart."""
    read = loaded(f"""\
        swagger: '2.0'
        consumes: {consumes}
        paths:
          /x:
            post:
              parameters:
                - {{name: q, in: query, type: string}}
                - {{name: f, in: formData, type: {kind}, required: true, description: d}}
                - {{name: tags, in: formData, type: array, items: {{type: string}}, collectionFormat: multi}}
                - {{name: files, in: formData, type: array, items: {{type: {kind}}}}}
        """)
    content = read.at(*POST, "requestBody", "content")
    assert [media] == [name for name, _ in content.items()]
    schema = read.at(*POST, "requestBody", "content", media, "schema")
    assert isinstance(schema.value, dict)
    assert ["f"] == schema.value["required"]
    written = {"type": "string", "format": "binary"} if kind == "file" else {"type": "string"}
    first = read.at(*POST, "requestBody", "content", media, "schema", "properties", "f")
    assert {**written, "description": "d"} == first.value
    assert "/paths/~1x/post/parameters/1" == first.pointer
    items = read.at(*POST, "requestBody", "content", media, "schema", "properties", "files", "items")
    assert written == items.value
    assert "/paths/~1x/post/parameters/3/items" == items.pointer
    encoding = read.at(*POST, "requestBody", "content", media, "encoding").value
    assert isinstance(encoding, dict)
    assert {"style": "form", "explode": True} == encoding["tags"]
    assert ("files" in encoding) is (kind == "string")


def test_body_and_form(loaded: Loader) -> None:
    """Two bodies are a warning; the body parameter counts."""
    read = with_parameter(loaded, "{name: f, in: formData, type: string}, {name: b, in: body, schema: {}}")
    assert ["application/json"] == [name for name, _ in read.at(*GET, "requestBody", "content").items()]
    assert [("body-ambiguous", "/paths/~1x/get/parameters")] == read.found()


def test_responses(loaded: Loader) -> None:
    """Schema and examples become content of each media type; headers get a schema."""
    read = loaded("""\
        swagger: '2.0'
        produces: [application/json]
        paths:
          /x:
            get:
              responses:
                200:
                  description: d
                  schema: {$ref: '#/definitions/Pet'}
                  examples: {application/json: {name: a}, note: ignored}
                  headers: {X-Total: {type: integer, description: t}}
                204: {description: e}
            post:
              produces: [application/xml]
              responses: {'200': {$ref: '#/responses/Shared'}, '201': {$ref: '#/responses/Empty'}}
        responses: {Shared: {description: s, schema: {type: string}}, Empty: {description: n}}
        definitions: {Pet: {type: object}}
        """)
    response = read.at(*GET, "responses", "200")
    assert {
        "application/json": {"schema": {"$ref": "#/definitions/Pet"}, "example": {"name": "a"}}
    } == read.at(*GET, "responses", "200", "content").value
    assert "/paths/~1x/get/responses/200" == response.pointer
    schema = read.at(*GET, "responses", "200", "content", "application/json", "schema")
    assert "/paths/~1x/get/responses/200/schema" == schema.pointer
    header = read.at(*GET, "responses", "200", "headers", "X-Total")
    assert {"description": "t", "schema": {"type": "integer"}} == header.value
    assert "/paths/~1x/get/responses/200/headers/X-Total" == header.pointer
    assert {"description": "e"} == read.at(*GET, "responses", "204").value
    assert ["application/xml"] == [name for name, _ in read.at(*POST, "responses", "200", "content").items()]
    shared = read.at(*POST, "responses", "200", "content", "application/xml", "schema")
    assert "/responses/Shared/schema" == shared.pointer
    assert "/responses/Empty" == read.resolved(*POST, "responses", "201").pointer
    component = read.at("components", "responses", "Shared", "content", "application/json", "schema")
    assert shared.identity == component.identity


@pytest.mark.parametrize(
    ("schema", "media"),
    [("type: file", "application/octet-stream"), ("type: object", "application/json")],
)
def test_responses_without_media_types(loaded: Loader, schema: str, media: str) -> None:
    """Where a document says nothing, files are octets and everything else is JSON."""
    read = loaded(f"swagger: '2.0'\npaths: {{/x: {{get: {{responses: {{200: {{schema: {{{schema}}}}}}}}}}}}}")
    assert [media] == [name for name, _ in read.at(*GET, "responses", "200", "content").items()]


def test_references_into_the_old_shape(loaded: Loader) -> None:
    """References are to the text as it was written, wherever that has gone."""
    read = loaded("""\
        swagger: '2.0'
        paths:
          /x:
            get:
              parameters: [{name: b, in: body, schema: {type: object, x-nullable: true}}]
              responses: {200: {schema: {type: string}}}
        definitions:
          A: {$ref: '#/paths/~1x/get/responses/200/schema'}
          B: {$ref: '#/paths/~1x/get/parameters/0/schema'}
        """)
    response = read.at(*GET, "responses", "200", "content", "application/json", "schema")
    assert response.identity == read.resolved("components", "schemas", "A").identity
    body = read.at(*GET, "requestBody", "content", "application/json", "schema")
    target = read.resolved("components", "schemas", "B")
    assert body.identity == target.identity
    assert {"type": ["object", "null"]} == target.value


def test_pieces_in_other_files(loaded_folder: FolderLoader) -> None:
    """A file of pieces is read like the document that refers to it, with the document's media types."""
    read = loaded_folder(
        {
            "api/api.yaml": """\
                swagger: '2.0'
                consumes: [text/plain]
                paths:
                  /x: {$ref: 'x.yaml'}
                """,
            "api/x.yaml": """\
                post:
                  parameters: [{$ref: 'parameters.yaml#/Body'}, {$ref: 'parameters.yaml#/Page'}]
                """,
            "api/parameters.yaml": """\
                Body: {name: b, in: body, schema: {type: string}}
                Page: {name: p, in: query, type: integer}
                """,
        }
    )
    post = read.resolved("paths", "/x").get("post")
    assert post is not None
    body, parameters = post.get("requestBody"), post.get("parameters")
    assert body is not None
    assert parameters is not None
    assert ("api/parameters.yaml", "/Body") == (body.place.file, body.pointer)
    assert {"content": {"text/plain": {"schema": {"type": "string"}}}} == body.value
    (page,) = parameters.elements()
    found = read.document.resolve(page, read.diagnostics)
    assert found is not None
    assert {"name": "p", "in": "query", "schema": {"type": "integer"}} == found.value


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ("paths: {/x: {get: {parameters: {name: a}}}}", "/paths/~1x/get/parameters"),
        ("paths: {/x: {get: {parameters: [a, {name: b, in: body}]}}}", "/paths/~1x/get/parameters/0"),
        ("paths: {/x: {get: {responses: [a]}}}", "/paths/~1x/get/responses"),
        ("paths: {/x: {get: {responses: {200: null}}}}", "/paths/~1x/get/responses/200"),
        ("paths: {/x: {get: {responses: {200: {schema: null}}}}}", "/paths/~1x/get/responses/200/schema"),
        ("paths: {/x: {get: null}}", "/paths/~1x/get"),
        ("paths: {/x: text}", "/paths/~1x"),
        ("definitions: {A: null}", "/definitions/A"),
        ("parameters: []", "/parameters"),
        ("responses: text", "/responses"),
    ],
)
def test_wrong_pieces(loaded: Loader, document: str, found: str) -> None:
    """A piece of the wrong kind is a warning at its place, and the rest is read."""
    read = loaded(f"swagger: '2.0'\n{document}")
    waiting = [read.document.root]
    while waiting:
        node = waiting.pop()
        waiting += [member for _, member in node.items()] + list(node.elements())
    assert [("wrong-kind", found)] == read.found()
