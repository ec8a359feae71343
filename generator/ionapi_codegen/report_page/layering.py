"""In which columns the boxes of a picture stand, and in which order: each to the right of what leads to it.

Sugiyama's method in three steps, each of them deterministic: arrows that close a circle are turned around,
every node goes as far left as its arrows let it, and the columns are sorted by the middle of their
neighbours until few arrows cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Node: TypeAlias = int
Edges: TypeAlias = Mapping[Node, Sequence[Node]]

_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Layers:
    """`columns` hold each node once, from the left to the right and from the top to the bottom; `turned` are
    the arrows that point to the left because they close a circle."""

    columns: tuple[tuple[Node, ...], ...]
    turned: frozenset[tuple[Node, Node]]


def layers(nodes: Sequence[Node], edges: Edges) -> Layers:
    """The columns of a graph. Arrows to nodes that are not given, and to oneself, do not count."""
    known = frozenset(nodes)
    ahead = {
        node: [other for other in edges.get(node, ()) if other in known and other != node] for node in nodes
    }
    turned = _turned(nodes, ahead)
    straight: dict[Node, set[Node]] = {node: set() for node in nodes}
    for node in nodes:
        for other in ahead[node]:
            start, end = (other, node) if (node, other) in turned else (node, other)
            straight[start].add(end)
    columns = _columns(nodes, straight)
    return Layers(_sorted(columns, straight), turned)


def _turned(nodes: Sequence[Node], ahead: Edges) -> frozenset[tuple[Node, Node]]:
    """The arrows that lead back to a node from which the search has come; a stack of our own, for circles of
    any length."""
    turned: set[tuple[Node, Node]] = set()
    done: set[Node] = set()
    for start in nodes:
        if start in done:
            continue
        path, on_path = [(start, iter(ahead[start]))], {start}
        while path:
            node, rest = path[-1]
            following = next((other for other in rest if other not in done), None)
            if following is None:
                path.pop()
                on_path.discard(node)
                done.add(node)
            elif following in on_path:
                turned.add((node, following))
            else:
                path.append((following, iter(ahead[following])))
                on_path.add(following)
    return frozenset(turned)


def _columns(nodes: Sequence[Node], straight: Mapping[Node, set[Node]]) -> list[list[Node]]:
    """The longest way from a node without arrows to it gives the column."""
    waiting_for = dict.fromkeys(nodes, 0)
    for followers in straight.values():
        for other in followers:
            waiting_for[other] += 1
    column = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if waiting_for[node] == 0]
    for node in ready:  # grows while it is read
        for other in sorted(straight[node]):
            column[other] = max(column[other], column[node] + 1)
            waiting_for[other] -= 1
            if waiting_for[other] == 0:
                ready.append(other)
    columns: list[list[Node]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for node in nodes:
        columns[column[node]].append(node)
    return columns


def _sorted(columns: list[list[Node]], straight: Mapping[Node, set[Node]]) -> tuple[tuple[Node, ...], ...]:
    behind: dict[Node, set[Node]] = {node: set() for node in straight}
    for node, followers in straight.items():
        for other in followers:
            behind[other].add(node)
    height: dict[Node, float] = {}
    for column in columns:
        _place(column, height)
    for sweep in range(_SWEEPS):
        to_the_right = sweep % 2 == 0
        neighbours = behind if to_the_right else straight
        for column in columns if to_the_right else reversed(columns):
            wished = {
                node: (_middle(neighbours[node], height, height[node]), height[node]) for node in column
            }
            column.sort(key=wished.__getitem__)
            _place(column, height)
    return tuple(map(tuple, columns))


def _place(column: Sequence[Node], height: dict[Node, float]) -> None:
    """Heights from 0 to 1, so that columns of different length can be compared."""
    for place, node in enumerate(column):
        height[node] = (place + 0.5) / len(column)


def _middle(neighbours: Iterable[Node], height: Mapping[Node, float], own: float) -> float:
    heights = [height[one] for one in neighbours]
    return sum(heights) / len(heights) if heights else own
