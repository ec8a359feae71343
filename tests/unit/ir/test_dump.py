"""The model as JSON."""

from __future__ import annotations

import json

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.dump import dump
from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.schema import Alias, Enumeration, Kind, Scalar
from ionapi_codegen.ir.text import Text


def test_dump_says_what_everything_is() -> None:
    """Objects carry their kind, text is plain, and what says nothing is left out; a default of null is said."""
    parameter = Parameter(Text("a"), Location.QUERY, Scalar(Kind.DATE), False, "form", True, default=None)
    values = Enumeration((Text("x"), 1), frozenset({Kind.STRING, Kind.INTEGER}))
    api = Api(
        Text("Té"),
        Text("1"),
        (Operation("GET", Text("/a"), parameters=(parameter,), place=Place("a.yaml", "/paths/~1a/get")),),
        {"a.yaml#/X": Alias("a.yaml#/X", (Text("X"),), values)},
    )
    text = dump(api)
    assert "Té" in text
    read = json.loads(text)
    assert {
        "is": "Operation",
        "method": "GET",
        "path": "/a",
        "parameters": [
            {
                "is": "Parameter",
                "name": "a",
                "location": "query",
                "type": {"is": "Scalar", "kind": "date"},
                "required": False,
                "style": "form",
                "explode": True,
                "default": None,
            }
        ],
        "place": "a.yaml#/paths/~1a/get",
    } == read["operations"][0]
    expected = {"is": "Enumeration", "values": ["x", 1], "kinds": ["integer", "string"]}
    assert expected == read["schemas"]["a.yaml#/X"]["type"]
