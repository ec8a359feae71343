"""APIs for the sandbox, made by hand so that its tests depend on no other stage."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import (
    Body,
    Content,
    Header,
    Location,
    Operation,
    Parameter,
    Response,
    Server,
)
from ionapi_codegen.ir.schema import Kind, Property, Record, Ref, Scalar, Type
from ionapi_codegen.ir.text import Text

STRING = Scalar(Kind.STRING)
ITEM = Record("#/Item", (Text("Item"),), (Property(Text("name"), STRING, True),))
PROBLEM = Record("#/Problem", (Text("Problem"),), (Property(Text("code"), Scalar(Kind.INTEGER), True),))


def parameter(name: str, location: Location, type_: Type = STRING, required: bool = True) -> Parameter:
    return Parameter(Text(name), location, type_, required, "form", True)


def response(status: str, media_type: str | None = "application/json", type_: Type | None = None) -> Response:
    return Response(status, (Content(media_type, type_ or Ref("#/Item")),) if media_type else ())


def operation(
    method: str, path: str, *responses: Response, body: Body | None = None, **more: Parameter
) -> Operation:
    return Operation(method, Text(path), parameters=tuple(more.values()), responses=responses, body=body)


def api(
    *operations: Operation, gateway_path: str | None = None, server: str = "https://api.example/v1"
) -> Api:
    return Api(
        Text("Items"),
        Text("1"),
        operations,
        {ITEM.id: ITEM, PROBLEM.id: PROBLEM},
        servers=(Server(Text(server)),),
        gateway_path=Text(gateway_path) if gateway_path else None,
    )


@pytest.fixture(scope="package")
def items() -> Api:
    """A small API: reading with arguments, creating, deleting, downloading, a stream."""
    created = Response(
        "201", (Content("application/json", Ref("#/Item")),), (Header(Text("X-Trace"), STRING, True),)
    )
    return api(
        operation(
            "GET",
            "/items/{id}",
            response("200"),
            response("404", "application/problem+json", Ref("#/Problem")),
            id=parameter("id", Location.PATH, Scalar(Kind.INTEGER)),
            company=parameter("X-Company", Location.HEADER),
            flag=parameter("flag", Location.QUERY, Scalar(Kind.BOOLEAN), required=False),
        ),
        operation("POST", "/items", created, body=Body((Content("application/json", Ref("#/Item")),), True)),
        operation("DELETE", "/items/{id}", response("204", None), id=parameter("id", Location.PATH)),
        operation("GET", "/file", response("200", "application/octet-stream", Scalar(Kind.BINARY))),
        operation("GET", "/events", response("200", "text/event-stream")),
    )
