"""How a list that comes in pages is declared: `pages=ByCursor["models.Customer"]("cursor", …)`."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from ionapi_codegen.ir.operation import (
    ByBookmark,
    ByCursor,
    ByLastItem,
    ByLink,
    ByOffset,
    ByPage,
    Location,
    Operation,
    Pagination,
    Way,
)
from ionapi_codegen.ir.schema import Anything, Array, Map, Nullable, TupleOf, Type, Union
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.imports import Imports
from ionapi_codegen.targets.python.layout import Bracketed, Code, Keyed
from ionapi_codegen.targets.python.operation_names import parameter_names
from ionapi_codegen.targets.python.text import WIDTH, Prose, literal
from ionapi_codegen.targets.python.types import Speller, references

_ROOM = WIDTH - 8
"""Columns of a decorator's argument."""


def declared(operation: Operation, speller: Speller) -> list[Code]:
    """The decorator's argument; nothing where the operation has no pages."""
    if operation.pages is None:
        return []
    kind = speller.imports.runtime(type(operation.pages.step).__name__)
    item = _item(operation.pages.item, speller)
    arguments = _arguments(operation, operation.pages)
    call = layout.call(f"{kind}[{item}]", *arguments)
    opened = f"pages={call.opening}" if arguments else f"pages={layout.flat(call)},"
    if len(opened) > _ROOM:  # the name alone fills the line: the subscript breaks
        call = Bracketed(f"{kind}[", (item,), "]" + layout.flat(Bracketed("(", tuple(arguments), ")")))
    return [Keyed("pages=", call)]


def notes(operation: Operation, name: str) -> list[Prose]:
    """What the docstring of the method says of its pages."""
    if operation.pages is None:
        return []
    return [[f"`{name}.iterate(...)` goes through the items of all pages."]]


def _arguments(operation: Operation, pages: Pagination) -> list[Code]:
    found: list[Code] = []
    match pages.step:
        case ByOffset(parameter, first):
            found.append(_argument(operation, parameter))
            found += [f"first={first}"] if first else []
        case ByPage(parameter, first, count):
            found.append(_argument(operation, parameter))
            found += [f"first={first}"] if first != 1 else []
            found += _way("count", count)
        case ByCursor(parameter, following):
            found += [_argument(operation, parameter), *_way("next", following)]
        case ByBookmark(parameter, following, direction, forward):
            found += [_argument(operation, parameter), *_way("next", following)]
            onward = (_argument(operation, direction), literal(forward))
            found.append(Keyed("then=", layout.mapping([onward])))
        case ByLastItem(parameter, key):
            found += [_argument(operation, parameter), *_way("key", key)]
        case ByLink(following):
            found += _way("next", following)
        case _:
            assert_never(pages.step)
    return [*found, *_way("items", pages.items), *_way("more", pages.more)]


def _argument(operation: Operation, parameter: Text) -> str:
    return literal(parameter_names(operation)[Location.QUERY, parameter])


def _way(keyword: str, way: Way | None) -> list[Code]:
    """`next="nextCursor"`, `next=("links", "next")`; nothing for the answer itself."""
    if not way:
        return []
    names = tuple(map(literal, way))
    return [Keyed(f"{keyword}=", names[0] if len(names) == 1 else Bracketed("(", names, ")"))]


def _item(item: Type, speller: Speller) -> str:
    """The type of the items, for type checkers only: in quotes where it names a model, since importing a
    group loads none. A text imports nothing, so that what needs an import beside a model is an object."""
    own = replace(speller, imports=Imports(speller.imports.depth))
    plain = _untold(item)
    spelled = layout.flat(own.annotation(plain))
    if not any(True for _ in references(plain)):
        speller.imports.absorb(own.imports)
        return spelled
    return layout.flat(speller.annotation(Anything())) if own.imports.block() else literal(spelled)


def _untold(type: Type) -> Type:
    """The type without what tells the members of a union apart, which only decoding needs."""
    match type:
        case Union(members):
            return Union(tuple(map(_untold, members)))
        case Array(items):
            return Array(_untold(items))
        case Map(values):
            return Map(_untold(values))
        case Nullable(of):
            return Nullable(_untold(of))
        case TupleOf(items, rest):
            return TupleOf(tuple(map(_untold, items)), None if rest is None else _untold(rest))
        case _:
            return type
