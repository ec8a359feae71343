"""Which HTTP methods a path item has."""

from __future__ import annotations

from collections.abc import Iterator

from ionapi_codegen.spec.node import Node

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def methods(item: Node) -> Iterator[tuple[str, Node]]:
    """The methods of a path item with their operations: upper case, or as written where they are none of
    HTTP's usual ones (OpenAPI 3.2's `additionalOperations`)."""
    for key, node in item.items():
        if key in _METHODS:
            yield key.upper(), node
        elif key == "additionalOperations":
            yield from node.items()
