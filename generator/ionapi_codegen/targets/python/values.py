"""What an argument of a type may be: one value, text."""

from __future__ import annotations

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import Alias, Anything, Enumeration, Kind, Nullable, Ref, Scalar, Type, Union


def is_single(type: Type, api: Api) -> bool:
    """Whether values of the type are single ones: no arrays, no objects."""
    found = behind(type, api)
    if isinstance(found, Union):
        return all(is_single(member, api) for member in found.members)
    return isinstance(found, Scalar | Enumeration)


def takes_text(type: Type, api: Api) -> bool:
    """Whether any text is a value of the type."""
    found = behind(type, api)
    if isinstance(found, Union):
        return any(takes_text(member, api) for member in found.members)
    if isinstance(found, Enumeration):
        return Kind.STRING in found.kinds and len(found.values) > 1
    return isinstance(found, Anything) or (isinstance(found, Scalar) and found.kind is Kind.STRING)


def behind(type: Type, api: Api) -> Type:
    """The type behind aliases and null; of an alias that leads to itself whatever comes last."""
    found = type
    for _ in range(len(api.schemas) + 2):
        if isinstance(found, Nullable):
            found = found.of
        elif isinstance(found, Ref) and isinstance(schema := api.schemas[found.target], Alias):
            found = schema.type
        else:
            break
    return found
