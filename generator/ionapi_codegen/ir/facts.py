"""What follows from a model: which schemas are needed, which are recursive, which way each travels."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Operation
from ionapi_codegen.ir.schema import (
    Alias,
    Array,
    Discriminator,
    Map,
    Nullable,
    Record,
    Ref,
    Schema,
    SchemaId,
    TupleOf,
    Type,
    Union,
)


class Direction(enum.Enum):
    """Where values of a schema travel."""

    REQUEST = "request"
    RESPONSE = "response"
    BOTH = "both"


def references(type: Type) -> tuple[SchemaId, ...]:
    """The schemas that a type names, each once, in order; not what those name in turn."""
    return tuple(dict.fromkeys(_references([type])))


def _references(types: Iterable[Type]) -> Iterator[SchemaId]:
    waiting = list(types)
    waiting.reverse()
    while waiting:
        match waiting.pop():
            case Ref(target):
                yield target
            case Array(items=inner) | Map(values=inner) | Nullable(of=inner):
                waiting.append(inner)
            case TupleOf(items, rest):
                waiting.extend(reversed((*items, *(() if rest is None else (rest,)))))
            case Union(members, discriminator):
                waiting.extend(reversed((*members, *_mapped(discriminator))))
            case _:
                continue


def _mapped(discriminator: Discriminator | None) -> tuple[Ref, ...]:
    if discriminator is None:
        return ()
    mapped = tuple(ref for _, ref in discriminator.mapping)
    return mapped if discriminator.default is None else (*mapped, discriminator.default)


def schema_references(schema: Schema) -> tuple[SchemaId, ...]:
    """The schemas that a named schema names: bases, types of properties, children of a discriminator."""
    match schema:
        case Alias(type=type):
            return references(type)
        case Record():
            types: list[Type] = [*schema.bases, *(each.type for each in schema.properties)]
            types += () if schema.additional is None else (schema.additional,)
            return tuple(dict.fromkeys(_references([*types, *_mapped(schema.discriminator)])))


def operation_references(operation: Operation) -> tuple[SchemaId, ...]:
    """The schemas that an operation names in its parameters, body and responses, each once."""
    return tuple(dict.fromkeys(_references([*_sent(operation), *_received(operation)])))


def _sent(operation: Operation) -> Iterator[Type]:
    yield from (parameter.type for parameter in operation.parameters)
    if operation.body is not None:
        yield from _content_types(operation.body.contents)


def _received(operation: Operation) -> Iterator[Type]:
    for response in operation.responses:
        yield from (header.type for header in response.headers)
        yield from _content_types(response.contents)


def _content_types(contents: Iterable[Content]) -> Iterator[Type]:
    for content in contents:
        yield from (each for each in (content.type, content.item) if each is not None)
        yield from (header.type for part in content.parts for header in part.headers)


def closure(start: Iterable[SchemaId], schemas: Mapping[SchemaId, Schema]) -> frozenset[SchemaId]:
    """The schemas given and all that they need, however far away."""
    reached: set[SchemaId] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(schema_references(schemas[name]))
    return frozenset(reached)


def referring(to: Iterable[SchemaId], schemas: Mapping[SchemaId, Schema]) -> frozenset[SchemaId]:
    """The schemas given and all that need one of them, however far away."""
    users: dict[SchemaId, list[SchemaId]] = {}
    for name, schema in schemas.items():
        for named in schema_references(schema):
            users.setdefault(named, []).append(name)
    reached: set[SchemaId] = set()
    waiting = list(to)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(users.get(name, ()))
    return frozenset(reached)


def reachable(api: Api) -> frozenset[SchemaId]:
    """The schemas that some operation needs."""
    return closure((name for each in api.operations for name in operation_references(each)), api.schemas)


def directions(api: Api) -> Mapping[SchemaId, Direction]:
    """Which way each schema travels that an operation needs; the others are not listed."""
    sent = closure(
        _references(each for operation in api.operations for each in _sent(operation)), api.schemas
    )
    received = closure(
        _references(each for operation in api.operations for each in _received(operation)), api.schemas
    )
    found: dict[SchemaId, Direction] = {}
    for name in api.schemas:
        if name in sent and name in received:
            found[name] = Direction.BOTH
        elif name in sent:
            found[name] = Direction.REQUEST
        elif name in received:
            found[name] = Direction.RESPONSE
    return found


def recursive(api: Api) -> frozenset[SchemaId]:
    """The schemas that come back to themselves, through whatever they name.

    Tarjan's strongly connected components, with a stack of its own.
    """
    order: dict[SchemaId, int] = {}
    lowest: dict[SchemaId, int] = {}
    unassigned: list[SchemaId] = []
    waiting: set[SchemaId] = set()
    found: set[SchemaId] = set()
    edges = {name: schema_references(schema) for name, schema in api.schemas.items()}
    for start in api.schemas:
        path = [(start, iter(edges[start]))] if start not in order else []
        while path:
            name, rest = path[-1]
            if name not in order:
                order[name] = lowest[name] = len(order)
                unassigned.append(name)
                waiting.add(name)
            for named in rest:
                if named not in order:
                    path.append((named, iter(edges[named])))
                    break
                if named in waiting:
                    lowest[name] = min(lowest[name], order[named])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == order[name]:
                    circle = _popped(unassigned, name)
                    waiting.difference_update(circle)
                    if len(circle) > 1 or name in edges[name]:
                        found.update(circle)
    return frozenset(found)


def _popped(stack: list[SchemaId], last: SchemaId) -> list[SchemaId]:
    popped = [stack.pop()]
    while popped[-1] != last:
        popped.append(stack.pop())
    return popped
