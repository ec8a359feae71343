"""What a `$dynamicRef` means: the outermost schema with its anchor on the way (JSON Schema 2020-12, 8.2.3).

A template refers to an anchor that it leaves open, and who refers to the template says what it stands for:

    Users: {$defs: {item: {$dynamicAnchor: item, $ref: User}}, $ref: Page}
    Page: {properties: {items: {type: array, items: {$dynamicRef: '#item'}}}}

So one schema means as many things as it is used with different anchors. A schema that has no `$id` and is no
part of another counts as a resource of its own here, since that is how documents are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ionapi_codegen.spec.refs import Found, follow
from ionapi_codegen.spec.resources import Resources, Step, members, resources
from ionapi_codegen.spec.shape import Dangling, Tree
from ionapi_codegen.spec.upgrade import SCHEMA

_SAYS_NOTHING = frozenset(("$ref", "$dynamicAnchor", "$anchor", "$comment", "title", "description"))


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What anchors stand for that are bound outside of a schema and used inside."""

    bound: Mapping[str, Found]

    @property
    def key(self) -> str:
        return ",".join(f"{name}={_place(found)}" for name, found in sorted(self.bound.items()))

    def has(self, other: Scope) -> bool:
        """Whether all that the other binds is bound here."""
        return other.bound.keys() <= self.bound.keys() and all(
            _is_same(found, self.bound[name]) for name, found in other.bound.items()
        )

    def binder(self) -> str:
        """`file#pointer` of the whole schema that binds the first of the anchors."""
        _, found = min(self.bound.items())
        whole = next(resources(found.tree).around(found.pointer), found.pointer)
        return f"{found.tree.source.name}#{whole}"


class Place(Protocol):
    """Where a reference stands. `entrance` is where reading began: what a reference led to, or the
    document."""

    @property
    def tree(self) -> Tree: ...
    @property
    def pointer(self) -> str: ...
    @property
    def entrance(self) -> str: ...
    @property
    def scope(self) -> Scope | None: ...


def bound_at(place: Place) -> dict[str, Found]:
    """What each dynamic anchor stands for: what it is bound to outside, else by the outermost schema around
    the place."""
    bound = dict(place.scope.bound) if place.scope is not None else {}
    named = _named(place.tree)
    if named is not None and named.dynamic:
        for whole in _passed(named, place):
            for name, step in named.dynamic.get(whole, {}).items():
                bound.setdefault(name, Found(place.tree, step[1], step[0], step[2]))
    return bound


def dynamic_target(value: object, bound: Mapping[str, Found]) -> Found | None:
    """What the `$dynamicRef` of a schema is bound to; None where it is not, and for another reference."""
    name = _dynamic_name(value)
    found = bound.get(name) if name is not None else None
    return _renamed(found) if found is not None else None


def open_anchor(place: Place, value: object) -> str | None:
    """The anchor that the `$dynamicRef` of a schema leaves to others to bind: none around it has it, and it
    is not the only one of that name."""
    name = _dynamic_name(value)
    named = _named(place.tree) if name is not None else None
    if name is None or named is None:
        return None
    binders = [whole for whole, anchors in named.dynamic.items() if name in anchors]
    if not binders or next(named.around(place.pointer), None) in binders:
        return None
    is_only_one = len(binders) == 1 and named.base(place.pointer)[1] in named.anchors[name]
    return None if is_only_one else name


def _renamed(found: Found) -> Found:
    """The schema that another one is only an anchor for; the other where that leads nowhere, which is said
    when it is read."""
    passed: set[str] = set()
    while isinstance(found.value, dict) and _SAYS_NOTHING.issuperset(found.value):
        written = found.value.get("$ref")
        if not isinstance(written, str) or found.pointer in passed:
            break
        passed.add(found.pointer)
        try:
            found = follow(found, written)
        except Dangling:
            break
    return found


def scope_inside(found: Found, bound: Mapping[str, Found]) -> Scope | None:
    """What of it matters in a schema that a reference leads to; None where that means the same without."""
    if not bound:
        return None
    named = _named(found.tree)
    whole = next(named.around(found.pointer), None) if named is not None else None
    own = named.dynamic.get(whole, {}) if named is not None and whole is not None else {}
    used = _used(found, bound)
    inside = {
        name: each
        for name, each in bound.items()
        if name in used and not (name in own and each.tree is found.tree and each.pointer == own[name][1])
    }
    return Scope(inside) if inside else None


def _named(tree: Tree) -> Resources | None:
    return resources(tree) if tree.has_names else None


def _passed(named: Resources, place: Place) -> list[str]:
    """The whole schemas from the one where reading began to the innermost around the place."""
    around = list(named.around(place.pointer))
    first = next(named.around(place.entrance), "")
    return [whole for whole in reversed(around) if len(whole) >= len(first)]


def _dynamic_name(value: object) -> str | None:
    if not isinstance(value, dict) or "$ref" in value:
        return None
    written = value.get("$dynamicRef")
    name = written.partition("#")[2] if isinstance(written, str) else ""
    return name if name and not name.startswith("/") else None


def _used(start: Found, bound: Mapping[str, Found]) -> set[str]:
    """The dynamic anchors that are referred to in a schema, and in those that it leads to."""
    names: set[str] = set()
    seen: set[tuple[Tree, str]] = set()
    waiting = [start]
    while waiting:
        found = waiting.pop()
        if (found.tree, found.pointer) in seen:
            continue
        seen.add((found.tree, found.pointer))
        for site, written in _references(found):
            name = _dynamic_name(site.value)
            if name is not None:
                names.add(name)
                if name in bound:
                    waiting.append(bound[name])
            try:
                waiting.append(follow(site, written))
            except Dangling:  # said where it is read
                continue
    return names


def _references(schema: Found) -> Iterator[tuple[Found, str]]:
    waiting: list[Step] = [(schema.value, schema.pointer, schema.role or SCHEMA)]
    while waiting:
        step = waiting.pop()
        value, pointer, role = step
        if isinstance(value, dict):
            for keyword in ("$ref", "$dynamicRef"):
                written = value.get(keyword)
                if isinstance(written, str):
                    yield Found(schema.tree, pointer, value, role), written
        defined = () if role is None or role.fields is not SCHEMA.fields else _definitions(pointer)
        waiting += [inner for inner in members(step) if inner[1] not in defined]


def _definitions(pointer: str) -> tuple[str, ...]:
    """What a schema holds and does not say itself."""
    return f"{pointer}/$defs", f"{pointer}/definitions"


def _place(found: Found) -> str:
    return f"{found.tree.source.name}#{found.pointer}"


def _is_same(one: Found, other: Found) -> bool:
    return one.tree is other.tree and one.pointer == other.pointer
