"""Headers that choose a company, an identity or a language: a client may have them for all of its calls.

Documents of Infor's APIs declare them on each operation, often as required. A caller who had to say them each
time would write them down a hundred times.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ionapi_codegen.ir.operation import Location, Operation, Parameter

LANGUAGES = frozenset({"content-language", "accept-language"})
"""In small letters, as all names of headers here."""

_INFORS = "x-infor-"


def wire(parameter: Parameter) -> str:
    """The name of a header parameter in small letters; empty for a parameter of another place."""
    return parameter.name.raw.lower() if parameter.location is Location.HEADER else ""


def is_shared(parameter: Parameter) -> bool:
    """Whether a parameter is likely the same in all calls of a client."""
    name = wire(parameter)
    return name in LANGUAGES or name.startswith(_INFORS)


def refined(operation: Operation) -> Operation:
    """The operation with these headers last, and none of them required: the client may have them."""
    own = [each for each in operation.parameters if not is_shared(each)]
    shared = [replace(each, required=False) for each in operation.parameters if is_shared(each)]
    return replace(operation, parameters=(*own, *shared)) if shared else operation


def declared(operations: Iterable[Operation]) -> tuple[Parameter, ...]:
    """These headers, each once, in the order of their names."""
    found: dict[str, Parameter] = {}
    for operation in operations:
        for parameter in operation.parameters:
            if is_shared(parameter):
                found.setdefault(wire(parameter), parameter)
    return tuple(found[name] for name in sorted(found))
