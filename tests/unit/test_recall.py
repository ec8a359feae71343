"""A run that would do what the last one did is answered without reading the documents; any other is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen import understanding
from ionapi_codegen.cli import main
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.spec.document import SpecDocument

DOCUMENT = """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /orders:
    get:
      operationId: listOrders
      responses: {"200": {description: Orders., content: {application/json: {schema: {$ref: "parts.yaml#/Order"}}}}}
      parameters: 7
"""
PARTS = "Order: {type: object, properties: {id: {type: string}}}\n"

Change = Callable[[], object]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A project whose client was made; the list is of the documents that runs read from then on."""
    monkeypatch.chdir(tmp_path)
    Path("orders.yaml").write_text(DOCUMENT, "utf-8")
    Path("parts.yaml").write_text(PARTS, "utf-8")
    assert run().exit_code == 0
    documents: list[str] = []
    usual = understanding.lower

    def lower(document: SpecDocument, diagnostics: Diagnostics) -> Api:
        documents.append(document.sources[0].name)
        return usual(document, diagnostics)

    monkeypatch.setattr(understanding, "lower", lower)
    return documents


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["generate", "orders.yaml", *options], catch_exceptions=False)


def content() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}


def test_an_unchanged_run_reads_nothing_and_says_the_same(read: list[str]) -> None:
    """Its warnings are those of the run that was made, and no file is touched."""
    before = {path: path.stat().st_mtime_ns for path in content()}
    again = run()
    assert ([], 0) == (read, again.exit_code)
    assert "wrong-kind" in again.output
    assert "0 files written" in again.output
    assert before == {path: path.stat().st_mtime_ns for path in content()}


@pytest.mark.parametrize("options", [("--check",), ("--dry-run",), ("--force",), ("--check", "--strict")])
def test_other_modes_are_answered_alike(read: list[str], options: tuple[str, ...]) -> None:
    """What a run says of nothing to do does not depend on what it would do; warnings are errors under
    `--strict`, remembered or not."""
    assert ("--strict" in options) == run(*options).exit_code
    assert [] == read


@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("orders.yaml").write_text(DOCUMENT.replace("listOrders", "allOrders"), "utf-8"),
        lambda: Path("parts.yaml").write_text(PARTS.replace("string", "integer"), "utf-8"),
        lambda: Path("output/orders/py.typed").unlink(),
        lambda: Path("output/orders/.ionapi-codegen.json").unlink(),
        lambda: Path("output/.orders.ionapi-codegen-1").mkdir(),
    ],
)
def test_any_change_is_seen(read: list[str], change: Change) -> None:
    """In a document, in a file that it refers to, in the package, or beside it."""
    change()
    run("--force")
    assert ["orders.yaml"] == read


def test_an_edited_file_is_refused_as_ever(read: list[str]) -> None:
    """By a run that writes; and `--check` says what would be written."""
    edited = Path("output/orders/client.py")
    edited.write_bytes(edited.read_bytes() + b"# mine\n")
    refused, checked = run(), run("--check")
    assert [1, 1] == [refused.exit_code, checked.exit_code]
    assert "output-edited" in refused.output
    assert f"would write {edited}" in checked.output


def test_options_are_part_of_the_question(read: list[str]) -> None:
    """Another output is another package."""
    run("--output", "elsewhere")
    assert ["orders.yaml"] == read


def test_a_broken_or_missing_cache_costs_time_only(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor may it be a file."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert 0 == run().exit_code
    assert ["orders.yaml"] == read
