"""Arrays whose items have no type, and what they are taken for."""

from __future__ import annotations

from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.ir.schema import Anything, Array, Nullable, Type


def is_untyped(type: Type) -> bool:
    """Whether a type is such an array, with null or without."""
    match type:
        case Nullable(of):
            return is_untyped(of)
        case Array(items):
            return isinstance(items, Anything)
        case _:
            return False


def of(type: Type, items: Type) -> Type:
    """The array, with items of that type."""
    match type:
        case Nullable(inner):
            return Nullable(of(inner, items))
        case Array():
            return replace(type, items=items)
        case _:
            return type


def say(what: str, place: Place | None, diagnostics: Diagnostics, instead: str = "texts") -> None:
    """Gives notice of what the items of an array are taken for."""
    diagnostics.notice(
        "ido-items-untyped",
        f"the items of {what} have no type and are taken for {instead}",
        place,
        "give its `items` a type",
    )
