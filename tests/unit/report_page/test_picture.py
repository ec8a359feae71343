"""Coordinates of a picture: boxes that do not touch, inside its edges, the same every time."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.report_page.picture import BOX_HEIGHT, Box, picture

GRAPHS = st.integers(1, 14).flatmap(
    lambda count: st.tuples(
        st.lists(st.text("abc", max_size=60), min_size=count, max_size=count).map(
            lambda names: dict(enumerate(names))
        ),
        st.dictionaries(
            st.integers(0, count - 1), st.lists(st.integers(0, count - 1), max_size=4, unique=True)
        ),
    )
)


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width and abs(one.y - other.y) < BOX_HEIGHT


@given(GRAPHS)
def test_boxes_lie_apart_and_inside(graph: tuple[dict[int, str], dict[int, list[int]]]) -> None:
    names, edges = graph
    drawn = picture(names, edges)
    assert list(names) == [box.node for box in drawn.boxes]
    assert [] == [pair for pair in combinations(drawn.boxes, 2) if overlap(*pair)]
    for box in drawn.boxes:
        assert 0 < box.x < box.x + box.width < drawn.width
        assert 0 < box.y < box.y + BOX_HEIGHT < drawn.height
    assert sum(map(len, edges.values())) == len(drawn.arrows)


def test_a_box_stands_level_with_the_only_one_it_leads_to() -> None:
    drawn = picture({0: "Order", 1: "Line"}, {0: [1]})
    left, right = drawn.boxes
    assert left.y == right.y
    assert left.x + left.width < right.x


def test_what_is_linked_to_nothing_stands_below() -> None:
    drawn = picture({0: "Order", 1: "Job", 2: "Line"}, {0: [2]})
    order, job, line = drawn.boxes
    assert job.y > max(order.y, line.y) + BOX_HEIGHT


def test_a_model_that_names_itself_has_an_arrow_back() -> None:
    (arrow,) = picture({0: "Node"}, {0: [0]}).arrows
    assert arrow.back


def test_nothing_makes_an_empty_picture() -> None:
    drawn = picture({}, {})
    assert () == drawn.boxes == drawn.arrows
