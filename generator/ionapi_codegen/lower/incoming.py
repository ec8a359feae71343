"""Calls that the server makes, webhooks and callbacks: nothing of them is generated but their models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import docs
from ionapi_codegen.lower.contents import Contents
from ionapi_codegen.lower.methods import methods
from ionapi_codegen.lower.references import References, Unresolvable
from ionapi_codegen.spec.node import Node


class Incoming:
    """Reads the bodies and responses of calls that come in."""

    def __init__(self, contents: Contents, references: References) -> None:
        self._contents = contents
        self._references = references

    def calls(self, root: Node) -> Iterator[Operation]:
        """The calls of a document: its webhooks, then the callbacks of its operations. One with a reference
        that leads nowhere is left out; that has been reported where it stands."""
        yield from self._items(root.get("webhooks"), None)
        paths = root.get("paths")
        for path, node in paths.items() if paths is not None else ():
            if not path.startswith("x-"):
                yield from self._callbacks(node)

    def _callbacks(self, path: Node) -> Iterator[Operation]:
        with suppress(Unresolvable):
            for _, operation in methods(self._references.resolved(path)):
                written = operation.get("callbacks")
                for name, node in written.items() if written is not None else ():
                    with suppress(Unresolvable):
                        yield from self._items(self._references.resolved(node), name)

    def _items(self, items: Node | None, name: str | None) -> Iterator[Operation]:
        """The operations of path items, called after the callback, or each after its own key."""
        for key, node in items.items() if items is not None else ():
            with suppress(Unresolvable):
                for method, operation in methods(self._references.resolved(node)):
                    with suppress(Unresolvable):
                        yield self._call(method, name or key, operation)

    def _call(self, method: str, name: str, node: Node) -> Operation:
        value = node.value if isinstance(node.value, dict) else {}
        hint = (docs.text(value.get("operationId")) or Text(name),)
        body = node.get("requestBody")
        return Operation(
            method=method,
            path=Text(name),
            body=self._contents.body(body, hint) if body is not None else None,
            responses=self._contents.responses(node.get("responses"), hint),
        )
