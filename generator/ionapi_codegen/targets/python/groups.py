"""Which operations stand together: by tag, by path where there are too many without one, or on the client."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api, Tag
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import NO_DOCS, Docs
from ionapi_codegen.ir.text import Text

_MANY = 40
_NO_GROUP = re.compile(r"api|v\d+(\.\d+)*|rest|\{.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that are read together; `tag` is None for those of the client itself."""

    tag: Text | None
    docs: Docs
    operations: tuple[Operation, ...]


def grouped(api: Api) -> tuple[Group, ...]:
    """The groups in the order of the document's tags, then of first use; the client's own first, if any."""
    untagged = [operation for operation in api.operations if not operation.tags]
    by_path = len(untagged) > _MANY and not _flat(untagged)
    found: dict[Text | None, list[Operation]] = {tag.name: [] for tag in api.tags}
    for operation in api.operations:
        tag = operation.tags[0] if operation.tags else _segment(operation) if by_path else None
        found.setdefault(tag, []).append(operation)
    declared: dict[Text | None, Tag] = {tag.name: tag for tag in api.tags}
    groups = [
        Group(tag, declared[tag].docs if tag in declared else NO_DOCS, tuple(operations))
        for tag, operations in found.items()
        if operations
    ]
    return tuple(sorted(groups, key=lambda group: group.tag is not None))


def static_segments(path: Text) -> list[str]:
    """The segments of a path template that hold no variable."""
    return [segment for segment in path.raw.split("/") if segment and "{" not in segment]


def _flat(operations: list[Operation]) -> bool:
    """Whether paths have one segment: names of procedures rather than resources."""
    return all(operation.path.raw.strip("/").count("/") == 0 for operation in operations)


def _segment(operation: Operation) -> Text | None:
    return next(
        (Text(segment) for segment in static_segments(operation.path) if not _NO_GROUP.fullmatch(segment)),
        None,
    )
