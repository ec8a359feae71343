"""Which operation or model of the old side is which of the new one."""

from __future__ import annotations

from ionapi_codegen.report_page.holdings import Holdings, holdings
from ionapi_codegen.report_page.pairing import models, operations
from ionapi_codegen.report_page.tables import Fate, Tables, fate
from ionapi_codegen.report_page.wording import Words
from tests_support.sides import side

OLD = """
    openapi: 3.1.0
    info: {title: Shop, version: "1"}
    paths:
      /a/{id}: {get: {operationId: getA, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}}}
      /b: {get: {operationId: getB, responses: {"204": {description: ok}}}}
      /c: {get: {operationId: getC, responses: {"204": {description: ok}}}}
    components: {schemas: {A: {type: object, properties: {x: {type: string}}}, B: {type: object}}}
"""
NEW = """
    openapi: 3.1.0
    info: {title: Shop, version: "2"}
    paths:
      /a/{key}: {get: {operationId: getA, parameters: [{name: key, in: path, required: true, schema: {type: string}}], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}}}
      /b/all: {get: {operationId: getB, responses: {"204": {description: ok}}}}
      /d: {get: {operationId: getD, responses: {"204": {description: ok}}}}
    components: {schemas: {A: {type: object, properties: {x: {type: integer}}}, C: {type: object}}}
"""


def sides(old: str, new: str) -> tuple[Holdings, Holdings]:
    return holdings(side(old).apis, {}, Words(remembers=False)), holdings(
        side(new).apis, {}, Words(remembers=False)
    )


def told(old: str, new: str) -> tuple[list[tuple[str | None, str | None, Fate]], ...]:
    """The pairs of operations and of models: both names, and what the page says became of them."""
    before, after = sides(old, new)
    found, named = operations(before, after), models(before, after)
    tables = Tables(named)
    return (
        [
            (pair.old and pair.old.call, pair.new and pair.new.call, fate(row))
            for pair, row in zip(found, tables.operations(found), strict=True)
        ],
        [
            (pair.old and pair.old.key, pair.new and pair.new.key, fate(row))
            for pair, row in zip(named, tables.models(named), strict=True)
        ],
    )


def test_operations_are_the_same_by_path_whatever_its_parameters_are_called_or_by_name() -> None:
    found, _ = told(OLD, NEW)
    assert [
        ("get_a", "get_a", Fate.CHANGED),
        ("get_b", "get_b", Fate.CHANGED),
        (None, "get_d", Fate.ADDED),
        ("get_c", None, Fate.REMOVED),
    ] == found


def test_models_are_the_same_by_name() -> None:
    _, found = told(OLD, NEW)
    assert [("A", "A", Fate.CHANGED), (None, "C", Fate.ADDED), ("B", None, Fate.REMOVED)] == found


def test_where_the_document_stands_does_not_count() -> None:
    """The same text in another place is the same operation."""
    moved = OLD.replace(
        "      /b:", "      /e: {get: {operationId: getE, responses: {'204': {description: ok}}}}\n      /b:"
    )
    found, named = told(OLD, moved)
    assert [Fate.SAME, Fate.ADDED, Fate.SAME, Fate.SAME] == [what for _, _, what in found]
    assert {Fate.SAME} == {what for _, _, what in named}


def test_a_model_under_another_name_is_the_same_where_it_stands() -> None:
    """Names of objects that are written out in others can change with their neighbours."""
    inline = "{openapi: 3.1.0, info: {title: S, version: '1'}, paths: {}, components: {schemas: {A: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}%s}}}"
    _, found = told(inline % "", inline % ", AB: {type: object}")
    assert ("A", "A", Fate.SAME) == found[0]
    assert {what for _, _, what in found} <= {Fate.SAME, Fate.CHANGED, Fate.ADDED}


def test_without_an_old_side_nothing_has_changed() -> None:
    _, after = sides(OLD, NEW)
    pairs = operations(None, after)
    assert {Fate.SAME} == set(map(fate, Tables(models(None, after)).operations(pairs)))
