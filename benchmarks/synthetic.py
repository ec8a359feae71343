"""Documents of any size, made up: groups of operations with parameters, bodies, errors and nested models."""

from __future__ import annotations


def document(operations: int, groups: int) -> dict[str, object]:
    """An OpenAPI 3.1 document of so many operations, spread evenly over so many groups, with two models for each group."""
    paths: dict[str, dict[str, object]] = {}
    schemas: dict[str, object] = {"Problem": _object({"title": _TEXT, "status": _INTEGER})}
    for number in range(operations):
        group = number % groups
        thing = f"Thing{group}"
        if thing not in schemas:
            schemas[thing] = _thing(group)
            schemas[f"Part{group}"] = _object(
                {"sku": _TEXT, "quantity": _INTEGER, "price": {"type": "number"}}, "sku"
            )
        path = f"/group{group}/things{number // groups}/{{thingId}}"
        method = ("get", "put")[number % 2]
        paths.setdefault(path, {})[method] = _operation(method, number, group, thing)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1"},
        "servers": [{"url": "https://synthetic.example/v1"}],
        "tags": [{"name": f"group {group}"} for group in range(groups)],
        "paths": paths,
        "components": {"schemas": schemas},
    }


_TEXT = {"type": "string"}
_INTEGER = {"type": "integer"}
_TIME = {"type": "string", "format": "date-time"}


def _object(properties: dict[str, object], *required: str) -> dict[str, object]:
    return {"type": "object", "required": list(required), "properties": properties}


def _thing(group: int) -> dict[str, object]:
    properties: dict[str, object] = {
        "thingId": {**_TEXT, "description": "The number of the thing."},
        "name": {**_TEXT, "maxLength": 36},
        "state": {"type": "string", "enum": ["NEW", "OPEN", "DONE"]},
        "createdAt": _TIME,
        "changedAt": {"type": ["string", "null"], "format": "date-time"},
        "count": _INTEGER,
        "labels": {"type": "array", "items": _TEXT},
        "parts": {"type": "array", "items": {"$ref": f"#/components/schemas/Part{group}"}},
    }
    return _object(properties, "thingId", "name", "state")


def _operation(method: str, number: int, group: int, thing: str) -> dict[str, object]:
    schema = {"application/json": {"schema": {"$ref": f"#/components/schemas/{thing}"}}}
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    parameters: list[dict[str, object]] = [
        {"name": "thingId", "in": "path", "required": True, "schema": _TEXT},
        {"name": "pageSize", "in": "query", "description": "How many on a page.", "schema": _INTEGER},
        {"name": "filter", "in": "query", "schema": _TEXT},
        {"name": "X-Company", "in": "header", "schema": _TEXT},
    ]
    operation: dict[str, object] = {
        "operationId": f"{method}Thing{number}",
        "tags": [f"group {group}"],
        "summary": f"Does number {number}.",
        "parameters": parameters,
        "responses": {
            "200": {"description": "The thing.", "content": schema},
            "404": {"description": "No such thing.", "content": problem},
        },
    }
    if method == "put":
        operation["requestBody"] = {"required": True, "content": schema}
    return operation
