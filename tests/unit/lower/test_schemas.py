"""Schemas and the types they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ionapi_codegen.ir.schema import (
    Access,
    Alias,
    Anything,
    Array,
    Enumeration,
    Kind,
    Map,
    Nothing,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text

from .conftest import LowerYaml

STRING = Scalar(Kind.STRING)
INTEGER = Scalar(Kind.INTEGER)


def alias_type(lower_schemas: LowerYaml, text: str) -> Type:
    schema = lower_schemas(f"X: {text}").schema("X")
    assert isinstance(schema, Alias)
    return schema.type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{type: string}", STRING),
        ("{type: integer, format: int64}", Scalar(Kind.INTEGER, Text("int64"))),
        ("{type: string, format: date-time}", Scalar(Kind.DATE_TIME, Text("date-time"))),
        ("{type: string, format: uuid}", Scalar(Kind.UUID, Text("uuid"))),
        ("{type: string, format: byte}", Scalar(Kind.BASE64, Text("byte"))),
        ("{type: string, contentEncoding: base64}", Scalar(Kind.BASE64)),
        ("{type: string, contentMediaType: image/png}", Scalar(Kind.BINARY)),
        ("{type: string, contentMediaType: application/json}", STRING),
        ("{type: string, format: decimal}", Scalar(Kind.DECIMAL_STRING, Text("decimal"))),
        ("{type: number, format: decimal}", Scalar(Kind.DECIMAL, Text("decimal"))),
        ("{type: string, format: made-up}", Scalar(Kind.STRING, Text("made-up"))),
        ("{format: int32}", Scalar(Kind.INTEGER, Text("int32"))),
        ("{type: 'null'}", Scalar(Kind.NULL)),
        ("{type: [string, 'null']}", Nullable(STRING)),
        ("{type: [string, integer, 'null']}", Nullable(Union((STRING, INTEGER)))),
        ("{}", Anything()),
        ("true", Anything()),
        ("false", Nothing()),
        ("{not: {type: string}}", Anything()),
        ("{type: array, items: {type: string}}", Array(STRING)),
        ("{items: {type: string}}", Array(STRING)),
        ("{type: array}", Array(Anything())),
        ("{type: object}", Map(Anything())),
        ("{type: object, additionalProperties: {type: integer}}", Map(INTEGER)),
        ("{additionalProperties: true}", Map(Anything())),
        ("{type: object, patternProperties: {^x: {type: string}}}", Map(STRING)),
        (
            "{patternProperties: {a: {type: string}}, additionalProperties: {type: integer}}",
            Map(Union((STRING, INTEGER))),
        ),
        ("{prefixItems: [{type: string}, {type: integer}], items: false}", TupleOf((STRING, INTEGER))),
        ("{prefixItems: [{type: string}]}", TupleOf((STRING,), Anything())),
        ("{const: open}", Enumeration((Text("open"),), frozenset({Kind.STRING}))),
        ("{enum: [{a: 1}, {b: 2}]}", Anything()),
    ],
)
def test_schema_means_type(lower_schemas: LowerYaml, text: str, expected: Type) -> None:
    """Each keyword means what JSON Schema and OpenAPI say; a named schema that is no object is an alias."""
    assert expected == alias_type(lower_schemas, text)


def test_object_with_properties_is_a_record(lower_schemas: LowerYaml) -> None:
    """Properties keep their wire names and order; only listed ones are required."""
    pet = lower_schemas("Pet: {properties: {id: {type: integer}, tag: {type: string}}, required: [id]}")
    assert Record(
        "api.yaml#/components/schemas/Pet",
        (Text("Pet"),),
        (Property(Text("id"), INTEGER, True), Property(Text("tag"), STRING, False)),
    ) == pet.schema("Pet")


def test_required_property_that_is_not_declared(lower_schemas: LowerYaml) -> None:
    """A name in `required` alone is a property of any type."""
    record = lower_schemas("Pet: {type: object, required: [id]}").schema("Pet")
    assert isinstance(record, Record)
    assert (Property(Text("id"), Anything(), True),) == record.properties


def test_object_written_out_inside(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """An inline object is a record named after where it stands."""
    lowered = lower_schemas("""
        Order:
          properties:
            lines:
              type: array
              items: {properties: {sku: {type: string}}}
        """)
    inner = lowered.schema("Order/properties/lines/items")
    assert (Text("Order"), Text("lines"), Text("item")) == inner.hint
    order = lowered.schema("Order")
    assert isinstance(order, Record)
    assert Array(ref("Order/properties/lines/items")) == order.properties[0].type


def test_additional_properties_beside_named_ones(lower_schemas: LowerYaml) -> None:
    """Named properties make a record; the type of the others is kept."""
    record = lower_schemas("X: {properties: {a: {}}, additionalProperties: {type: integer}}").schema("X")
    assert isinstance(record, Record)
    assert INTEGER == record.additional


def test_reference_with_siblings(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """Siblings of a reference describe the property and do not hide the named type."""
    lowered = lower_schemas("""
        Name: {type: string}
        X:
          properties:
            a: {$ref: '#/components/schemas/Name', description: Mine., readOnly: true, default: y}
        """)
    record = lowered.schema("X")
    assert isinstance(record, Record)
    (only,) = record.properties
    assert ref("Name") == only.type
    assert Text("Mine.") == only.docs.description
    assert Access.READ is only.access
    assert Text("y") == only.default


def test_constraints_beside_a_reference(lower_schemas: LowerYaml) -> None:
    """Limits beside a reference hold together with those of the schema it names."""
    lowered = lower_schemas("""
        Name: {type: string, maxLength: 20}
        Short: {$ref: '#/components/schemas/Name', maxLength: 5}
        """)
    short = lowered.schema("Short")
    assert isinstance(short, Alias)
    assert isinstance(short.type, Scalar)
    assert 5 == short.type.constraints.max_length


def test_component_that_is_a_reference(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """Another name for a component stays a name of its own."""
    alias = lower_schemas("A: {properties: {x: {}}}\nB: {$ref: '#/components/schemas/A'}").schema("B")
    assert isinstance(alias, Alias)
    assert ref("A") == alias.type


def test_record_that_may_be_null(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """A record is never null: what refers to a nullable one is nullable instead."""
    lowered = lower_schemas("""
        Owner: {type: [object, 'null'], properties: {id: {type: integer}}}
        X: {properties: {owner: {$ref: '#/components/schemas/Owner'}}}
        """)
    assert isinstance(lowered.schema("Owner"), Record)
    record = lowered.schema("X")
    assert isinstance(record, Record)
    assert Nullable(ref("Owner")) == record.properties[0].type


def test_recursion_through_arrays(lower_schemas: LowerYaml, ref: Callable[[str], Ref]) -> None:
    """A schema may contain itself."""
    alias = lower_schemas("Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}").schema("Tree")
    assert isinstance(alias, Alias)
    assert Array(ref("Tree")) == alias.type


def test_union_that_lists_itself(lower_schemas: LowerYaml) -> None:
    """A union's own name adds nothing to it, and is pointed out."""
    lowered = lower_schemas("A: {oneOf: [{type: string}, {type: integer}, {$ref: '#/components/schemas/A'}]}")
    alias = lowered.schema("A")
    assert isinstance(alias, Alias)
    assert Union((STRING, INTEGER)) == alias.type


def test_deep_nesting_needs_no_deep_stack(lower_schemas: LowerYaml) -> None:
    """Arrays in arrays, far beyond what a person writes, are lowered."""
    depth = 150
    lowered = lower_schemas("Deep: " + "{items: " * depth + "{type: string}" + "}" * depth)
    assert [] == lowered.codes()
    assert len(lowered.api.schemas) > 1


def test_long_chain_of_references(lower_schemas: LowerYaml) -> None:
    """Hundreds of schemas, each in terms of the next, are lowered."""
    chain = [f"S{each}: {{allOf: [{{$ref: '#/components/schemas/S{each + 1}'}}]}}" for each in range(300)]
    lowered = lower_schemas("\n".join([*chain, "S300: {properties: {a: {}}}"]))
    assert 301 == len(lowered.api.schemas)


def test_examples_of_items_are_examples_of_the_array(lower_schemas: LowerYaml) -> None:
    """An array without an example is illustrated by one of its items, which is where some products put it."""
    lowered = lower_schemas("""
        X:
          properties:
            records:
              type: array
              items: {type: object, additionalProperties: {type: string}, examples: [{CUNO: Customer(10)}]}
        """)
    record = lowered.schema("X")
    assert isinstance(record, Record)
    assert (({Text("CUNO"): Text("Customer(10)")},),) == record.properties[0].docs.examples
