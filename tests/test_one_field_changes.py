"""A change of one field shows in the files that speak of it, and nowhere else."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ionapi_codegen import validation
from ionapi_codegen.cli import main
from ionapi_codegen.spec.validate_process import Worker
from ionapi_codegen.spec.validate_worker import Outcome

AREAS = ("Customers", "Orders", "Stock")
ALWAYS = {".ionapi-codegen.json", "CHANGELOG.md"}
"""What a change of the API always touches: what the package was made from, and what its team is told."""


def shop() -> dict[str, Any]:
    """Three groups with eight models each: enough for modules of their own."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for area in AREAS:
        for number in range(8):
            names = (f"field{field}" for field in range(12))
            fields = {
                name: {"type": "string", "description": f"What {name} of {area} says."} for name in names
            }
            if number:
                fields["previous"] = {"$ref": f"#/components/schemas/{area}Part{number - 1}"}
            schemas[f"{area}Part{number}"] = {"type": "object", "properties": fields}
            paths[f"/{area.lower()}/{number}"] = {
                "get": {
                    "tags": [area],
                    "operationId": f"get{area}{number}",
                    "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
                    "responses": {"200": _answer(f"{area}Part{number}")},
                }
            }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _answer(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": "ok", "content": {"application/json": {"schema": schema}}}


def generated(document: Mapping[str, Any]) -> dict[str, bytes]:
    """What lies in the package after a run."""
    Path("shop.json").write_text(json.dumps(document), "utf-8")
    result = CliRunner().invoke(main, ["generate", "shop.json"], catch_exceptions=False)
    assert 0 == result.exit_code, result.output
    folder = Path("output/shop")
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def changed(change: Callable[[dict[str, Any]], object]) -> set[str]:
    """The files that are not what they were once the document has changed."""
    document = shop()
    before = generated(document)
    after_change = copy.deepcopy(document)
    change(after_change)
    after = generated(after_change)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty one; without the validator, which decides nothing and takes longer than the rest."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(validation, "question", lambda *arguments: Outcome(()))
    monkeypatch.setattr(Worker, "start", lambda worker: None)


def _fields(document: dict[str, Any], model: str) -> dict[str, Any]:
    fields: dict[str, Any] = document["components"]["schemas"][model]["properties"]
    return fields


def test_a_new_field_shows_in_the_module_of_its_model() -> None:
    files = changed(lambda document: _fields(document, "OrdersPart3").update(note={"type": "string"}))
    (module,) = files - ALWAYS
    assert ALWAYS <= files
    assert module.startswith("models/")
    assert "    note: str | Unset = UNSET\n" in Path("output/shop", module).read_text("utf-8")


def test_another_type_shows_in_the_module_of_its_model() -> None:
    files = changed(lambda document: _fields(document, "StockPart0")["field1"].update(type="integer"))
    assert 3 == len(files)
    assert ALWAYS <= files


def test_another_description_is_no_change_of_the_api() -> None:
    """It shows where it is said, and nobody has to be told."""
    files = changed(lambda document: _fields(document, "StockPart0")["field1"].update(description="Other."))
    assert ".ionapi-codegen.json" in files
    assert "CHANGELOG.md" not in files
    assert 2 == len(files)


def test_a_required_parameter_shows_in_the_module_of_its_group() -> None:
    def change(document: dict[str, Any]) -> None:
        document["paths"]["/orders/2"]["get"]["parameters"][0]["required"] = True

    assert {"groups/orders.py"} | ALWAYS == changed(change)


def test_the_same_document_in_more_lines_changes_the_manifest_only() -> None:
    """What the files say does not depend on it: the digest of the document does."""
    document = shop()
    before = generated(document)
    Path("shop.json").write_text(json.dumps(document, indent=1), "utf-8")
    assert 0 == CliRunner().invoke(main, ["generate", "shop.json"]).exit_code
    after = {path: Path("output/shop", path).read_bytes() for path in before}
    assert {".ionapi-codegen.json"} == {path for path in before if before[path] != after[path]}
