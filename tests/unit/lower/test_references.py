"""References into places that nobody thought of as components."""

from __future__ import annotations

from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import Alias, Array, Kind, Record, Ref, Scalar, Type

from .conftest import Lowered, LowerYaml

DOCUMENT = """
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getA
      parameters:
        - {name: q, in: query, schema: {$ref: '#/components/parameters/P/schema'}}
      responses:
        '200':
          headers: {X-A: {$ref: '#/components/headers/H'}}
          content: {application/json: {schema: {type: object, properties: {x: {type: integer}}}}}
  /b:
    parameters: [{$ref: '#/paths/~1a~1{id}/get/parameters/0'}]
    get:
      operationId: getB
      responses:
        '200':
          content:
            application/json:
              schema: {$ref: '#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema'}
        '404': {$ref: '#/paths/~1c/put/responses/default'}
  /c:
    put:
      operationId: putC
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/requestBodies/B/content/application~1json/schema/properties/sub'}
      responses:
        default:
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/S/allOf/1/additionalProperties'}}
  /d: {$ref: '#/paths/~1c'}
components:
  headers: {H: {schema: {type: integer}}}
  parameters: {P: {name: p, in: query, schema: {type: array, items: {type: integer}}}}
  requestBodies:
    B: {content: {application/json: {schema: {properties: {sub: {properties: {z: {type: boolean}}}}}}}}
  schemas:
    S: {allOf: [{}, {additionalProperties: {properties: {y: {type: string}}}}]}
"""


def operation(lowered: Lowered, method: str, path: str) -> Operation:
    return next(each for each in lowered.api.operations if (each.method, each.path.raw) == (method, path))


def behind(lowered: Lowered, written: Type | None) -> Type | list[str]:
    """What a reference leads to: the names of a record's fields, or the type."""
    found = written
    while isinstance(found, Ref):
        schema = lowered.api.schemas[found.target]
        if isinstance(schema, Record):
            return [each.name.raw for each in schema.properties]
        assert isinstance(schema, Alias)
        found = schema.type
    assert found is not None
    return found


def test_references_into_paths_parameters_and_bodies(lower_yaml: LowerYaml) -> None:
    """Whatever has the place of a schema, parameter, response or path item is one."""
    found = lower_yaml(DOCUMENT)
    assert [] == found.codes()
    get_a, get_b = operation(found, "GET", "/a/{id}"), operation(found, "GET", "/b")
    put_c, put_d = operation(found, "PUT", "/c"), operation(found, "PUT", "/d")
    assert Array(Scalar(Kind.INTEGER)) == behind(found, get_a.parameters[1].type)
    assert ["q"] == [each.name.raw for each in get_b.parameters]
    assert Scalar(Kind.INTEGER) == get_a.responses[0].headers[0].type
    assert ["x"] == behind(found, get_b.responses[0].contents[0].type)
    assert put_c.body is not None
    assert ["z"] == behind(found, put_c.body.contents[0].type)
    listed = behind(found, get_b.responses[1].contents[0].type)
    assert isinstance(listed, Array) and ["y"] == behind(found, listed.items)
    assert put_c.body == put_d.body
