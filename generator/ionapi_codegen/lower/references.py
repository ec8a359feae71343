"""What a `$ref` names, and what a schema is called that is reached through one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.schema import SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.spec import refs
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.node import Node

Hint: TypeAlias = tuple[Text, ...]

_OF_NAMES = frozenset(
    (
        "$defs",
        "definitions",
        "headers",
        "parameters",
        "pathItems",
        "paths",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
    )
)
_OF_ANYTHING = frozenset(("content", "patternProperties", "allOf", "oneOf", "anyOf", "prefixItems"))


class Unresolvable(Exception):
    """A reference leads nowhere; why has been added to the diagnostics."""


@dataclass(frozen=True, slots=True)
class Target:
    """A schema that a reference names; `hint` is what its place calls it."""

    id: SchemaId
    node: Node
    hint: Hint


class References:
    """Follows references; what is reached by several is the same target.

    A component that is nothing but a reference into another file is the schema there, under the component's
    name: so do documents of many files list their schemas.
    """

    def __init__(self, spec: SpecDocument, diagnostics: Diagnostics) -> None:
        self.version = spec.version
        self._document = spec
        self._diagnostics = diagnostics
        self._targets: dict[SchemaId, Target] = {}
        self._elsewhere: dict[SchemaId, Target] = {}
        components = spec.root.get("components")
        schemas = components.get("schemas") if components is not None else None
        listed = tuple(schemas.items()) if schemas is not None else ()
        for name, node in listed:
            self._adopt(name, node)
        self.components = {
            name: self._elsewhere.get(node.identity) or Target(node.identity, node, (Text(name),))
            for name, node in listed
        }
        """The schemas that the document names, in its order."""

    def target(self, node: Node) -> Target:
        """One step: what the `$ref` of this node names. Raises Unresolvable."""
        found = self._document.target(node, self._diagnostics)
        if found is None:
            raise Unresolvable
        name = found.identity
        if name in self._elsewhere:
            return self._elsewhere[name]
        if name not in self._targets:
            own = hint(f"{found.file.name}#{found.pointer}")
            named = own if found.scope is None else (*hint(found.scope.binder()), *own)
            self._targets[name] = Target(name, found, named)
        return self._targets[name]

    def resolved(self, node: Node) -> Node:
        """The node without `$ref` at the end of the chain; the node itself where it is no reference. Raises
        Unresolvable."""
        if reference(node) is None:
            return node
        found = self._document.resolve(node, self._diagnostics)
        if found is None:
            raise Unresolvable
        return found

    def _adopt(self, name: str, component: Node) -> None:
        passed: list[SchemaId] = []
        found = component
        while isinstance(found.value, dict) and found.value.keys() == {"$ref"}:
            passed.append(found.identity)
            onward = self._document.target(found, Diagnostics())  # what is wrong is reported when it is read
            if onward is None or onward.tree is component.tree:
                return
            found = onward
        if passed and found.identity not in self._elsewhere:
            target = Target(found.identity, found, (Text(name),))
            self._elsewhere.update(dict.fromkeys((*passed, found.identity), target))


def binds(node: Node, target: Target) -> bool:
    """Whether the reference of a node decides what its target means: binds an anchor in it that is bound
    nowhere further out."""
    scope = target.node.scope
    return scope is not None and (node.scope is None or not node.scope.has(scope))


def reference(node: Node) -> str | None:
    """The text of the node's `$ref` or `$dynamicRef`; None for a node that is no reference."""
    return refs.reference(node.value)


def hint(identity: SchemaId) -> Hint:
    """What to name a schema after that stands there.

    `api.yaml#/components/schemas/Order/properties/lines/items` gives the words Order, lines, item; a file
    that is one schema gives its own name.
    """
    file, _, pointer = identity.partition("#")
    words = tuple(_words([token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]))
    return tuple(Text(word) for word in words) or (Text(PurePosixPath(file).stem),)


def _words(tokens: list[str]) -> Iterator[str]:
    rest = iter(tokens)
    for token in rest:
        if token in _OF_NAMES:
            yield from _next(rest)
        elif token in _OF_ANYTHING:
            for _ in _next(rest):
                break
        elif token == "items":
            yield "item"
        elif token == "additionalProperties":
            yield "value"
        elif token not in ("components", "schema"):
            yield token


def _next(tokens: Iterator[str]) -> Iterator[str]:
    for token in tokens:
        yield token
        return
