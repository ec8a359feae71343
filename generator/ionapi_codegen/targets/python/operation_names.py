"""What operations, groups and parameters are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.groups import Group
from ionapi_codegen.targets.python.names import Scope, Wanted, allocate, wanted
from ionapi_codegen.targets.python.responses import offered_stream
from ionapi_codegen.targets.python.scopes import GROUP_CLASSES, GROUPS, METHODS, PARAMETERS
from ionapi_codegen.targets.python.words import words

_PARTS = re.compile(r"[./_]")
_INFORS = re.compile(r"X-Infor-(?=\w)", re.IGNORECASE)
"""What headers of Infor's products begin with: the argument is called by the rest."""

_CLAIMS = (Location.PATH, Location.QUERY, Location.HEADER, Location.COOKIE, Location.QUERYSTRING)


@dataclass(frozen=True, slots=True)
class ClientNames:
    """The attributes of the client: `groups` and `classes` by tag, `operations` of no group by their key."""

    groups: Mapping[Text, str]
    classes: Mapping[Text, str]
    operations: Mapping[str, str]


def operation_key(operation: Operation) -> str:
    """Identifies an operation within its document."""
    return f"{operation.method} {operation.path.raw}"


def stream_key(operation: Operation) -> str:
    """Identifies the method that reads the operation's answer as a stream."""
    return f"{operation_key(operation)} stream"


def client_names(groups: Iterable[Group], pinned: Mapping[str, str], scope: Scope = GROUPS) -> ClientNames:
    """Names for the groups and for what stands beside them on the client: one scope, seen at once."""
    things: list[Wanted] = []
    methods: list[Wanted] = []
    tags: list[Text] = []
    own: tuple[Operation, ...] = ()
    for group in groups:
        if group.tag is None:
            own = group.operations
            methods = _methods(own, None)
            things += methods
        else:
            tags.append(group.tag)
            things.append(wanted(f"tag {group.tag.raw}", group.tag, (("group",),)))
    names = allocate(scope, things, _fixed(own, pinned))
    classes = allocate(GROUP_CLASSES, [wanted(tag.raw, tag, (("group",),)) for tag in tags])
    return ClientNames(
        {tag: names[f"tag {tag.raw}"] for tag in tags},
        {tag: classes[tag.raw] for tag in tags},
        {thing.key: names[thing.key] for thing in methods},
    )


def method_names(group: Group, pinned: Mapping[str, str]) -> dict[str, str]:
    """Names for the operations of one group, by key."""
    things = _methods(group.operations, group.tag)
    return allocate(METHODS, things, _fixed(group.operations, pinned))


def parameter_names(operation: Operation) -> dict[tuple[Location, Text], str]:
    """The arguments of one operation. A path parameter has the best claim to its name, then the query's."""
    parameters = {_parameter_key(found): found for found in operation.parameters}
    things = [
        wanted(key, _spoken(found), ((found.location.value,),), _CLAIMS.index(found.location))
        for key, found in parameters.items()
    ]
    names = allocate(PARAMETERS, things)
    return {(found.location, found.name): names[key] for key, found in parameters.items()}


def _spoken(parameter: Parameter) -> Text:
    """What names the argument: `MongooseConfig` for the header `X-Infor-MongooseConfig`."""
    name = parameter.name.raw
    return Text(_INFORS.sub("", name)) if parameter.location is Location.HEADER else parameter.name


def _parameter_key(parameter: Parameter) -> str:
    return f"{parameter.location.value} {parameter.name.raw}"


def _methods(operations: Iterable[Operation], tag: Text | None) -> list[Wanted]:
    """A method for each operation, and one for the stream of those that offer it beside another answer."""
    things: list[Wanted] = []
    for operation in operations:
        method = _wanted(operation, tag)
        things.append(method)
        if offered_stream(operation.responses) is not None:
            things.append(replace(method, key=stream_key(operation), words=(*method.words, "stream"), rank=1))
    return things


def _wanted(operation: Operation, tag: Text | None) -> Wanted:
    key = operation_key(operation)
    spelling = operation.id or operation.path
    qualifiers = (_method_words(operation), _path_words(operation))
    return Wanted(key, _own_words(operation, tag) or _path_words(operation), spelling, qualifiers)


def _own_words(operation: Operation, tag: Text | None) -> tuple[str, ...]:
    """The words of the operationId without the tag's in front: `customers.list` of Customers is `list`."""
    if operation.id is None:
        return _path_words(operation)
    if tag is not None and (mark := _PARTS.search(operation.id.raw)):
        before, after = operation.id.raw[: mark.start()], operation.id.raw[mark.end() :]
        if words(Text(before)) == words(tag) and words(Text(after)):
            return words(Text(after))
    return words(operation.id)


def _path_words(operation: Operation) -> tuple[str, ...]:
    """`GET /customers/{id}` as get, customers, by, id; a procedure (`/GetBasicData`) is its own name, and a
    path that begins with its method (`GET /get_news`) does not say it twice."""
    segments = [segment for segment in operation.path.raw.split("/") if segment]
    if len(segments) == 1 and segments[0][0].isupper():
        return words(Text(segments[0]))
    method = _method_words(operation)
    parts: list[str] = []
    for segment in segments:
        parts += (*(["by"] if "{" in segment else []), *words(Text(segment)))
    return tuple(parts) if tuple(parts[: len(method)]) == method else (*method, *parts)


def _method_words(operation: Operation) -> tuple[str, ...]:
    """A document may name methods of its own (`additionalOperations`)."""
    return words(Text(operation.method)) or ("call",)


def _fixed(operations: Iterable[Operation], pinned: Mapping[str, str]) -> dict[str, str]:
    """What the user has named, by operationId or by where the operation stands in the document."""
    fixed: dict[str, str] = {}
    for operation in operations:
        spots = [
            operation.id.raw if operation.id else None,
            operation.place.pointer if operation.place else None,
        ]
        found = next((pinned[spot] for spot in spots if spot is not None and spot in pinned), None)
        if found is not None:
            fixed[operation_key(operation)] = found
    return fixed
