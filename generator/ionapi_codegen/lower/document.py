"""What an API means: the whole document, lowered to the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir import facts
from ionapi_codegen.ir.api import Api, Tag
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import Docs, Schema, SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.cycles import without_hollow_cycles
from ionapi_codegen.lower.docs import docs, text
from ionapi_codegen.lower.operations import Operations
from ionapi_codegen.lower.pagination import paged
from ionapi_codegen.lower.raw_bodies import with_raw_bodies
from ionapi_codegen.lower.schemas import Schemas
from ionapi_codegen.lower.security import requirements, schemes
from ionapi_codegen.lower.servers import servers
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.node import Node


def lower(document: SpecDocument, diagnostics: Diagnostics) -> Api:
    """The meaning of the document.

    Never raises for what a document says: an operation that cannot be understood is an error and left out
    together with what only it needs; a wrong piece of a schema is a warning and means any value.
    """
    root = document.root
    components = root.get("components")
    schemas = Schemas(document, diagnostics)
    defined = [schemas.named(each).target for each in schemas.references.components.values()]
    schemas.finish()
    security = requirements(root.get("security"))
    reader = Operations(schemas, security, diagnostics)
    operations = tuple(reader.of_paths(root.get("paths")))
    incoming = tuple(reader.incoming(root))
    found = without_hollow_cycles(schemas.finish(), diagnostics)
    operations = with_raw_bodies(_whole(operations, found, schemas.broken), found)
    needed = facts.closure(
        {*defined, *(name for each in (*operations, *incoming) for name in facts.operation_references(each))},
        found,
    )
    info = root.get("info") or root
    return Api(
        title=Text(_string(info, "title")),
        version=Text(_string(info, "version")),
        operations=paged(operations, found),
        schemas={name: schema for name, schema in found.items() if name in needed},
        servers=servers(root.get("servers")),
        tags=tuple(_tags(root.get("tags"))),
        security_schemes=tuple(schemes(components, schemas.references)),
        security=security,
        docs=_about(info),
        place=root.place,
    )


def _about(info: Node) -> Docs:
    """What the document says of the API; its title, which it has anyhow, is no summary."""
    summary = text(info.value.get("summary")) if isinstance(info.value, dict) else None
    return replace(docs(info), summary=summary)


def _whole(
    operations: tuple[Operation, ...], schemas: dict[SchemaId, Schema], broken: set[SchemaId]
) -> tuple[Operation, ...]:
    """The operations that need no broken schema, however far away; what breaks it has been said."""
    if not broken:
        return operations
    tainted = facts.referring(broken, schemas)
    return tuple(
        operation for operation in operations if tainted.isdisjoint(facts.operation_references(operation))
    )


def _tags(node: Node | None) -> Iterator[Tag]:
    for tag in node.elements() if node is not None else ():
        name = tag.value.get("name") if isinstance(tag.value, dict) else None
        if isinstance(name, str):
            yield Tag(Text(name), docs(tag))


def _string(node: Node, key: str) -> str:
    value = node.value.get(key) if isinstance(node.value, dict) else None
    return value if isinstance(value, str) else "" if value is None else str(value)
