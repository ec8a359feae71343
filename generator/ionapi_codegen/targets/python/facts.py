"""What follows from a document's schemas as a whole, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.facts import closure
from ionapi_codegen.ir.schema import Alias, Kind, Record, Schema, SchemaId, Type
from ionapi_codegen.targets.python.media import STREAMS, Family, family
from ionapi_codegen.targets.python.types import references, scalars

_FORMS = frozenset({Family.FORM, Family.MULTIPART})
_JSON = STREAMS | {Family.JSON}


@dataclass(frozen=True, slots=True)
class Facts:
    """`recursive` are the aliases that lead back to themselves through aliases alone: their right-hand sides
    are strings. `aliases` are all of them. `exact` are the records that hold, however deep, a JSON number
    whose digits all count. What travels `in_json` has text for raw bytes, what is sent `in_forms` has
    files."""

    recursive: frozenset[SchemaId]
    aliases: frozenset[SchemaId]
    exact: frozenset[SchemaId]
    in_json: frozenset[SchemaId]
    in_forms: frozenset[SchemaId]


def facts(api: Api) -> Facts:
    """The facts of a document."""
    named = {schema_id: _named(schema) for schema_id, schema in api.schemas.items()}
    aliases = {
        schema_id: tuple(target for target in named[schema_id] if isinstance(api.schemas[target], Alias))
        for schema_id, schema in api.schemas.items()
        if isinstance(schema, Alias)
    }
    recursive = frozenset(start for start in aliases if start in _beyond(start, aliases))
    return Facts(recursive, frozenset(aliases), _exact(api, named), *_carriers(api))


def _carriers(api: Api) -> tuple[frozenset[SchemaId], frozenset[SchemaId]]:
    in_json: set[SchemaId] = set()
    in_forms: set[SchemaId] = set()
    for operation in api.operations:
        bodies = operation.body.contents if operation.body is not None else ()
        answers = (content for response in operation.responses for content in response.contents)
        for content in (*bodies, *answers):
            found = family(content)
            carried = in_forms if found in _FORMS else in_json if found in _JSON else None
            if carried is not None:
                types = (each for each in (content.type, content.item) if each is not None)
                carried.update(name for each in types for name in references(each))
    return closure(in_json, api.schemas), closure(in_forms, api.schemas)


def _exact(api: Api, named: Mapping[SchemaId, tuple[SchemaId, ...]]) -> frozenset[SchemaId]:
    naming: dict[SchemaId, list[SchemaId]] = {}
    for schema_id, targets in named.items():
        for target in targets:
            naming.setdefault(target, []).append(schema_id)
    waiting = [
        schema_id
        for schema_id, schema in api.schemas.items()
        if any(kind is Kind.DECIMAL for found in _types(schema) for kind in scalars(found))
    ]
    found: set[SchemaId] = set()
    while waiting:
        if (schema_id := waiting.pop()) not in found:
            found.add(schema_id)
            waiting.extend(naming.get(schema_id, ()))
    return frozenset(schema_id for schema_id in found if isinstance(api.schemas[schema_id], Record))


def _beyond(start: SchemaId, edges: Mapping[SchemaId, tuple[SchemaId, ...]]) -> set[SchemaId]:
    """What is reached from a schema, itself only where a way leads back to it."""
    waiting, seen = list(edges[start]), set[SchemaId]()
    while waiting:
        if (schema_id := waiting.pop()) not in seen:
            seen.add(schema_id)
            waiting.extend(edges.get(schema_id, ()))
    return seen


def _named(schema: Schema) -> tuple[SchemaId, ...]:
    bases = [base.target for base in schema.bases] if isinstance(schema, Record) else []
    return tuple(
        dict.fromkeys([*bases, *(target for found in _types(schema) for target in references(found))])
    )


def _types(schema: Schema) -> tuple[Type, ...]:
    if isinstance(schema, Alias):
        return (schema.type,)
    additional = () if schema.additional is None else (schema.additional,)
    return (*(found.type for found in schema.properties), *additional)
