"""Alternatives and how they are told apart."""

from __future__ import annotations

from collections.abc import Callable

from ionapi_codegen.ir.schema import (
    Alias,
    Discriminator,
    Enumeration,
    Kind,
    Nullable,
    Record,
    Ref,
    Scalar,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text

from .conftest import Lowered, LowerYaml

CAT_DOG = """
Cat: {type: object, properties: {kind: {type: string}, meow: {type: string}}}
Dog: {type: object, properties: {kind: {type: string}, bark: {type: string}}}
"""


def alias_type(lowered: Lowered, name: str) -> Type:
    schema = lowered.schema(name)
    assert isinstance(schema, Alias)
    return schema.type


def test_alternatives_with_null(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """Null among the alternatives makes the rest nullable."""
    text = """
Pet:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {type: 'null'}]
"""
    assert Nullable(Union((ref("Cat"), ref("Dog")))) == alias_type(lower_schemas(CAT_DOG + text), "Pet")


def test_one_alternative_and_null(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """A choice between a schema and null is that schema, nullable."""
    text = "Pet: {anyOf: [{$ref: '#/components/schemas/Cat'}, {type: 'null'}]}"
    assert Nullable(ref("Cat")) == alias_type(lower_schemas(CAT_DOG + text), "Pet")


def test_constants_with_descriptions_are_an_enumeration(lower_schemas: LowerYaml) -> None:
    """`oneOf` of constants is one enumeration, with what is said of each value."""
    text = "Level: {oneOf: [{const: 1, title: low}, {const: 2, title: high, description: Hurry}]}"
    names, described = (Text("low"), Text("high")), (Text(""), Text("Hurry"))
    expected = Enumeration((1, 2), frozenset({Kind.INTEGER}), names, described)
    assert expected == alias_type(lower_schemas(text), "Level")


def test_nested_and_repeated_alternatives(lower_schemas: LowerYaml) -> None:
    """A union has no union inside and nothing twice."""
    text = "X: {anyOf: [{type: string}, {oneOf: [{type: integer}, {type: string, maxLength: 3}]}]}"
    expected = Union((Scalar(Kind.STRING), Scalar(Kind.INTEGER)))
    assert expected == alias_type(lower_schemas(text), "X")


def test_alternatives_that_only_require(lower_schemas: LowerYaml) -> None:
    """Which properties are needed together does not change the type."""
    text = "X: {properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}"
    record = lower_schemas(text).schema("X")
    assert isinstance(record, Record)
    assert ["a", "b"] == [each.name.raw for each in record.properties]


def test_properties_beside_alternatives(lower_schemas: LowerYaml) -> None:
    """What stands beside a choice holds for each alternative."""
    text = """
        X:
          properties: {id: {type: integer}}
          oneOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]
        """
    lowered = lower_schemas(text)
    union = alias_type(lowered, "X")
    assert isinstance(union, Union)
    records = [lowered.api.schemas[member.target] for member in union.members if isinstance(member, Ref)]
    assert [["id", "a"], ["id", "b"]] == [
        [each.name.raw for each in record.properties] for record in records if isinstance(record, Record)
    ]


def test_discriminator_with_mapping(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """A mapping may use names or references; a schema it leaves out is called by its name."""
    text = """
        Pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {tom: '#/components/schemas/Cat', kitty: Cat}}
        """
    union = alias_type(lower_schemas(CAT_DOG + text.replace("\n        ", "\n")), "Pet")
    assert isinstance(union, Union)
    mapping = ((Text("tom"), ref("Cat")), (Text("kitty"), ref("Cat")), (Text("Dog"), ref("Dog")))
    assert Discriminator(Text("kind"), mapping) == union.discriminator


def test_discriminator_values_from_constants(lower_schemas: LowerYaml) -> None:
    """Without a mapping, the constant of the property itself is the value."""
    union = alias_type(
        lower_schemas("""
        A: {type: object, properties: {kind: {const: a}}}
        B: {type: object, properties: {kind: {enum: [b]}}}
        X:
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
          discriminator: {propertyName: kind}
        """),
        "X",
    )
    assert isinstance(union, Union)
    assert union.discriminator is not None
    assert ["a", "b"] == [value.raw for value, _ in union.discriminator.mapping]


def test_inherited_discriminator(lower_yaml: LowerYaml) -> None:
    """Swagger 2.0's way: children take the base in, and are named by component or extension."""
    lowered = lower_yaml("""
        swagger: '2.0'
        info: {title: T, version: '1'}
        paths: {}
        definitions:
          Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}
          Cat: {allOf: [{$ref: '#/definitions/Pet'}, {properties: {meow: {type: string}}}]}
          Dog: {x-discriminator-value: dog, allOf: [{$ref: '#/definitions/Pet'}]}
        """)
    pet = lowered.api.schemas["api.yaml#/definitions/Pet"]
    assert isinstance(pet, Record)
    expected = (
        (Text("Cat"), Ref("api.yaml#/definitions/Cat")),
        (Text("dog"), Ref("api.yaml#/definitions/Dog")),
    )
    assert Discriminator(Text("kind"), expected) == pet.discriminator
    dog = lowered.api.schemas["api.yaml#/definitions/Dog"]
    assert isinstance(dog, Record)
    assert (Ref("api.yaml#/definitions/Pet"),) == dog.bases
    assert dog.discriminator is None


def test_parent_lists_children_that_take_it_in(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """A parent that lists its children, each of which takes the parent in, is the union of the children."""
    lowered = lower_schemas("""
        Pet:
          properties: {kind: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meow: {type: string}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {bark: {type: string}}}]}
        """)
    assert Union((ref("Cat"), ref("Dog"))) == alias_type(lowered, "Pet")
    cat = lowered.schema("Cat")
    assert isinstance(cat, Record)
    assert ["kind", "meow"] == [each.name.raw for each in cat.properties]
