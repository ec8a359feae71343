"""Schemas that a document names by URI or anchor: `$id`, `$anchor`, `$dynamicAnchor`, and 3.2's `$self`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urljoin

from ionapi_codegen.spec.pointers import escape
from ionapi_codegen.spec.shape import Role, Tree
from ionapi_codegen.spec.upgrade import SCHEMA

Step: TypeAlias = "tuple[object, str, Role | None]"
"""A value in its original spelling, its pointer, its role."""


@dataclass(slots=True)
class Resources:
    """`uris` holds what has a URI, without `#` at its end; `anchors` what has each anchor, by the pointer of
    the schema with the URI that it belongs to. `dynamic` holds the dynamic anchors by the pointer of the
    whole schema that they belong to: one with a URI, or one that is no part of another. `wholes` are all of
    those."""

    uris: dict[str, Step] = field(default_factory=dict)
    anchors: dict[str, dict[str, Step]] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    dynamic: dict[str, dict[str, Step]] = field(default_factory=dict)
    wholes: set[str] = field(default_factory=set)

    def base(self, pointer: str) -> tuple[str, str]:
        """The URI that references at a place are relative to, and the pointer of the schema that sets it."""
        while pointer not in self.bases and pointer:
            pointer = pointer.rpartition("/")[0]
        return self.bases.get(pointer, ""), pointer

    def around(self, pointer: str) -> Iterator[str]:
        """The whole schemas that a place is in, the innermost first."""
        while True:
            if pointer in self.wholes:
                yield pointer
            if not pointer:
                return
            pointer = pointer.rpartition("/")[0]

    def anchor(self, name: str, pointer: str) -> Step | None:
        """What an anchor names at a place: in the schema with a URI around it, else the file's first of that
        name."""
        named = self.anchors.get(name)
        if named is None:
            return None
        return named.get(self.base(pointer)[1]) or next(iter(named.values()))


@lru_cache(maxsize=8)
def resources(tree: Tree) -> Resources:
    """Reads the whole file for names; only for files whose text has one of the keywords."""
    found = Resources()
    own = tree.value.get("$self") if isinstance(tree.value, dict) else None
    if isinstance(own, str):
        found.bases[""] = own
        found.uris[own.rstrip("#")] = (tree.value, "", tree.role)
    for value, pointer, role in _walk((tree.value, "", tree.role or SCHEMA)):
        if role is None or role.fields is not SCHEMA.fields or not isinstance(value, dict):
            continue
        own = value.get("$id")
        if isinstance(own, str) or next(found.around(pointer), None) is None:
            found.wholes.add(pointer)
        if isinstance(own, str):
            uri = urljoin(found.base(pointer)[0], own).rstrip("#")
            found.bases[pointer] = uri
            found.uris.setdefault(uri, (value, pointer, role))
        for keyword in ("$anchor", "$dynamicAnchor"):
            anchor = value.get(keyword)
            if isinstance(anchor, str):
                around = found.base(pointer)[1]
                found.anchors.setdefault(anchor, {}).setdefault(around, (value, pointer, role))
                if keyword == "$dynamicAnchor":
                    whole = next(found.around(pointer))
                    found.dynamic.setdefault(whole, {}).setdefault(anchor, (value, pointer, role))
    return found


def has_bases(tree: Tree) -> bool:
    """Whether references in the file are relative to different URIs at different places."""
    return tree.has_names and bool(resources(tree).bases)


def _walk(start: Step) -> Iterator[Step]:
    """Everything with a role, parents first. Aliases may make a value stand in many places; it is met in
    each."""
    waiting = [start]
    while waiting:
        step = waiting.pop()
        yield step
        waiting.extend(members(step))


def members(step: Step) -> Iterator[Step]:
    """What stands in a value and has a role of its own."""
    value, pointer, role = step
    if role is None:
        return
    if isinstance(value, dict):
        for key, member in value.items():
            if isinstance(member, (dict, list)) and (inner := role.member(key)) is not None:
                yield member, f"{pointer}/{escape(key)}", inner
    elif isinstance(value, list) and role.elements is not None:
        for index, element in enumerate(value):
            if isinstance(element, (dict, list)):
                yield element, f"{pointer}/{index}", role.elements
