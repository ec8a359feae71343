"""Where a reference leads, in the text as it was written: to another place in the file, or into another file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from ionapi_codegen.spec.pointers import escape, tokens, unquoted
from ionapi_codegen.spec.resources import resources
from ionapi_codegen.spec.shape import Dangling, Role, Site, Tree
from ionapi_codegen.spec.syntax import quoted

_MOST_STEPS = 100
"""References that a pointer may pass through on its way."""

_SHELVES = (
    ("definitions",),
    ("components", "schemas"),
    ("components", "responses"),
    ("components", "parameters"),
    ("components", "requestBodies"),
    ("components", "headers"),
    ("components", "pathItems"),
    ("parameters",),
    ("responses",),
    ("$defs",),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value in its original spelling; `role` is what its place makes it, None for data and in files of pieces."""

    tree: Tree
    pointer: str
    value: object
    role: Role | None


def follow(site: Site, reference: str) -> Found:
    """What a reference that stands at the site names: one step, the value may be a reference itself. Raises Dangling.

    The fragment is a JSON pointer or an anchor. A pointer may pass through other references, which RFC 6901 does not
    foresee and documents do.
    """
    return _follow(site, reference, _MOST_STEPS)


def _follow(site: Site, reference: str, steps: int) -> Found:
    address, _, fragment = reference.partition("#")
    fragment = unquoted(fragment)
    resource = _resource(site, address)
    if resource is not None:
        try:
            return _inside(resource, fragment, reference, steps)
        except Dangling:
            if address:
                raise
    tree = site.tree.library.open(address, site.tree) if address else site.tree
    return _inside(Found(tree, "", tree.value, tree.role), fragment, reference, steps)


def _resource(site: Site, address: str) -> Found | None:
    """The schema of the file that has the address as its URI or, without one, that sets the URI at the site."""
    tree = site.tree
    if not tree.has_names:
        return None
    named = resources(tree)
    base, holder = named.base(site.pointer)
    if not address and not holder:
        return None
    found = named.uris.get((urljoin(base, address) if address else base).rstrip("#"))
    return Found(tree, found[1], found[0], found[2]) if found is not None else None


def _inside(start: Found, fragment: str, reference: str, steps: int) -> Found:
    if not fragment:
        return start
    if fragment.startswith("/"):
        return _walk(start, tokens(fragment), reference, steps)
    anchored = resources(start.tree).anchors.get(fragment) if start.tree.has_names else None
    if anchored is None:
        help = _similar(start.tree, fragment)
        raise Dangling("ref-not-found", f"no schema has the anchor that {quoted(reference)} names", help)
    return Found(start.tree, anchored[1], anchored[0], anchored[2])


def _walk(start: Found, path: list[str], reference: str, steps: int) -> Found:
    place = start
    for number, token in enumerate(path):
        while True:
            member = _member(place, token)
            if member is not None:
                place = member
                break
            onward = place.value.get("$ref") if isinstance(place.value, dict) else None
            if not isinstance(onward, str):
                whole = Found(place.tree, "", place.value, place.role) if number == 0 else place
                raise Dangling(
                    "ref-not-found",
                    _message(reference, place.tree),
                    _suggestion(whole, path, number, reference),
                )
            steps -= 1
            if steps == 0:
                raise Dangling(
                    "ref-cycle", f"{quoted(reference)} passes through references that lead in a circle"
                )
            place = _follow(place, onward, steps)
    return place


def _member(place: Found, token: str) -> Found | None:
    value, role = place.value, place.role
    pointer = f"{place.pointer}/{escape(token)}"
    if isinstance(value, dict) and token in value:
        return Found(place.tree, pointer, value[token], role.member(token) if role is not None else None)
    if (
        isinstance(value, list)
        and token.isascii()
        and token.isdigit()
        and len(token) < 8
        and int(token) < len(value)
    ):
        return Found(place.tree, pointer, value[int(token)], role.elements if role is not None else None)
    return None


def _message(reference: str, tree: Tree) -> str:
    address, _, fragment = reference.partition("#")
    if address:
        return f"{quoted('#' + fragment)} is not in {tree.source.name}"
    return f"{quoted(reference)} is not in the document"


def _suggestion(place: Found, path: list[str], number: int, reference: str) -> str | None:
    """The reference that may have been meant: a similar name in the same place, or the same name in another."""
    address = reference.partition("#")[0]
    if isinstance(place.value, dict):
        close = closest(path[number], place.value)
        if close is not None:
            return _did_you_mean(address, [*path[:number], close, *path[number + 1 :]])
    for shelf in _SHELVES:
        if path[-1] in _object(place.tree.value, shelf):
            return _did_you_mean(address, [*shelf, path[-1]])
    return None


def _similar(tree: Tree, name: str) -> str | None:
    for shelf in _SHELVES:
        if name in _object(tree.value, shelf):
            return _did_you_mean("", [*shelf, name])
    return None


def closest(name: str, names: Iterable[str]) -> str | None:
    """The one of the names that a misspelt one may have meant, letter case apart."""
    folded: dict[str, str] = {}
    for each in names:
        folded.setdefault(each.casefold(), each)
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
    return folded[close[0]] if close else None


def _did_you_mean(address: str, path: list[str]) -> str:
    return f"did you mean {quoted(address + '#' + ''.join('/' + escape(token) for token in path))}?"


def _object(value: object, path: Iterable[str]) -> dict[str, object]:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
