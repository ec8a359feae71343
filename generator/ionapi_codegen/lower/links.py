"""Which operations a response leads to, for the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ionapi_codegen.ir.operation import Link
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import docs
from ionapi_codegen.lower.references import References, Unresolvable
from ionapi_codegen.spec.node import Node


def links(node: Node | None, references: References) -> Iterator[Link]:
    """The `links` of a response; one behind a reference that leads nowhere is left out."""
    for name, written in node.items() if node is not None else ():
        with suppress(Unresolvable):
            link = references.resolved(written)
            if isinstance(link.value, dict):
                target = link.value.get("operationId", link.value.get("operationRef"))
                yield Link(Text(name), docs.text(target), tuple(_arguments(link)), docs.docs(link))


def _arguments(link: Node) -> Iterator[tuple[Text, Text]]:
    parameters = link.get("parameters")
    for name, node in parameters.items() if parameters is not None else ():
        if isinstance(node.value, str | int | float):
            yield Text(name), Text(str(node.value))
