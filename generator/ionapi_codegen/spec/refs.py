"""Where a reference leads, in the text as it was written: elsewhere in its file, or into another one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import urljoin

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.spec.pointers import escape, tokens, unquoted
from ionapi_codegen.spec.resources import resources
from ionapi_codegen.spec.shape import Dangling, Role, Site, Tree
from ionapi_codegen.spec.syntax import quoted
from ionapi_codegen.spec.upgrade import SCHEMA

_MOST_STEPS = 100
"""References that a pointer may pass through on its way."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,7}")
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
_SCHEMAS = (("definitions",), ("components", "schemas"))
_SHELVED = tuple("/".join(shelf) + "/" for shelf in _SHELVES)


@dataclass(frozen=True, slots=True)
class Found:
    """A value in its original spelling; `role` is what its place makes it, None for data and in files of
    pieces. `is_local` is whether the same reference may mean something else in another place."""

    tree: Tree
    pointer: str
    value: object
    role: Role | None
    is_local: bool = False


Ends: TypeAlias = "dict[tuple[Tree, str], Found | Dangling]"
"""What references lead to, by the place where they stand."""


def reference(value: object) -> str | None:
    """The text of a `$ref`, or of a `$dynamicRef`, which is read as one; None for what is no reference."""
    if isinstance(value, dict):
        written = value.get("$ref", value.get("$dynamicRef"))
        return written if isinstance(written, str) else None
    return None


def follow(site: Site, written: str) -> Found:
    """What a reference at the site names: one step, the value may be a reference itself. Raises Dangling.

    The fragment is a JSON pointer or an anchor. A pointer may pass through other references, which RFC 6901
    does not foresee and documents do.
    """
    try:
        return _follow(site, written, _MOST_STEPS)
    except Dangling as failure:
        strict = failure.code in ("ref-cycle", "ref-remote", "ref-secret", "file-unreadable")
        meant = None if strict else _as_seen_from_a_schema(site, written) or _as_meant(site, written)
        if meant is None:
            raise
        return meant


def follow_to_end(site: Site, written: str, known: Ends | None = None) -> Found:
    """What is at the end of the references that begin with this one. Raises Dangling, for a circle too.

    `known` remembers the ends of what was passed, so that each reference of a long line is followed once.
    """
    ends: Ends = {} if known is None else known
    found = follow(site, written)
    passed: dict[tuple[Tree, str], Found] = {}
    end: Found | Dangling | None = None
    while end is None:
        key = found.tree, found.pointer
        onward = reference(found.value)
        if key in passed:
            end = _circle([*passed.values()][[*passed].index(key) :])
        elif key in ends or onward is None:
            end = ends.get(key, found)
        else:
            passed[key] = found
            try:
                found = follow(found, onward)
            except Dangling as failure:
                failure.place = failure.place or _place(found)
                end = failure
    ends.update(dict.fromkeys(passed, end))
    if isinstance(end, Dangling):
        raise end
    return end


def _circle(members: list[Found]) -> Dangling:
    """The same for every reference that leads into the circle."""
    first = members.index(min(members, key=lambda one: (one.tree.source.name, one.pointer)))
    ordered = [*members[first:], *members[:first]]
    start = ordered[0]
    names = [_name(one, start.tree) for one in (*ordered, start)]
    shown = " → ".join([*(quoted(name, 60) for name in names[:4]), *("…" for _ in names[4:5])])
    return Dangling(
        "ref-cycle",
        f"references lead in a circle and never to a value: {shown}",
        "write out what one of them means",
        place=_place(start),
    )


def _place(found: Found) -> Place:
    """Where the text of a reference stands."""
    keyword = "$ref" if isinstance(found.value, dict) and "$ref" in found.value else "$dynamicRef"
    return found.tree.place(f"{found.pointer}/{keyword}")


def _name(found: Found, seen_from: Tree) -> str:
    return f"{'' if found.tree is seen_from else found.tree.source.name}#{found.pointer}"


def _follow(site: Site, written: str, steps: int) -> Found:
    address, _, fragment = written.partition("#")
    fragment = unquoted(fragment)
    resource = _resource(site, address)
    if resource is not None:
        try:
            return _inside(resource, fragment, written, steps)
        except Dangling:
            if address:
                raise
    tree = site.tree.library.open(address, site.tree) if address else site.tree
    return _inside(Found(tree, "", tree.value, tree.role), fragment, written, steps)


def _as_meant(site: Site, written: str) -> Found | None:
    """What a reference can only mean that is no file and no pointer: the name of a schema, or a pointer to a
    component without the signs that it begins with."""
    for pointer in _meant(written):
        try:
            start = Found(site.tree, "", site.tree.value, site.tree.role)
            found = _inside(start, pointer, written, _MOST_STEPS)
        except Dangling:
            continue
        site.tree.diagnostics.warning(
            "ref-guessed",
            f"{quoted(written)} names nothing; it is read as {quoted('#' + pointer)}",
            site.tree.place(f"{site.pointer}/$ref"),
            f"write {quoted('#' + pointer)}",
        )
        return found
    return None


def _meant(written: str) -> Iterator[str]:
    bare = unquoted(written).strip("#/")
    if bare.startswith(_SHELVED):
        yield f"/{bare}"
    elif "/" not in bare and bare:
        yield from ("".join(f"/{escape(token)}" for token in (*shelf, bare)) for shelf in _SCHEMAS)


def _as_seen_from_a_schema(site: Site, written: str) -> Found | None:
    """What a pointer names that the document does not have, seen from a schema around: so point schemas that
    were documents of their own before they were pasted into one. The outermost schema that has it counts."""
    for around in _schemas_around(site) if written.startswith("#/") else ():
        try:
            found = _inside(around, unquoted(written[1:]), written, _MOST_STEPS)
        except Dangling:
            continue
        site.tree.diagnostics.warning(
            "ref-local",
            f"{quoted(written)} is not in the document; it is read as seen from the schema around it",
            site.tree.place(f"{site.pointer}/$ref"),
            f"write {quoted('#' + found.pointer)}, or give that schema an `$id`",
        )
        return replace(found, is_local=True)
    return None


def _schemas_around(site: Site) -> Iterator[Found]:
    """The schemas that a place is in, the outermost first; none in a file of pieces, where pointers begin."""
    place: Found | None = Found(site.tree, "", site.tree.value, site.tree.role)
    for token in tokens(site.pointer):
        place = _member(place, token) if place is not None else None
        if place is not None and place.role is not None and place.role.fields is SCHEMA.fields:
            yield place


def _resource(site: Site, address: str) -> Found | None:
    """The schema of the file that has the address as its URI or, without one, that sets the URI at the
    site."""
    tree = site.tree
    if not tree.has_names:
        return None
    named = resources(tree)
    base, holder = named.base(site.pointer)
    if not address and not holder:
        return None
    found = named.uris.get((urljoin(base, address) if address else base).rstrip("#"))
    return Found(tree, found[1], found[0], found[2]) if found is not None else None


def _inside(start: Found, fragment: str, written: str, steps: int) -> Found:
    if not fragment or (fragment == "/" and "" not in _object(start.value, ())):
        return start
    if fragment.startswith("/"):
        return _walk(start, tokens(fragment), written, steps)
    anchored = resources(start.tree).anchor(fragment, start.pointer) if start.tree.has_names else None
    if anchored is None:
        message = f"no schema has the anchor that {quoted(written)} names"
        raise Dangling("ref-not-found", message, _similar(start.tree, fragment))
    return Found(start.tree, anchored[1], anchored[0], anchored[2])


def _walk(start: Found, path: list[str], written: str, steps: int) -> Found:
    place = start
    for number, token in enumerate(path):
        while True:
            member = _member(place, token)
            if member is not None:
                place = member
                break
            onward = place.value.get("$ref") if isinstance(place.value, dict) else None
            if not isinstance(onward, str):
                meant = _suggestion(place, path, number, written)
                lacking = _lacking(place, path, number, written)
                raise Dangling("ref-not-found", _message(written, place.tree), meant, lacking=lacking)
            steps -= 1
            if steps == 0:
                raise Dangling(
                    "ref-cycle",
                    f"{quoted(written)} passes through references that lead in a circle",
                    "write out what one of them means",
                )
            place = _follow(place, onward, steps)
    return place


def _member(place: Found, token: str) -> Found | None:
    value, role = place.value, place.role
    pointer = f"{place.pointer}/{escape(token)}"
    if isinstance(value, dict) and token in value:
        return Found(place.tree, pointer, value[token], role.member(token) if role is not None else None)
    if isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
        return Found(place.tree, pointer, value[int(token)], role.elements if role is not None else None)
    return None


def _message(written: str, tree: Tree) -> str:
    address, _, fragment = written.partition("#")
    if address:
        return f"{quoted('#' + fragment)} is not in {tree.source.name}"
    return f"{quoted(written)} is not in the document"


def _suggestion(place: Found, path: list[str], number: int, written: str) -> str | None:
    """The reference that may have been meant: a similar name in the same place, or the same name in
    another."""
    address = written.partition("#")[0]
    if isinstance(place.value, dict):
        close = closest(path[number], place.value)
        if close is not None:
            return _did_you_mean(address, [*path[:number], close, *path[number + 1 :]])
    for shelf in _SHELVES:
        if path[-1] in _object(place.tree.value, shelf):
            return _did_you_mean(address, [*shelf, path[-1]])
    return None


def _lacking(place: Found, path: list[str], number: int, written: str) -> str | None:
    """The pointer of a component that the document lacks; None where a reference is written wrong."""
    if not written.startswith("#") or tuple(path[:-1]) not in _SCHEMAS or number < len(path) - 1:
        return None
    if any(path[-1] in _object(place.tree.value, shelf) for shelf in _SHELVES):
        return None
    close = closest(path[-1], _object(place.value, ()))
    misspelt = close is not None and _misspelt(path[-1], close)
    return None if misspelt else f"{place.pointer}/{escape(path[-1])}"


def _misspelt(name: str, meant: str) -> bool:
    """Whether two letters at most were added, left out or changed."""
    matcher = difflib.SequenceMatcher(None, name.casefold(), meant.casefold(), autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return max(len(name), len(meant)) - kept <= 2


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
