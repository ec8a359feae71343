"""Samples have the type they are samples of, are always the same, and end."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import (
    Access,
    Alias,
    Array,
    Constraints,
    Discriminator,
    Docs,
    Enumeration,
    Kind,
    Map,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    Schema,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox.samples import Plain, Sampler

STRING = Scalar(Kind.STRING)


def prop(name: str, type_: Type, required: bool = True, access: Access = Access.BOTH) -> Property:
    return Property(Text(name), type_, required, access)


def record(
    name: str, *properties: Property, bases: tuple[Ref, ...] = (), by: Discriminator | None = None
) -> Record:
    return Record(f"#/{name}", (Text(name),), properties, bases, discriminator=by)


def sample(type_: Type, *schemas: Schema) -> Plain:
    return Sampler(Api(Text("T"), Text("1"), (), {schema.id: schema for schema in schemas})).of(type_)


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        (STRING, "text"),
        (Scalar(Kind.STRING, Text("email")), "someone@sandbox.example"),
        (Scalar(Kind.STRING, None, Constraints(max_length=2)), "te"),
        (Scalar(Kind.STRING, None, Constraints(min_length=6)), "textxx"),
        (Scalar(Kind.INTEGER), 1),
        (Scalar(Kind.INTEGER, None, Constraints(minimum=10)), 10),
        (Scalar(Kind.INTEGER, None, Constraints(maximum=-3)), -3),
        (Scalar(Kind.INTEGER, None, Constraints(minimum=3, multiple_of=5)), 5),
        (Scalar(Kind.NUMBER, None, Constraints(exclusive_minimum=7)), 8),
        (Scalar(Kind.BOOLEAN), True),
        (Scalar(Kind.DATE), "2024-02-29"),
        (Enumeration((Text("NEW"), Text("OLD")), frozenset({Kind.STRING})), "NEW"),
        (Array(STRING), ["text"]),
        (Array(STRING, Constraints(min_items=2)), ["text", "text"]),
        (Map(Scalar(Kind.INTEGER)), {"key": 1}),
        (Nullable(STRING), "text"),
    ],
)
def test_types(type_: Type, expected: Plain) -> None:
    """Each kind has its value, within the bounds of its schema."""
    assert expected == sample(type_)


def test_records() -> None:
    """All properties, those of bases first; what is write-only a server does not send."""
    base = record("Base", prop("id", Scalar(Kind.INTEGER)))
    child = record(
        "Child",
        prop("name", STRING, required=False),
        prop("password", STRING, access=Access.WRITE),
        bases=(Ref("#/Base"),),
    )
    assert {"id": 1, "name": "text"} == sample(Ref("#/Child"), base, child)


def test_recursion_ends() -> None:
    """Where a type stands in itself: optional parts are left out, lists are empty, null stands where it
    may."""
    node = record(
        "Node",
        prop("children", Array(Ref("#/Node"))),
        prop("parent", Nullable(Ref("#/Node"))),
        prop("next", Ref("#/Node"), required=False),
        prop("by_name", Map(Ref("#/Node"))),
    )
    assert {"children": [], "parent": None, "by_name": {}} == sample(Ref("#/Node"), node)


def test_recursion_without_a_way_out_ends_too() -> None:
    """No value of such a type exists; some value comes all the same."""
    node = record("Node", prop("next", Ref("#/Node")))
    assert {"next": {"next": None}} == sample(Ref("#/Node"), node)
    assert (
        sample(Ref("#/A"), Alias("#/A", (Text("A"),), Ref("#/B")), Alias("#/B", (Text("B"),), Ref("#/A")))
        is None
    )


def test_large_types_stay_small() -> None:
    """Everything optional that refers to everything else does not explode."""
    names = [f"R{number}" for number in range(40)]
    schemas = [record(name, *(prop(other, Ref(f"#/{other}"), False) for other in names)) for name in names]
    assert len(repr(sample(Ref("#/R0"), *schemas))) < 200_000


def test_discriminators() -> None:
    """A member of a union, and a child of a discriminated base, name themselves as the mapping says."""
    kind = Discriminator(Text("kind"), ((Text("cat"), Ref("#/Cat")), (Text("dog"), Ref("#/Dog"))))
    cat, dog = record("Cat", prop("kind", STRING)), record("Dog", prop("kind", STRING))
    assert {"kind": "cat"} == sample(Union((Ref("#/Cat"), Ref("#/Dog")), kind), cat, dog)
    base = record("Pet", prop("kind", STRING), by=kind)
    child = record("Dog", prop("bark", STRING), bases=(Ref("#/Pet"),))
    assert {"kind": "dog", "bark": "text"} == sample(Ref("#/Dog"), base, child)


def test_examples_and_defaults_come_first() -> None:
    """What the document gives is preferred to what is made up."""
    with_example = Property(Text("a"), STRING, True, docs=Docs(examples=(Text("Y30000"),)))
    with_default = Property(Text("b"), Scalar(Kind.INTEGER), True, default=50)
    assert {"a": "Y30000", "b": 50} == sample(Ref("#/R"), record("R", with_example, with_default))
