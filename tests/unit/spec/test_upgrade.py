"""How schemas of OpenAPI 3.0 read in 3.1's shape."""

from __future__ import annotations

import json

import pytest

from ionapi_codegen.spec.node import Node

from .conftest import Loaded, Loader


def of_schema(loaded: Loader, schema: str) -> tuple[Loaded, Node]:
    read = loaded(f'{{"openapi": "3.0.3", "components": {{"schemas": {{"A": {schema}}}}}}}')
    return read, read.schema("A")


@pytest.mark.parametrize(
    ("written", "upgraded"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": "string", "x-nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"], "nullable": True}, {"type": ["string", "null"]}),
        ({"nullable": True}, {}),
        ({"nullable": True, "enum": ["a"]}, {"enum": ["a", None]}),
        ({"nullable": True, "properties": {}}, {"properties": {}, "type": ["object", "null"]}),
        ({"nullable": True, "items": {}}, {"items": {}, "type": ["array", "null"]}),
        (
            {"nullable": True, "oneOf": [{"type": "string"}]},
            {"oneOf": [{"type": "string"}, {"type": "null"}]},
        ),
        (
            {"nullable": True, "description": "d", "allOf": [{"$ref": "#/B"}]},
            {"description": "d", "anyOf": [{"allOf": [{"$ref": "#/B"}]}, {"type": "null"}]},
        ),
        ({"nullable": True, "$ref": "#/B"}, {"anyOf": [{"$ref": "#/B"}, {"type": "null"}]}),
        (
            {"anyOf": [{"$ref": "#/B"}, {"nullable": True}]},
            {"anyOf": [{"$ref": "#/B"}, {"type": "null"}]},
        ),
        (
            {"oneOf": [{"nullable": True, "description": "or not"}, {"type": "string"}]},
            {"oneOf": [{"type": "null"}, {"type": "string"}]},
        ),
        ({"anyOf": [{"nullable": True}]}, {"anyOf": [{"nullable": True}]}),
        (
            {"allOf": [{"$ref": "#/B"}, {"nullable": True}]},
            {"anyOf": [{"allOf": [{"$ref": "#/B"}, {}]}, {"type": "null"}]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"exclusiveMaximum": True}, {}),
        ({"maximum": 9, "exclusiveMaximum": True}, {"exclusiveMaximum": 9}),
        ({"exclusiveMaximum": 9}, {"exclusiveMaximum": 9}),
        ({"example": None}, {"examples": [None]}),
        ({"example": 1, "examples": [2]}, {"examples": [1, 2]}),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
        ({"type": "file"}, {"type": "string", "format": "binary"}),
        ({"type": "string", "format": "byte"}, {"type": "string", "format": "byte"}),
    ],
    ids=json.dumps,
)
def test_schema(loaded: Loader, written: object, upgraded: object) -> None:
    """Each keyword that changed."""
    _, node = of_schema(loaded, json.dumps(written))
    assert upgraded == node.value


def test_only_schemas_are_upgraded(loaded: Loader) -> None:
    """Examples, defaults and extensions keep keys that look like keywords; properties may be called like keywords."""
    data = '{"nullable": true, "example": 1}'
    schema = f'{{"default": {data}, "x-a": {data}, "properties": {{"example": {{"type": "string"}}}}}}'
    _, node = of_schema(loaded, schema)
    for key in ("default", "x-a"):
        member = node.get(key)
        assert member is not None
        assert json.loads(data) == member.value
    properties = node.get("properties")
    assert properties is not None
    assert ["example"] == [name for name, _ in properties.items()]


def test_what_does_not_change_is_not_copied(loaded: Loader) -> None:
    """Trees of many megabytes stay one."""
    read, node = of_schema(loaded, '{"type": "object", "properties": {"a": {"type": "string"}}}')
    assert node.value is read.schema("A").value
    properties = node.get("properties")
    assert properties is not None
    assert isinstance(node.value, dict)
    assert node.value["properties"] is properties.value


def test_places_of_what_was_made(loaded: Loader) -> None:
    """A choice with null is in the place of the schema, but two schemas are never identified by one name."""
    read, _ = of_schema(loaded, '{"nullable": true, "allOf": [{"type": "object"}], "title": "T"}')
    outer = read.schema("A")
    inner = read.at("components", "schemas", "A", "anyOf", "0")
    member = read.at("components", "schemas", "A", "anyOf", "0", "allOf", "0")
    assert "/components/schemas/A" == outer.pointer == inner.pointer
    assert "/components/schemas/A/allOf/0" == member.pointer
    assert "api.yaml#/components/schemas/A" == outer.identity
    assert "api.yaml#/components/schemas/A/anyOf/0" == inner.identity


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ('{"openapi": "3.0.0", "components": {"schemas": {"A": "x"}}}', "/components/schemas/A"),
        ('{"openapi": "3.0.0", "components": {"schemas": {"A": null}}}', "/components/schemas/A"),
        ('{"openapi": "3.0.0", "components": {"schemas": []}}', "/components/schemas"),
        ('{"openapi": "3.0.0", "components": 5}', "/components"),
    ],
)
def test_values_of_the_wrong_kind(loaded: Loader, document: str, found: str) -> None:
    """A wrong schema is the empty one, another wrong value is absent; each is a warning at its place."""
    read = loaded(document)
    components = read.document.root.get("components")
    schemas = components.get("schemas") if components is not None else None
    values = [node.value for _, node in schemas.items()] if schemas is not None else None
    assert [("wrong-kind", found)] == read.found()
    assert ([{}] if found.endswith("A") else None) == values


def test_typed_reads(loaded: Loader) -> None:
    """Reading a scalar of another kind gives nothing, and a warning."""
    info = loaded('{"openapi": "3.1.0", "info": {"title": 5, "x": true, "y": "true", "z": null}}').at("info")
    assert (None, None, True, False, False) == (
        info.text("title"),
        info.text("z"),
        info.flag("x"),
        info.flag("y"),
        info.flag("none"),
    )
