"""What follows from a model."""

from __future__ import annotations

from ionapi_codegen.ir import facts
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.facts import Direction
from ionapi_codegen.ir.operation import Body, Content, Operation, Response
from ionapi_codegen.ir.schema import (
    Alias,
    Array,
    Discriminator,
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


def record(name: str, *types: Type, base: str | None = None) -> Record:
    properties = tuple(Property(Text(f"p{place}"), each, False) for place, each in enumerate(types))
    return Record(name, (Text(name),), properties, (Ref(base),) if base is not None else ())


def api(*schemas: Schema, sent: str, received: str) -> Api:
    operation = Operation(
        "POST",
        Text("/"),
        body=Body((Content("application/json", Ref(sent)),), True),
        responses=(Response("200", (Content("application/json", Ref(received)),)),),
    )
    return Api(Text(""), Text(""), (operation,), {each.id: each for each in schemas})


CHAIN = api(
    record("A", Array(Nullable(Ref("B")))),
    record("B", Scalar(Kind.STRING)),
    record("C", Map(Ref("B")), Ref("D")),
    Alias("D", (Text("D"),), Array(Ref("C"))),
    record("E", Ref("E")),
    record("F", Ref("A")),
    sent="A",
    received="C",
)


def test_references_of_a_type() -> None:
    """Each schema once, in order, children of a discriminator included."""
    told = Discriminator(Text("kind"), ((Text("c"), Ref("C")),))
    assert ("A", "B", "C") == facts.references(Union((Ref("A"), Array(Ref("B")), Ref("A")), told))


def test_reachable_from_operations() -> None:
    """What operations need, and what that needs; nothing else."""
    assert {"A", "B", "C", "D"} == facts.reachable(CHAIN)


def test_directions() -> None:
    """A schema travels in requests, in responses, or in both."""
    expected = {
        "A": Direction.REQUEST,
        "B": Direction.BOTH,
        "C": Direction.RESPONSE,
        "D": Direction.RESPONSE,
    }
    assert expected == facts.directions(CHAIN)


def test_recursive() -> None:
    """Schemas that come back to themselves, through others or directly."""
    assert {"C", "D", "E"} == facts.recursive(CHAIN)


def test_long_chains_need_no_deep_stack() -> None:
    """Thousands of schemas, each in terms of the next, are followed."""
    chain = [record(str(each), Ref(str((each + 1) % 5000))) for each in range(5000)]
    long = api(*chain, sent="0", received="0")
    assert 5000 == len(facts.recursive(long)) == len(facts.reachable(long))
