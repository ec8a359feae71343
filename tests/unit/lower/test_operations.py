"""Operations, and the document as a whole."""

from __future__ import annotations

import pytest

from ionapi_codegen.diagnostics import Severity
from ionapi_codegen.ir.api import SecurityKind
from ionapi_codegen.ir.operation import Effect, Location, Server, ServerVariable
from ionapi_codegen.ir.schema import Alias, Anything
from ionapi_codegen.ir.text import Text

from .conftest import LowerYaml


def test_methods_and_their_effect(lower_yaml: LowerYaml) -> None:
    """Every method counts, 3.2's among them; only the safe ones read."""
    lowered = lower_yaml("""
        openapi: 3.2.0
        info: {title: T, version: '1'}
        paths:
          /a:
            get: {}
            post: {}
            query: {}
            additionalOperations: {COPY: {}}
            summary: Not a method.
        """)
    expected = [
        ("GET", Effect.READ),
        ("POST", Effect.WRITE),
        ("QUERY", Effect.READ),
        ("COPY", Effect.WRITE),
    ]
    assert expected == [(each.method, each.effect) for each in lowered.api.operations]


def test_operation_with_a_dangling_reference_is_left_out(lower_yaml: LowerYaml) -> None:
    """Such an operation leaves no trace, nor do its own records; one error names the reference; others stay."""
    lowered = lower_yaml("""
        paths:
          /a:
            post:
              operationId: bad
              requestBody: {content: {application/json: {schema: {properties: {x: {type: string}}}}}}
              responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/No'}}}}}
          /b: {get: {operationId: good}}
        """)
    assert [Text("good")] == [each.id for each in lowered.api.operations]
    assert {} == lowered.api.schemas
    assert {"ref-not-found"} == set(lowered.codes())


def test_dangling_reference_in_a_schema_it_needs(lower_yaml: LowerYaml) -> None:
    """It makes no difference how far away the broken reference is; a misspelt name is refused anywhere."""
    lowered = lower_yaml("""
        paths:
          /a: {get: {responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
          /b: {get: {operationId: good}}
        components:
          schemas:
            A: {properties: {b: {$ref: '#/components/schemas/B'}}}
            B: {properties: {x: {$ref: '#/components/schemas/Missin'}}}
            Missing: {type: string}
        """)
    assert [Text("good")] == [each.id for each in lowered.api.operations]
    assert ["ref-not-found"] == lowered.codes()


@pytest.mark.parametrize(
    "schema",
    [
        "{$ref: '#/components/schemas/Missing'}",
        "{allOf: [{$ref: '#/components/schemas/Missing'}]}",
        "{type: array, items: {$ref: '#/components/schemas/Missing'}}",
        "{oneOf: [{$ref: '#/components/schemas/Missing'}, {$ref: '#/components/schemas/B'}]}",
    ],
)
def test_schema_that_a_property_needs_and_nobody_wrote(lower_yaml: LowerYaml, schema: str) -> None:
    """The operation is known but for what one property holds: that is any value, under the missing name."""
    lowered = lower_yaml(f"""
        paths:
          /a: {{get: {{responses: {{200: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}
        components:
          schemas:
            A: {{properties: {{x: {schema}, y: {schema}}}}}
            B: {{type: object, properties: {{b: {{type: string}}}}}}
        """)
    assert 1 == len(lowered.api.operations)
    missing = lowered.schema("Missing")
    assert isinstance(missing, Alias)
    assert (Anything(), (Text("Missing"),)) == (missing.type, missing.hint)
    assert ["schema-missing"] == lowered.codes()


@pytest.mark.parametrize(
    "schema",
    [
        "{$ref: '#/components/schemas/Missing'}",
        "{type: array, items: {$ref: '#/components/schemas/Missing'}}",
        "{allOf: [{$ref: '#/components/schemas/Missing'}, {properties: {x: {}}}]}",
        "{properties: {x: {$ref: '#/components/parameters/Missing'}}}",
        "{properties: {x: {$ref: '#/components/schemas/B/properties/missing'}}}",
        "{properties: {x: {$ref: '#/definitions/B'}}}",
        "{properties: {x: {$ref: 'other.yaml#/components/schemas/Missing'}}}",
    ],
)
def test_schema_that_an_operation_cannot_do_without(lower_yaml: LowerYaml, schema: str) -> None:
    """What is sent or received as a whole must be there, and so must whatever is no component."""
    lowered = lower_yaml(f"""
        paths:
          /a: {{get: {{responses: {{200: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}
        components:
          schemas:
            A: {schema}
            B: {{type: object, properties: {{b: {{type: string}}}}}}
        """)
    assert () == lowered.api.operations
    assert 1 == lowered.diagnostics.count(Severity.ERROR)


def test_closest_servers_and_security(lower_yaml: LowerYaml) -> None:
    """What the operation says counts before the path, and the path before the document."""
    lowered = lower_yaml("""
        servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu, enum: [eu, us]}}}]
        security: [{key: []}]
        paths:
          /a:
            servers: [{url: /path}]
            get: {servers: [{url: /operation}], security: [{}]}
            post: {}
          /b: {get: {security: []}}
        components:
          securitySchemes:
            key: {type: apiKey, in: header, name: X-Key}
            token: {type: http, scheme: Bearer}
        """)
    get, post, other = lowered.api.operations
    assert [Text("/operation")] == [each.url for each in get.servers]
    assert [Text("/path")] == [each.url for each in post.servers]
    assert () == other.servers
    region = ServerVariable(Text("region"), Text("eu"), (Text("eu"), Text("us")))
    assert (Server(Text("https://{region}.example.com"), (region,)),) == lowered.api.servers
    assert [((),), ((Text("key"),),), ()] == [each.security for each in lowered.api.operations]
    key, token = lowered.api.security_schemes
    expected = (SecurityKind.API_KEY, Location.HEADER, Text("X-Key"))
    assert expected == (key.kind, key.location, key.key)
    assert SecurityKind.BEARER is token.kind


def test_records_named_by_method_and_path(lower_yaml: LowerYaml) -> None:
    """Without an operationId, what is written out inside is called after method and path."""
    lowered = lower_yaml("""
        paths:
          /pets/{id}:
            put:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              requestBody: {content: {application/json: {schema: {properties: {a: {}}}}}}
        """)
    (record,) = lowered.api.schemas.values()
    assert ["put", "pets", "id", "body"] == [word.raw for word in record.hint]


def test_path_item_reached_by_reference(lower_yaml: LowerYaml) -> None:
    """A path may be described elsewhere."""
    lowered = lower_yaml("""
        paths: {/a: {$ref: '#/components/pathItems/A'}}
        components: {pathItems: {A: {get: {operationId: getA}}}}
        """)
    assert [("GET", Text("/a"), Text("getA"))] == [
        (each.method, each.path, each.id) for each in lowered.api.operations
    ]


def test_tags_and_title(lower_yaml: LowerYaml) -> None:
    """Tags have descriptions; what is no text in `info` is read as text."""
    lowered = lower_yaml("""
        openapi: 3.0.3
        info: {title: Orders, version: '2'}
        tags: [{name: a, description: First.}]
        paths: {/a: {get: {tags: [a, b], deprecated: true, summary: Get.}}}
        """)
    assert (Text("Orders"), Text("2")) == (lowered.api.title, lowered.api.version)
    assert [(Text("a"), Text("First."))] == [(each.name, each.docs.description) for each in lowered.api.tags]
    (operation,) = lowered.api.operations
    assert (Text("a"), Text("b")) == operation.tags
    assert (True, Text("Get.")) == (operation.docs.deprecated, operation.docs.summary)
