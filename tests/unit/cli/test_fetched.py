"""`ionapi generate URL`: what is kept of a fetched document, and what is not overwritten by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from ionapi_codegen import validation
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.spec.fetch import FetchedDocument
from ionapi_codegen.spec.validate_process import Worker
from ionapi_codegen.spec.validate_worker import Outcome

Run: TypeAlias = Callable[..., Result]

URL = "https://example.com/v1/openapi.json?key=secret"
COPY = Path("specs/pets.json")


def document(version: str) -> bytes:
    return json.dumps(
        {"openapi": "3.1.0", "info": {"title": "Pets", "version": version}, "paths": {}}
    ).encode()


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """`publish(content)`: what lies behind every URL."""
    monkeypatch.setattr(validation, "question", lambda *arguments: Outcome(()))
    monkeypatch.setattr(Worker, "start", lambda worker: None)

    def publish(content: bytes) -> None:
        def fetch(url: str, diagnostics: Diagnostics) -> FetchedDocument:
            return FetchedDocument(url, "openapi.json", content)

        monkeypatch.setattr("ionapi_codegen.spec.fetch.fetch", fetch)

    publish(document("1"))
    return publish


@pytest.mark.usefixtures("publish")
def test_a_copy_is_kept_and_the_manifest_says_where_it_came_from(run: Run) -> None:
    """The query of a URL may hold a key: it is kept nowhere."""
    result = run("generate", URL)

    manifest = json.loads(Path("output/pets/.ionapi-codegen.json").read_text())
    assert result.exit_code == 0, result.output
    assert document("1") == COPY.read_bytes()
    assert manifest["documents"] == [
        {
            "name": "pets.json",
            "sha256": sha256(document("1")).hexdigest(),
            "origin": "https://example.com/v1/openapi.json",
        }
    ]
    assert "secret" not in result.output


def test_a_new_version_replaces_the_copy(run: Run, publish: Callable[[bytes], None]) -> None:
    run("generate", URL)
    publish(document("2"))

    assert run("generate", URL).exit_code == 0
    assert document("2") == COPY.read_bytes()


@pytest.mark.usefixtures("publish")
def test_a_file_that_is_no_copy_is_not_overwritten(run: Run) -> None:
    COPY.parent.mkdir()
    COPY.write_text("mine")

    refused = run("generate", URL)

    assert refused.exit_code == 1
    assert "[copy-foreign]\n  --> specs/pets.json" in refused.stderr
    assert COPY.read_text() == "mine"
    assert not Path("output").exists()
    assert run("generate", URL, "--force").exit_code == 0
    assert document("1") == COPY.read_bytes()


@pytest.mark.usefixtures("publish")
@pytest.mark.parametrize("option", ["--check", "--dry-run"])
def test_nothing_is_kept_where_nothing_is_to_be_written(run: Run, option: str) -> None:
    run("generate", URL, option)
    assert not COPY.exists()


def test_a_wrong_document_is_named_by_its_url(run: Run, publish: Callable[[bytes], None]) -> None:
    publish(b"{")

    result = run("generate", URL)

    assert result.exit_code == 1
    assert "--> https://example.com/v1/openapi.json:1:" in result.stderr
    assert "secret" not in result.output
