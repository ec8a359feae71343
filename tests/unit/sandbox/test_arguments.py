"""Arguments are demanded where the document demands them, in whatever style they come."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.schema import Array, Kind, Map, Nullable, Scalar, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox.arguments import Call, complaint

STRING = Scalar(Kind.STRING)


def said(parameter: Parameter, query: str = "", headers: dict[str, str] | None = None) -> str | None:
    operation = Operation("GET", Text("/"), parameters=(parameter,))
    return complaint(
        Api(Text("T"), Text("1"), (operation,), {}), operation, Call({}, query, headers or {}, b"")
    )


def parameter(
    name: str, location: Location, type_: Type = STRING, style: str = "form", explode: bool = True
) -> Parameter:
    return Parameter(Text(name), location, type_, True, style, explode)


@pytest.mark.parametrize(
    ("asked", "query", "headers"),
    [
        (parameter("a", Location.QUERY), "a=", {}),
        (parameter("a", Location.QUERY, Array(STRING)), "a=1&a=2", {}),
        (parameter("a", Location.QUERY, Map(STRING), "deepObject"), "a[x]=1", {}),
        (parameter("a", Location.QUERY, Map(STRING)), "x=1", {}),
        (parameter("X-A", Location.HEADER), "", {"x-a": "1"}),
        (parameter("a", Location.COOKIE), "", {"cookie": "b=2; a=1"}),
        (parameter("whole", Location.QUERYSTRING), "anything", {}),
    ],
)
def test_arguments_that_are_there(asked: Parameter, query: str, headers: dict[str, str]) -> None:
    """Plain, repeated, spread over properties, in brackets, in headers and cookies, or the whole query."""
    assert said(asked, query, headers) is None


@pytest.mark.parametrize("location", [Location.QUERY, Location.HEADER, Location.COOKIE])
def test_arguments_that_are_missing(location: Location) -> None:
    """Location and name are told."""
    assert f"the {location.value} parameter a is missing" == said(
        parameter("a", location), "b=1", {"cookie": "c=\x7f"}
    )


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.INTEGER, "-7", "7.0"),
        (Kind.NUMBER, "1e-8", "one"),
        (Kind.BOOLEAN, "false", "False"),
        (Kind.DATE, "2024-02-29", "2023-02-29"),
        (Kind.DATE_TIME, "2024-02-29T12:00:00Z", "yesterday"),
        (Kind.STRING, "7", None),
    ],
)
def test_forms_of_values(kind: Kind, good: str, bad: str | None) -> None:
    """A value must be spelled as its kind is; text may be anything, and null-able types are looked into."""
    asked = parameter("a", Location.QUERY, Nullable(Scalar(kind)))
    assert said(asked, f"a={good}") is None
    if bad is not None:
        assert f"the query parameter a is no {kind.value}" == said(asked, f"a={bad}")
