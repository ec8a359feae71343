"""Discriminators in the fields of a class that stands before the classes they tell apart."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest

FILTERS = """
openapi: 3.1.0
info: {title: Filters, version: "1"}
paths:
  /it:
    get:
      operationId: getIt
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Not"}}}}}
components:
  schemas:
    Plain: {type: object, required: [kind], properties: {kind: {const: plain}}}
    Not:
      type: object
      required: [kind, of]
      properties:
        kind: {const: not}
        of: &filter
          oneOf: [{$ref: "#/components/schemas/Plain"}, {$ref: "#/components/schemas/Not"}, {$ref: "#/components/schemas/All"}]
          discriminator:
            propertyName: kind
            mapping:
              plain: "#/components/schemas/Plain"
              not: "#/components/schemas/Not"
              all: "#/components/schemas/All"
    All: {type: object, required: [kind, of], properties: {kind: {const: all}, of: {type: array, items: *filter}}}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(FILTERS)


def test_values_find_their_classes(package: Any) -> None:
    """Those of the class itself and of classes that follow among them."""
    models = package.models
    sent = {"kind": "not", "of": {"kind": "all", "of": [{"kind": "plain"}, {"kind": "not", "of": {}}]}}
    found = models.Not.from_dict(sent)
    assert models.All is type(found.of)
    assert [models.Plain, models.Not] == [type(each) for each in found.of.of]
    assert sent == found.to_dict()


def test_type_checkers_know_the_names(package: Any) -> None:
    """pyright evaluates what stands beside an annotation in the order of the module: a name is without quotes
    where its class comes before."""
    tree = ast.parse(inspect.getsource(package.models))
    told = {
        node.name: [
            ast.unparse(value)
            for each in ast.walk(node)
            if isinstance(each, ast.Dict)
            for value in each.values
        ]
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    assert {"Plain": [], "Not": ["Plain", "'Not'", "'All'"], "All": ["Plain", "Not", "'All'"]} == told
