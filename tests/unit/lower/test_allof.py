"""Schemas that hold together: inheritance and merging."""

from __future__ import annotations

from collections.abc import Callable

from ionapi_codegen.ir.schema import Alias, Enumeration, Kind, Nullable, Record, Ref, Scalar, Union
from ionapi_codegen.ir.text import Text

from .conftest import LowerYaml

PET = "Pet: {type: object, properties: {id: {type: integer}, name: {type: string}}, required: [id]}\n"


def names(record: object) -> list[str]:
    assert isinstance(record, Record)
    return [each.name.raw for each in record.properties]


def test_added_properties_inherit(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """A reference and properties that are only added keep the base."""
    dog = lower_schemas(PET + "Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {bark: {}}}]}")
    record = dog.schema("Dog")
    assert isinstance(record, Record)
    assert (ref("Pet"),) == record.bases
    assert ["bark"] == names(record)


def test_changed_property_is_merged(lower_schemas: LowerYaml) -> None:
    """A property said anew makes a record of its own, with what both say."""
    text = "Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {name: {enum: [Rex]}}}]}"
    record = lower_schemas(PET + text).schema("Dog")
    assert isinstance(record, Record)
    assert () == record.bases
    assert ["id", "name"] == names(record)
    assert Enumeration((Text("Rex"),), frozenset({Kind.STRING})) == record.properties[1].type


def test_property_required_by_the_child_is_merged(lower_schemas: LowerYaml) -> None:
    """Requiring what the base leaves optional is a change."""
    text = "Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [name]}]}"
    record = lower_schemas(PET + text).schema("Dog")
    assert isinstance(record, Record)
    assert () == record.bases
    assert [True, True] == [each.required for each in record.properties]


def test_only_a_reference_is_the_reference(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """`allOf` around one reference, which 3.0 needs for a description, adds no type."""
    text = """
X:
  properties:
    pet: {description: Mine., type: object, allOf: [{$ref: '#/components/schemas/Pet'}]}
"""
    record = lower_schemas(PET + text).schema("X")
    assert isinstance(record, Record)
    assert ref("Pet") == record.properties[0].type
    assert Text("Mine.") == record.properties[0].docs.description


def test_nullable_beside_allof(lower_yaml: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """3.0's `nullable` beside `allOf` makes the reference nullable."""
    lowered = lower_yaml("""
        openapi: 3.0.3
        info: {title: T, version: '1'}
        paths: {}
        components:
          schemas:
            Pet: {type: object, properties: {id: {type: integer}}}
            X: {properties: {pet: {nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}}}
        """)
    record = lowered.schema("X")
    assert isinstance(record, Record)
    assert Nullable(ref("Pet")) == record.properties[0].type


def test_schema_that_takes_itself_in(lower_schemas: LowerYaml) -> None:
    """`allOf` of oneself says nothing more."""
    text = "A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {type: string}}}]}"
    assert ["x"] == names(lower_schemas(text).schema("A"))


def test_types_that_exclude_each_other(lower_schemas: LowerYaml) -> None:
    """Such a document lies: the client takes any of the types, and the place is pointed out."""
    lowered = lower_schemas("A: {allOf: [{type: string}, {type: integer}]}")
    alias = lowered.schema("A")
    assert isinstance(alias, Alias)
    assert Union((Scalar(Kind.STRING), Scalar(Kind.INTEGER))) == alias.type
    assert ["schema-contradiction"] == lowered.codes()


def test_integer_narrows_number(lower_schemas: LowerYaml) -> None:
    """An integer is a number."""
    alias = lower_schemas("A: {allOf: [{type: number}, {type: integer}]}").schema("A")
    assert isinstance(alias, Alias)
    assert Scalar(Kind.INTEGER) == alias.type


def test_conditional_properties_are_optional(lower_schemas: LowerYaml) -> None:
    """What `then` and `else` describe may be there."""
    text = "A: {properties: {a: {}}, if: {}, then: {properties: {b: {}}, required: [b]}}"
    record = lower_schemas(text).schema("A")
    assert isinstance(record, Record)
    assert [("a", False), ("b", False)] == [(each.name.raw, each.required) for each in record.properties]
