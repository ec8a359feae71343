"""Which operations a document offers: every method of every path, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.operation import Effect, Operation, Requirement, Server
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import docs
from ionapi_codegen.lower.contents import Contents
from ionapi_codegen.lower.incoming import Incoming
from ionapi_codegen.lower.methods import methods
from ionapi_codegen.lower.parameters import Parameters
from ionapi_codegen.lower.references import Hint, Unresolvable
from ionapi_codegen.lower.schemas import Schemas
from ionapi_codegen.lower.security import requirements
from ionapi_codegen.lower.servers import servers
from ionapi_codegen.spec.node import Node

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+").fullmatch
_READS = frozenset(("GET", "HEAD", "OPTIONS", "TRACE", "QUERY"))


class Operations:
    """Reads the paths of a document."""

    def __init__(
        self, schemas: Schemas, security: tuple[Requirement, ...] | None, diagnostics: Diagnostics
    ) -> None:
        self._schemas = schemas
        self._security = security
        self._diagnostics = diagnostics
        self._parameters = Parameters(schemas, diagnostics)
        self._contents = Contents(schemas, diagnostics)

    def of_paths(self, paths: Node | None) -> Iterator[Operation]:
        """The operations in document order, without those that need a reference that leads nowhere; that
        has been reported as an error where it stands."""
        for path, node in paths.items() if paths is not None else ():
            if path.startswith("x-"):
                continue
            with suppress(Unresolvable):
                item = self._schemas.references.resolved(node)
                for method, operation in methods(item):
                    if not _TOKEN(method):
                        self._refuse_method(operation)
                        continue
                    with suppress(Unresolvable):
                        yield self._operation(method, path, operation, _levels(node, item))

    def incoming(self, root: Node) -> Iterator[Operation]:
        """The calls that the server makes, for the sake of their schemas."""
        return Incoming(self._contents, self._schemas.references).calls(root)

    def _refuse_method(self, node: Node) -> None:
        self._diagnostics.error(
            "method-invalid",
            "this is no HTTP method, so the operation cannot be called",
            node.place,
            "a method is letters, digits and signs such as - and _, without spaces (RFC 9110 section 5.6.2)",
        )

    def _operation(self, method: str, path: str, node: Node, items: list[Node]) -> Operation:
        value = node.value if isinstance(node.value, dict) else {}
        own_id = docs.text(value.get("operationId"))
        hint = (own_id,) if own_id is not None else _words(method, path)
        levels = [item.get("parameters") for item in items] + [node.get("parameters")]
        body = node.get("requestBody")
        own = requirements(node.get("security"))
        tags = value.get("tags")
        template, parameters = self._parameters.of_operation(path, node.place, levels, hint)
        return Operation(
            method=method,
            path=template,
            id=own_id,
            tags=tuple(Text(tag) for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
            parameters=parameters,
            body=self._contents.body(body, hint) if body is not None else None,
            responses=self._contents.responses(node.get("responses"), hint),
            effect=Effect.READ if method in _READS else Effect.WRITE,
            servers=_closest_servers((node, *reversed(items))),
            security=own if own is not None else self._security,
            written=Text(path) if template.raw != path else None,
            docs=docs.docs(node),
            place=node.place,
        )


def _levels(node: Node, item: Node) -> list[Node]:
    """A path item that refers to another may have fields of its own, which are closer."""
    return [item] if item is node else [item, node]


def _closest_servers(levels: Iterable[Node]) -> tuple[Server, ...]:
    for level in levels:
        found = servers(level.get("servers"))
        if found:
            return found
    return ()


def _words(method: str, path: str) -> Hint:
    """What an operation without an id is called after: its method and the words of its path."""
    segments = path.replace("{", "").replace("}", "").split("/")
    return tuple(Text(word) for word in (method.lower(), *segments) if word)
