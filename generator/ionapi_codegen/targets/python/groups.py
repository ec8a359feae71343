"""Which operations stand together: by tag, by path where there are too many without one, or on the client."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api, Tag
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import NO_DOCS, Docs
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.words import singular, words

_MANY = 40
"""Operations without a tag that the client has itself, whatever their paths."""
_MANY_PROCEDURES = 200
"""The same where paths are names of procedures, which nobody looks for by what they belong to."""
_MOST = 100
"""Operations of a group by path; where there are more, what follows in their paths tells them apart."""

_LONGEST_ACRONYM = 3
"""Letters of a word whose final s is rather its own: `aws`, `dns`."""
_BETWEEN = re.compile(r"[\s_-]+")
_PIECE = re.compile(r"[^.:_\- ]+")
_FRAGMENT = re.compile("[#?&]")
_NO_GROUP = re.compile(r"api|v\d+(\.\d+)*|rest|\{.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that are read together; `tag` is None for those of the client itself."""

    tag: Text | None
    docs: Docs
    operations: tuple[Operation, ...]


def grouped(api: Api) -> tuple[Group, ...]:
    """The groups in the order of the document's tags, then of first use; the client's own first, if any. Tags
    that people read alike (`Time entries`, `TimeEntries`) are one group, called by the first of them."""
    by_path = dict(_by_path([operation for operation in api.operations if not operation.tags]))
    first: dict[str, Text] = {}
    for each in api.tags:
        first.setdefault(_read(each.name), each.name)
    found: dict[Text | None, list[Operation]] = {name: [] for name in first.values()}
    for operation in api.operations:
        if operation.tags:
            tag: Text | None = first.setdefault(_read(operation.tags[0]), operation.tags[0])
        else:
            tag = by_path[operation.method, operation.path]
        found.setdefault(tag, []).append(operation)
    declared: dict[Text | None, Tag] = {tag.name: tag for tag in api.tags}
    groups = [
        Group(tag, declared[tag].docs if tag in declared else NO_DOCS, tuple(operations))
        for tag, operations in found.items()
        if operations
    ]
    return tuple(sorted(groups, key=lambda group: group.tag is not None))


def _read(tag: Text) -> str:
    """What tags that are read alike have in common; signs other than those between words tell them apart."""
    return _BETWEEN.sub("", tag.raw).casefold()


def static_segments(path: Text) -> list[str]:
    """The segments of a path template that hold no variable."""
    return [segment for segment in path.raw.split("/") if segment and "{" not in segment]


_Key = tuple[str, Text]


def _by_path(untagged: list[Operation]) -> Iterator[tuple[_Key, Text | None]]:
    """The group of each operation without a tag, by its method and path; None for the client itself."""
    if _flat(untagged):
        if len(untagged) > _MANY_PROCEDURES:
            return _divided(untagged, _subject, " ")
    elif len(untagged) > _MANY:
        return _divided(untagged, _resource, "/")
    return iter([((operation.method, operation.path), None) for operation in untagged])


def _divided(
    operations: Iterable[Operation],
    parts: Callable[[Operation], tuple[str, ...]],
    between: str,
    length: int = 1,
) -> Iterator[tuple[_Key, Text | None]]:
    """Groups of operations whose first parts are the same: as few of them as leave no group too large.

    What an operation is grouped by is its own, and counted are those that begin alike: one that
    begins with something else moves nothing.
    """
    alike: dict[tuple[str, ...], list[Operation]] = {}
    for operation in operations:
        alike.setdefault(parts(operation)[:length], []).append(operation)
    for first, some in alike.items():
        if len(first) == length and len(some) > _MOST and any(len(parts(each)) > length for each in some):
            yield from _divided(some, parts, between, length + 1)
        else:
            tag = Text(between.join(first)) if first else None
            yield from (((operation.method, operation.path), tag) for operation in some)


def _flat(operations: list[Operation]) -> bool:
    """Whether paths have one segment: names of procedures rather than resources."""
    return all(operation.path.raw.strip("/").count("/") == 0 for operation in operations)


def _resource(operation: Operation) -> tuple[str, ...]:
    """The segments that say whose path it is: `/api/v1/orders/{id}/lines` as orders, lines."""
    segments = (_FRAGMENT.split(segment)[0] for segment in static_segments(operation.path))
    return tuple(segment for segment in segments if segment and not _NO_GROUP.fullmatch(segment))


def _subject(operation: Operation) -> tuple[str, ...]:
    """What a procedure is about, in words of the singular: `/#Action=DescribeVpcEndpoints` as vpc, endpoint.

    A name in one piece begins with what is done (`DescribeVpcs`, `sendMessage`), one in several with what it
    is done to (`user.create`, `user-list`).
    """
    said = (part for segment in static_segments(operation.path) for part in _FRAGMENT.split(segment) if part)
    name = next(said, "").rpartition("=")[2]
    pieces = _PIECE.findall(name)
    found = words(Text(name))
    if len(pieces) == 1 and len(found) > 1:
        found = found[1:]
    return tuple(singular(word) if len(word) > _LONGEST_ACRONYM else word for word in found)
