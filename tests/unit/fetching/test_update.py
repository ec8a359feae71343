"""`ionapi update`: documents and clients are up to date afterwards, or neither has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from ionapi_codegen.cli import generate
from tests_support.document_site import Site

Run: TypeAlias = Callable[..., Result]

COPY, CLIENT = Path("specs/pets.json"), Path("output/pets/client.py")


def document(*operations: str) -> bytes:
    paths = {
        f"/{name}": {"get": {"operationId": name, "responses": {"200": {"description": "OK"}}}}
        for name in operations
    }
    info = {"title": "Pets", "version": "1"}
    return json.dumps({"openapi": "3.1.0", "info": info, "paths": paths}).encode()


@pytest.fixture(autouse=True)
def configured(run: Run, site: Site) -> None:
    """A package whose document is on the site."""
    Path("ionapi.toml").write_text(
        f'[packages.pets]\ndocuments = [{{ file = "{COPY}", url = "{site.url}/pets.json" }}]\n'
    )
    site.documents["/pets.json"] = document("cats")


def test_both_change(run: Run, site: Site) -> None:
    """The first time everything is new; later what has changed on the other side is brought over."""
    first = run("update")
    assert 0 == first.exit_code, first.output
    assert "specs/pets.json: new" in first.output
    assert "def cats(" in CLIENT.read_text()
    site.documents["/pets.json"] = document("cats", "dogs")
    second = run("update", "pets")
    assert "specs/pets.json: changed" in second.output
    assert "def dogs(" in CLIENT.read_text()
    assert 0 == run("generate", "--check").exit_code
    third = run("update")
    assert "specs/pets.json: unchanged" in third.output
    assert "0 files written" in third.output


def test_neither_changes_where_no_client_can_be_made(run: Run, site: Site) -> None:
    """What was fetched is put back, the first time as later."""
    site.documents["/pets.json"] = document().replace(
        b'"paths": {}', b'"paths": {"/a": {"get": {"$ref": "#/x"}}}'
    )
    broken = site.documents["/pets.json"]
    assert 1 == run("update", "--strict").exit_code
    assert not COPY.exists()

    site.documents["/pets.json"] = document("cats")
    run("update")
    before = COPY.read_bytes(), CLIENT.read_bytes()
    site.documents["/pets.json"] = broken
    result = run("update", "--strict")
    assert 1 == result.exit_code
    assert "put back as before: specs/pets.json" in result.stderr
    assert before == (COPY.read_bytes(), CLIENT.read_bytes())
    site.documents["/pets.json"] = document("cats", "dogs")
    assert 0 == run("update").exit_code


def test_a_breaking_change(run: Run, site: Site) -> None:
    """It is told; with --fail-on neither the document nor the client changes."""
    site.documents["/pets.json"] = document("cats", "dogs")
    run("update")
    before = COPY.read_bytes(), CLIENT.read_bytes()
    site.documents["/pets.json"] = document("dogs")
    refused = run("update", "--fail-on", "breaking")
    assert 1 == refused.exit_code
    assert "put back as before: specs/pets.json" in refused.stderr
    assert before == (COPY.read_bytes(), CLIENT.read_bytes())
    told = run("update")
    assert 0 == told.exit_code
    assert "breaking: cats" in told.output
    assert "def cats(" not in CLIENT.read_text()


def test_what_was_edited_stays_edited(run: Run, site: Site) -> None:
    """Where --force has overwritten a file and the update fails, it is put back, and refused again."""
    run("update")
    COPY.write_bytes(document("mine"))
    site.documents["/pets.json"] = document("dogs").replace(
        b'"paths": {', b'"paths": {"/a": {"get": {"$ref": "#/x"}}, '
    )
    assert 1 == run("update", "--force", "--strict").exit_code
    assert document("mine") == COPY.read_bytes()
    assert "[copy-foreign]" in run("fetch").stderr


def test_nothing_is_generated_where_nothing_comes(run: Run, site: Site) -> None:
    del site.documents["/pets.json"]
    result = run("update")
    assert (1, True) == (result.exit_code, "answers 404" in result.stderr)
    assert not Path("output").exists()


def test_a_crash_puts_documents_back(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one of ours."""

    def crash(*arguments: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(generate, "_generate", crash)
    with pytest.raises(RuntimeError):
        run("update")
    assert not COPY.exists()


def test_options(run: Run) -> None:
    """Those of `generate` that make sense."""
    text = run("update", "--help").output
    assert all(option in text for option in ("--ionapi", "--config", "--force", "--strict", "--diagnostics"))
    assert not any(option in text for option in ("--check", "--dry-run", "--output", "--package"))
    assert 2 == run("update", "birds").exit_code
