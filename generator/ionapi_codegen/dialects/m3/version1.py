"""What is different in documents of version 1 of M3's REST service: options in the path, records of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ionapi_codegen.ir.operation import Location, Operation
from ionapi_codegen.ir.schema import Json
from ionapi_codegen.ir.text import Text

_SEGMENT = "/m3api-rest/execute/"
_NAME, _VALUE, _PAIRS = Text("Name"), Text("Value"), Text("NameValue")


def is_version1(path: str) -> bool:
    """Whether an API at this path, of a program of M3, is one of version 1."""
    return _SEGMENT in f"/{path}/".casefold()


def refined(operation: Operation) -> Operation:
    """The operation with a path that ends in a semicolon, as a sign that options follow there, and without
    the variables that stood for them."""
    path = operation.path.raw.partition(";")[0]
    own = tuple(each for each in operation.parameters if each.location is not Location.PATH)
    return replace(operation, path=Text(f"{path};"), parameters=own)


def examples(found: Iterator[Json]) -> Iterator[Json]:
    """Examples of records in the shape of version 2: `{"CUNO": "Customer(10)"}`. A record is a list of pairs
    of a name and a value, or an object that has one."""
    for example in found:
        pairs = example.get(_PAIRS) if isinstance(example, Mapping) else example
        if isinstance(pairs, tuple):
            yield dict(filter(None, map(_pair, pairs)))


def _pair(value: Json) -> tuple[Text, Json] | None:
    name = value.get(_NAME) if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(name, Text):
        return None
    return name, value.get(_VALUE)
