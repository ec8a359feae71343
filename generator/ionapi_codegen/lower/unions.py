"""Which types remain of several alternatives: no union in a union, none twice, null said once."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_codegen.ir.schema import (
    NO_CONSTRAINTS,
    Anything,
    Discriminator,
    Enumeration,
    Kind,
    Nothing,
    Nullable,
    Scalar,
    Type,
    Union,
)
from ionapi_codegen.lower import enums

_NULL = Scalar(Kind.NULL)


def nullable(of: Type) -> Type:
    """The type or null; unchanged where null is included already."""
    return of if isinstance(of, (Nullable, Anything)) or of == _NULL else Nullable(of)


def union(members: Iterable[Type], discriminator: Discriminator | None = None) -> Type:
    """One of the types, in order.

    Scalars of one kind become one without the limits in which they differ, enumerations written out become
    one, null makes the rest nullable; `Anything` takes all in, and `Nothing` adds nothing.
    """
    kept: dict[Type, None] = {}
    scalars: dict[Kind, Scalar] = {}
    listed: list[Enumeration] = []
    null = False
    waiting = list(members)
    waiting.reverse()
    while waiting:
        member = waiting.pop()
        match member:
            case Anything():
                return member
            case Nothing():
                continue
            case Nullable(of):
                null = True
                waiting.append(of)
            case Union(members=inner):
                waiting.extend(reversed(inner))
            case Scalar(kind=Kind.NULL):
                null = True
            case Scalar(kind=kind):
                if kind in scalars:
                    kept = {_common(each, member): None for each in kept}
                    member = next(each for each in kept if isinstance(each, Scalar) and each.kind is kind)
                scalars[kind] = member
                kept[member] = None
            case Enumeration():
                if not listed:
                    kept[member] = None
                listed.append(member)
            case _:
                kept[member] = None
    types = tuple(enums.joined(listed) if isinstance(each, Enumeration) else each for each in kept)
    if not types:
        return _NULL if null else Nothing()
    one = types[0] if len(types) == 1 else Union(types, discriminator)
    return nullable(one) if null else one


def _common(kept: Type, other: Scalar) -> Type:
    if not isinstance(kept, Scalar) or kept.kind is not other.kind or kept == other:
        return kept
    return Scalar(
        kept.kind,
        kept.format if kept.format == other.format else None,
        kept.constraints if kept.constraints == other.constraints else NO_CONSTRAINTS,
    )
