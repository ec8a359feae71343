"""Where an API is served: addresses with their variables."""

from __future__ import annotations

from collections.abc import Iterator

from ionapi_codegen.ir.operation import Server, ServerVariable
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.docs import docs, text
from ionapi_codegen.spec.node import Node


def servers(node: Node | None) -> tuple[Server, ...]:
    """The `servers` of an API, path or operation; one without an address is none."""
    return tuple(_servers(node)) if node is not None else ()


def _servers(node: Node) -> Iterator[Server]:
    for server in node.elements():
        value = server.value if isinstance(server.value, dict) else {}
        url = value.get("url")
        if isinstance(url, str):
            variables = server.get("variables")
            yield Server(
                Text(url),
                tuple(_variables(variables)) if variables is not None else (),
                docs(server),
                text(value.get("name")),
            )


def _variables(node: Node) -> Iterator[ServerVariable]:
    for name, variable in node.items():
        value = variable.value if isinstance(variable.value, dict) else {}
        written = value.get("enum")
        values = [str(each) for each in written] if isinstance(written, list) else []
        default = value.get("default", values[0] if values else "")
        yield ServerVariable(
            Text(name), Text(str(default)), tuple(Text(each) for each in values), docs(variable)
        )
