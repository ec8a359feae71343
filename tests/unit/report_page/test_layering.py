"""Columns of a picture: every arrow to the right, but for those that close a circle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ionapi_codegen.report_page.layering import layers

GRAPHS = st.integers(1, 12).flatmap(
    lambda count: st.dictionaries(
        st.integers(0, count - 1), st.lists(st.integers(0, count - 1), max_size=4)
    ).map(lambda edges: (list(range(count)), edges))
)


def test_what_a_node_leads_to_stands_to_its_right() -> None:
    found = layers([0, 1, 2], {0: [1, 2], 1: [2]})
    assert ((0,), (1,), (2,)) == found.columns
    assert frozenset() == found.turned


def test_an_arrow_that_closes_a_circle_is_turned() -> None:
    found = layers([0, 1, 2], {0: [1], 1: [2], 2: [0]})
    assert ((0,), (1,), (2,)) == found.columns
    assert {(2, 0)} == found.turned


def test_columns_are_sorted_so_that_arrows_do_not_cross() -> None:
    """Both lead to the other's neighbour; one of the columns is turned over."""
    found = layers([0, 1, 2, 3], {0: [3], 1: [2]})
    left, right = found.columns
    assert [{0: 3, 1: 2}[node] for node in left] == list(right)


@given(GRAPHS)
def test_every_node_stands_once_and_every_arrow_points_to_the_right(
    graph: tuple[list[int], dict[int, list[int]]],
) -> None:
    nodes, edges = graph
    found = layers(nodes, edges)
    column = {node: place for place, column in enumerate(found.columns) for node in column}
    assert nodes == sorted(node for column in found.columns for node in column)
    for node, others in edges.items():
        for other in others:
            if node != other:
                backwards = (node, other) in found.turned
                assert backwards != (column[node] < column[other])
