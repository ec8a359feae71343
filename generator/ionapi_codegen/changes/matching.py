"""Which operation of the new side is which of the old one."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ionapi_codegen.changes.names import Names
from ionapi_codegen.ir.operation import Operation

_VARIABLE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Matched:
    """`pairs` are in the order of the new side, the others in the order of their own."""

    pairs: tuple[tuple[Operation, Operation], ...]
    removed: tuple[Operation, ...]
    added: tuple[Operation, ...]


def matched(old: Sequence[Operation], new: Sequence[Operation], before: Names, after: Names) -> Matched:
    """Pairs by method and path, whatever the path's parameters are called; then by operationId; then by what
    the client calls them. Each only where it is unique on both sides."""
    left, right = list(old), list(new)
    pairs: list[tuple[Operation, Operation]] = []

    def pair(
        key_of_old: Callable[[Operation], Hashable], key_of_new: Callable[[Operation], Hashable]
    ) -> None:
        olds, news = _unique(left, key_of_old), _unique(right, key_of_new)
        for key, one in olds.items():
            if key is not None and key in news:
                pairs.append((one, news[key]))
        taken = {id(one) for both in pairs for one in both}
        left[:] = [one for one in left if id(one) not in taken]
        right[:] = [one for one in right if id(one) not in taken]

    pair(_address, _address)
    if left and right:
        pair(_id, _id)
        pair(before.call, after.call)
    order = {id(one): place for place, one in enumerate(new)}
    pairs.sort(key=lambda both: order[id(both[1])])
    return Matched(tuple(pairs), tuple(left), tuple(right))


def without_names(path: str) -> str:
    """A path's template without the names of its parameters."""
    return _VARIABLE.sub("{}", path)


def _address(operation: Operation) -> Hashable:
    return operation.method, without_names(operation.path.raw)


def _id(operation: Operation) -> Hashable:
    return None if operation.id is None else operation.id.raw


def _unique(
    operations: Iterable[Operation], key: Callable[[Operation], Hashable]
) -> dict[Hashable, Operation]:
    found: dict[Hashable, list[Operation]] = {}
    for one in operations:
        found.setdefault(key(one), []).append(one)
    return {name: some[0] for name, some in found.items() if len(some) == 1}
