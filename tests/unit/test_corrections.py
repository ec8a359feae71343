"""Overlays of packages: which documents they change, what is said of those that change none, and who notices
that one has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen import pipeline, understanding
from ionapi_codegen.cli import main

Run: TypeAlias = Callable[..., Result]

HEAD = {"overlay": "1.0.0", "info": {"title": "O", "version": "1"}}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("generate")` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, arguments, catch_exceptions=False)


def document(name: str, *operations: str) -> None:
    paths = {
        f"/{each}": {"get": {"operationId": each, "responses": {"204": {"description": "OK"}}}}
        for each in operations
    }
    info = {"title": name, "version": "1"}
    Path("specs").mkdir(exist_ok=True)
    text = json.dumps({"openapi": "3.1.0", "info": info, "paths": paths})
    Path(f"specs/{name}.json").write_text(text, "utf-8")


def overlay(name: str, *actions: tuple[str, object], extends: str | None = None) -> None:
    told = [{"target": target, "update": value} for target, value in actions]
    text = {**HEAD, "actions": told} | ({"extends": extends} if extends else {})
    Path(name).write_text(json.dumps(text, indent=1), "utf-8")


def configure(*overlays: str, documents: str = '["specs"]') -> None:
    quoted = ", ".join(f'"{each}"' for each in overlays)
    Path("ionapi.toml").write_text(
        f"[packages.all]\ndocuments = {documents}\noverlays = [{quoted}]\n", "utf-8"
    )


def calls() -> list[str]:
    manifest = json.loads(Path("output/all/.ionapi-codegen.json").read_text())
    return [one["call"] for one in manifest["operations"]]


@pytest.fixture(params=[False, True], ids=["here", "in other processes"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read in this process, or as many are, in others."""
    if request.param:
        monkeypatch.setattr(pipeline, "MANY", 0)
        monkeypatch.setattr(understanding, "MANY", 0)


@pytest.mark.usefixtures("anywhere")
def test_every_document_of_a_package(run: Run) -> None:
    """An action that finds something in one of them has an effect; one that finds nothing in any is a warning,
    with its place."""
    document("cats", "feed", "old")
    document("dogs", "walk")
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "new"}), ("$.paths['/no']", {}))
    configure("fix.json")
    result = run("generate")
    assert 0 == result.exit_code, result.output
    assert ["cats.feed", "cats.new", "dogs.walk"] == calls()
    assert 1 == result.stderr.count("[overlay-unmatched]\n  --> fix.json:15:4")
    assert 1 == run("generate", "--strict").exit_code


def test_the_document_that_an_overlay_names(run: Run) -> None:
    """The others are left alone, also where they have the same things."""
    document("cats", "old")
    document("dogs", "old")
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "new"}), extends="specs/dogs.json")
    configure("fix.json")
    assert 0 == run("generate", "--strict").exit_code
    assert ["cats.old", "dogs.new"] == calls()


def test_an_overlay_for_another_document(run: Run) -> None:
    """It is a warning; in a package of one document `extends` does not matter."""
    document("cats", "old")
    document("dogs", "old")
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "new"}), extends="birds.json")
    configure("fix.json")
    result = run("generate")
    assert "[overlay-unused]\n  --> fix.json" in result.stderr
    assert ["cats.old", "dogs.old"] == calls()
    configure("fix.json", documents='["specs/cats.json"]')
    assert 0 == run("generate", "--strict").exit_code
    assert ["new"] == calls()


def test_a_changed_overlay_is_noticed(run: Run) -> None:
    """By --check and by the next run, though no document has changed."""
    document("cats", "old")
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "new"}))
    configure("fix.json")
    run("generate")
    assert "0 files written" in run("generate").output
    assert 0 == run("generate", "--check").exit_code
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "newer"}))
    assert 1 == run("generate", "--check").exit_code
    run("generate")
    assert ["newer"] == calls()


def test_the_manifest_lists_overlays(run: Run) -> None:
    """As seen from the folder of the document, with their hash, and told apart from it."""
    document("cats", "old")
    overlay("fix.json", ("$.info", {"x-a": 1}))
    configure("fix.json")
    run("generate")
    manifest = json.loads(Path("output/all/.ionapi-codegen.json").read_text())
    names = [(one["name"], one.get("overlay")) for one in manifest["documents"]]
    assert [("../fix.json", True), ("cats.json", None)] == names


def test_what_is_fetched_is_patched(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy that is kept is as it came."""
    document("cats", "old")
    content = Path("specs/cats.json").read_bytes()
    Path("specs/cats.json").unlink()

    def fetch(url: str, diagnostics: object) -> object:
        from ionapi_codegen.spec.fetch import FetchedDocument

        return FetchedDocument(url, "cats.json", content)

    monkeypatch.setattr("ionapi_codegen.spec.fetch.fetch", fetch)
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "new"}))
    configure("fix.json", documents='["https://example.com/cats"]')
    assert 0 == run("generate").exit_code
    assert ["new"] == calls()
    assert content == Path("specs/cats.json").read_bytes()


def test_a_file_beside_the_document(run: Run) -> None:
    """An overlay changes the document itself; what it refers to is found as before, from the overlay's parts
    as well."""
    document("cats", "old")
    Path("specs/parts").mkdir()
    Path("specs/parts/pet.yaml").write_text("Pet: {type: object, properties: {name: {type: string}}}\n")
    schema = {"schema": {"$ref": "parts/pet.yaml#/Pet"}}
    responses = {"200": {"description": "OK", "content": {"application/json": schema}}}
    overlay("fix.json", ("$.paths['/old'].get", {"responses": responses}))
    configure("fix.json", documents='["specs/cats.json"]')
    assert 0 == run("generate", "--strict").exit_code
    assert "class Pet(Model)" in Path("output/all/models.py").read_text()


def test_a_pinned_name_of_nothing(run: Run) -> None:
    """It is a warning at its line; a name that only the overlay has is something."""
    document("cats", "old")
    overlay("fix.json", ("$.paths['/old'].get", {"operationId": "new"}))
    configure("fix.json")
    text = Path("ionapi.toml").read_text() + '[packages.all.names]\nnew = "fresh"\nold = "stale"\n'
    Path("ionapi.toml").write_text(text)
    result = run("generate")
    assert ["fresh"] == calls()
    assert "'old', whose name is pinned here [config-names]\n  --> ionapi.toml:6:1" in result.stderr
    assert 1 == result.stderr.count("[config-names]")
