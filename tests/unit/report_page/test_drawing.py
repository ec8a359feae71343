"""Which pictures a page has, and what is in them."""

from __future__ import annotations

import json

from ionapi_codegen.report_page.drawing import Drawing, Drawn, drawings
from ionapi_codegen.report_page.holdings import holdings
from ionapi_codegen.report_page.tables import Fate
from ionapi_codegen.report_page.wording import Words
from tests_support.sides import side


def pictures(
    schemas: dict[str, dict[str, object]], groups: dict[str, str], fate: Fate = Fate.SAME
) -> list[Drawing]:
    """Those of a document; `groups` are groups of one operation, each with the model that it answers with."""
    paths = {
        f"/{group}": {
            "get": {
                "tags": [group],
                "operationId": f"get{group}",
                "responses": {
                    "200": {"description": "ok", "content": {"application/json": {"schema": _ref(model)}}}
                },
            }
        }
        for group, model in groups.items()
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    held = holdings(side(json.dumps(document)).apis, {}, Words(remembers=False))
    return list(drawings([Drawn(model, fate) for model in held.models.values()], held.groups))


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _model(*names: str) -> dict[str, object]:
    return {"type": "object", "properties": {name.lower(): _ref(name) for name in names}}


def _chain(prefix: str, count: int) -> dict[str, dict[str, object]]:
    """Models of which each names the next."""
    links = {f"{prefix}{number}": _model(f"{prefix}{number + 1}") for number in range(count - 1)}
    return {**links, f"{prefix}{count - 1}": _model()}


def test_a_small_api_has_one_picture_of_all_its_models() -> None:
    (drawn,) = pictures({"Order": _model("Line"), "Line": _model(), "Job": _model()}, {"orders": "Order"})
    assert ("All models", 3, 0, True) == (drawn.name, drawn.models, drawn.left_out, drawn.alone)
    assert 1 == drawn.svg.count('class="arrow"')
    assert 'href="#m0" class="box record ' in drawn.svg
    assert "1 field</text>" in drawn.svg


def test_models_that_do_not_name_each_other_make_no_picture() -> None:
    assert [] == pictures({"Order": _model(), "Job": _model()}, {"orders": "Order"})


def test_a_large_api_has_a_picture_of_each_group() -> None:
    found = pictures({**_chain("A", 35), **_chain("B", 50)}, {"a": "A0", "b": "B0"})
    assert [("a", 35, 0, False), ("b", 40, 10, False)] == [
        (drawn.name, drawn.models, drawn.left_out, drawn.alone) for drawn in found
    ]


def test_of_a_large_group_those_with_the_most_arrows_are_drawn() -> None:
    many = [f"Leaf{number}" for number in range(70)]
    schemas = {"Root": _model("Hub", *many), "Hub": _model(*many), **{name: _model() for name in many}}
    (drawn,) = pictures(schemas, {"a": "Root"})
    assert (40, 32) == (drawn.models, drawn.left_out)
    assert ">Root<" in drawn.svg
    assert ">Hub<" in drawn.svg


def test_what_became_of_a_model_is_in_its_box() -> None:
    (drawn,) = pictures({"Order": _model("Line"), "Line": _model()}, {"orders": "Order"}, Fate.ADDED)
    assert 2 == drawn.svg.count(' added" data-node=')
    assert "1 field · added</text>" in drawn.svg


def test_a_circle_is_drawn_as_one() -> None:
    (drawn,) = pictures({"Order": _model("Line"), "Line": _model("Order")}, {"orders": "Order"})
    assert 1 == drawn.svg.count('class="arrow"')
    assert 1 == drawn.svg.count('class="arrow back"')
