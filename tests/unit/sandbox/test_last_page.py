"""A list in the sandbox has one page, so that a walk through it ends."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.operation import ByCursor, ByLink, ByOffset, ByPage, Pagination, Step
from ionapi_codegen.ir.schema import Anything
from ionapi_codegen.ir.text import Text
from ionapi_codegen.sandbox.last_page import last_page
from ionapi_codegen.sandbox.samples import Plain

META, NEXT, COUNT = Text("meta"), Text("next"), Text("count")


@pytest.mark.parametrize(
    ("step", "value", "expected"),
    [
        (
            ByCursor(Text("c"), (META, NEXT)),
            {"meta": {"next": "x", "b": 1}, "a": [1]},
            {"meta": {"next": "", "b": 1}, "a": [1]},
        ),
        (ByCursor(Text("c"), (NEXT,)), {"next": 7}, {"next": 0}),
        (ByCursor(Text("c"), (NEXT,)), {"next": None}, {"next": None}),
        (ByCursor(Text("c"), (META, NEXT)), {"meta": "x"}, {"meta": "x"}),
        (ByLink((NEXT,)), {"next": "https://host.example"}, {"next": ""}),
        (ByLink(), ["a"], ["a"]),
        (ByPage(Text("p"), 1, (COUNT,)), {"count": 5}, {"count": 1}),
        (ByOffset(Text("o")), [1], [1]),
    ],
)
def test_nothing_leads_on(step: Step, value: Plain, expected: Plain) -> None:
    """What led on is empty and of its old type; all else is as it was."""
    assert expected == last_page(value, Pagination(step, Anything()))


def test_the_flag_says_so() -> None:
    """Where the document has one."""
    pages = Pagination(ByOffset(Text("o")), Anything(), more=(Text("more"),))
    assert {"more": False, "data": []} == last_page({"more": True, "data": []}, pages)
