"""Where each box of a picture stands and how each arrow runs: coordinates, and no text yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ionapi_codegen.report_page.layering import Edges, Node, layers

BOX_HEIGHT = 40
_BETWEEN_BOXES = 14
_BETWEEN_COLUMNS = 70
_MARGIN = 12
_LETTER = 7.9
_NARROWEST, _WIDEST = 136, 252
_ALONE_WIDTH = 900
_PASSES = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A node; `x` and `y` are its upper left corner."""

    node: Node
    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a box to another, or to itself. `back` closes a circle and runs from the right to the left."""

    start: Node
    end: Node
    path: str
    back: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` hold every box and arrow, with a margin."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(names: Mapping[Node, str], edges: Edges) -> Picture:
    """The boxes of some nodes in the order of their names' mapping, and the arrows between them. Boxes do not
    touch; what has neither arrows nor followers stands below the rest, in rows."""
    linked = _linked(names, edges)
    alone = [node for node in names if node not in linked]
    found = layers([node for node in names if node in linked], edges)
    widths = {node: _width(name) for node, name in names.items()}
    tops = _tops(found.columns, edges)
    boxes: dict[Node, Box] = {}
    left = _MARGIN
    for column in found.columns:
        wide = max(widths[node] for node in column)
        for node in column:
            boxes[node] = Box(node, left, tops[node], wide)
        left += wide + _BETWEEN_COLUMNS
    bottom = max((box.y + BOX_HEIGHT + _BETWEEN_BOXES for box in boxes.values()), default=_MARGIN)
    room = max(_ALONE_WIDTH, left - _BETWEEN_COLUMNS)
    boxes.update(_rows(alone, widths, bottom + (_BETWEEN_BOXES if boxes and alone else 0), room))
    arrows = tuple(
        _arrow(boxes[node], boxes[other], (node, other) in found.turned)
        for node in names
        for other in edges.get(node, ())
        if other in boxes
    )
    loops = any(arrow.back for arrow in arrows)
    return Picture(
        max((box.x + box.width for box in boxes.values()), default=0) + _MARGIN + (_LOOP if loops else 0),
        max((box.y + BOX_HEIGHT for box in boxes.values()), default=0) + _MARGIN + (_LOOP if loops else 0),
        tuple(boxes[node] for node in names),
        arrows,
    )


_LOOP = 26
"""How far an arrow that leads back runs out of its boxes' edges."""
_HEAD = "m-6 -4l6 4l-6 4"


def _linked(names: Mapping[Node, str], edges: Edges) -> frozenset[Node]:
    linked: set[Node] = set()
    for node in names:
        for other in edges.get(node, ()):
            if other in names:
                linked |= {node, other}
    return frozenset(linked)


def _width(name: str) -> int:
    return max(_NARROWEST, min(_WIDEST, round(len(name) * _LETTER) + 26))


def _tops(columns: Sequence[Sequence[Node]], edges: Edges) -> dict[Node, int]:
    """The height of each box: as near to the middle of its neighbours as those above it in its column
    let it."""
    step = BOX_HEIGHT + _BETWEEN_BOXES
    neighbours: dict[Node, list[Node]] = {node: [] for column in columns for node in column}
    for node in tuple(neighbours):
        for other in edges.get(node, ()):
            if other in neighbours and other != node:
                neighbours[node].append(other)
                neighbours[other].append(node)
    longest = max(map(len, columns), default=0)
    tops: dict[Node, float] = {}
    for column in columns:
        start = (longest - len(column)) * step / 2
        tops.update({node: start + place * step for place, node in enumerate(column)})
    for number in range(_PASSES):
        for column in columns if number % 2 == 0 else reversed(columns):
            wished = [
                (
                    sum(tops[one] for one in neighbours[node]) / len(neighbours[node])
                    if neighbours[node]
                    else tops[node]
                )
                for node in column
            ]
            tops.update(zip(column, _apart(wished, step), strict=True))
    highest = min(tops.values(), default=0)
    return {node: round(top - highest) + _MARGIN for node, top in tops.items()}


def _apart(wished: Iterable[float], step: float) -> list[float]:
    """Heights in the same order, at least a step apart, that are as near as can be to those wished: boxes
    that would overlap are put together as a block, which goes to the mean of its wishes."""
    blocks: list[tuple[float, int]] = []  # the sum of the wishes for the block's top, and how many
    for height in wished:
        total, count = height, 1
        while blocks and blocks[-1][0] / blocks[-1][1] + blocks[-1][1] * step > total / count:
            above, boxes = blocks.pop()
            total, count = above + total - boxes * step * count, boxes + count
        blocks.append((total, count))
    return [total / count + place * step for total, count in blocks for place in range(count)]


def _rows(nodes: Iterable[Node], widths: Mapping[Node, int], top: int, room: int) -> dict[Node, Box]:
    boxes: dict[Node, Box] = {}
    left = _MARGIN
    for node in nodes:
        if left > _MARGIN and left + widths[node] > room:
            left, top = _MARGIN, top + BOX_HEIGHT + _BETWEEN_BOXES
        boxes[node] = Box(node, left, top, widths[node])
        left += widths[node] + _BETWEEN_BOXES
    return boxes


def _arrow(start: Box, end: Box, turned: bool) -> Arrow:
    """An S from the right edge to the left edge; what leads back goes around below both."""
    x1, y1 = start.x + start.width, start.y + BOX_HEIGHT // 2
    x2, y2 = end.x, end.y + BOX_HEIGHT // 2
    right = x1 + _LOOP
    if start.node == end.node:
        low, back = start.y + BOX_HEIGHT + _LOOP // 2, x1 - 36
        under = f"{right} {low} {x1 - 20} {low}S{back} {low - 6} {back} {start.y + BOX_HEIGHT}"
        return Arrow(start.node, end.node, f"M{x1} {y1}C{right} {y1} {under}", True)
    if turned:
        low, left = max(start.y, end.y) + BOX_HEIGHT + _LOOP, x2 - _LOOP
        under = f"{right} {low} {x1} {low}L{x2} {low}C{left} {low} {left} {y2} {x2} {y2}{_HEAD}"
        return Arrow(start.node, end.node, f"M{x1} {y1}C{right} {y1} {under}", True)
    bend = max(30, (x2 - x1) // 2)
    return Arrow(
        start.node, end.node, f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}{_HEAD}", False
    )
