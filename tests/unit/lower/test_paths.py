"""Which variables a path has."""

from __future__ import annotations

import pytest

from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import paths

from .conftest import LowerYaml


@pytest.mark.parametrize(
    ("path", "declared", "expected", "plain"),
    [
        ("/a/{id}/{id}", ["id"], ["id"], "/a/{id}/{id}"),
        ("/a/{id:[0-9]+}", ["id"], ["id"], "/a/{id}"),
        ("/a/{+name}", ["name"], ["name"], "/a/{name}"),
        ("/a/{name*}", ["name*"], ["name*"], "/a/{name*}"),
        ("/a/{other*}", [], ["other*"], "/a/{other*}"),
        ("/a#{x}", ["x"], [], "/a#{x}"),
    ],
)
def test_variables(path: str, declared: list[str], expected: list[str], plain: str) -> None:
    """By the names of the declared parameters, whatever other notations add; none of a fragment's."""
    found = paths.variables(path, declared)
    assert expected == [each.name for each in found]
    assert plain == paths.plain(path, found)


def test_what_notations_say_counts(lower_yaml: LowerYaml) -> None:
    """`{+name}` may hold slashes, `{ids*}` explodes; nothing is undeclared."""
    lowered = lower_yaml("""
        paths:
          /{+name}/{ids*}:
            get:
              parameters:
                - {name: name, in: path, required: true, schema: {type: string}}
                - {name: ids, in: path, required: true, schema: {type: array, items: {type: string}}}
        """)
    (operation,) = lowered.api.operations
    assert ("/{name}/{ids}", Text("/{+name}/{ids*}")) == (operation.path.raw, operation.written)
    assert [(True, False), (False, True)] == [
        (each.allow_reserved, each.explode) for each in operation.parameters
    ]
    assert [] == lowered.codes()


def test_the_style_that_a_query_cannot_have_still_says_how_arrays_are_joined(lower_yaml: LowerYaml) -> None:
    """`style: simple` in a query is an error; its author wanted commas."""
    lowered = lower_yaml("""
        paths:
          /a: {get: {parameters: [{name: a, in: query, style: simple, schema: {type: array, items: {}}}]}}
        """)
    (parameter,) = lowered.api.operations[0].parameters
    assert ("form", False) == (parameter.style, parameter.explode)
    assert ["parameter-style"] == lowered.codes()
