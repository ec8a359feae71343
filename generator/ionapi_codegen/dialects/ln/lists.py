"""Lists that come in pages: an answer with `value` may have a link to the next one, whether its document says
so or not (OData 4.01, "Server-Driven Paging")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ionapi_codegen.ir.operation import ByLink, Effect, Operation, Pagination
from ionapi_codegen.ir.schema import Alias, Array, Nullable, Property, Record, Ref, Schema, SchemaId, Type
from ionapi_codegen.ir.text import Text

_ITEMS = Text("value")
_NEXT = Text("@odata.nextLink")


def paged(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Operation:
    """The operation, with pages where it lists entities.

    The link counts, not a number: `$top` is how many entities the caller wants, and `$skip` is where a walk
    begins.
    """
    item = _item(operation, schemas)
    if operation.effect is not Effect.READ or item is None:
        return operation
    return replace(operation, pages=Pagination(ByLink((_NEXT,)), item, (_ITEMS,)))


def _item(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Type | None:
    """What the answer lists in `value`."""
    for response in operation.responses:
        if not response.status.startswith("2"):
            continue
        for content in response.contents:
            for each in _properties(content.type, schemas):
                plain = _plain(each.type, schemas)
                if each.name == _ITEMS and isinstance(plain, Array):
                    return plain.items
    return None


def _properties(type: Type | None, schemas: Mapping[SchemaId, Schema]) -> Iterator[Property]:
    """The properties of an object, inherited ones too."""
    plain = None if type is None else _plain(type, schemas)
    record = schemas.get(plain.target) if isinstance(plain, Ref) else None
    if isinstance(record, Record):
        for base in record.bases:
            yield from _properties(base, schemas)
        yield from record.properties


def _plain(type: Type, schemas: Mapping[SchemaId, Schema]) -> Type:
    """The type without the names and the null around it."""
    seen: set[SchemaId] = set()
    reached = type
    while True:
        if isinstance(reached, Nullable):
            reached = reached.of
        elif isinstance(reached, Ref) and reached.target not in seen:
            seen.add(reached.target)
            schema = schemas.get(reached.target)
            if not isinstance(schema, Alias):
                return reached
            reached = schema.type
        else:
            return reached
