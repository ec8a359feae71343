"""`ionapi diff` as its user sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main

SPECS = Path(__file__).parents[3] / "specs"

OLD = """\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: "https://api.example.com"}]
paths:
  /customers:
    get:
      operationId: listCustomers
      tags: [customers]
      parameters:
        - {name: page, in: query, schema: {type: integer}}
      responses:
        "200":
          description: Customers.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Order"}}}}
components:
  schemas:
    Order:
      type: object
      required: [total]
      properties:
        total: {type: string}
"""
NEW = OLD.replace("name: page, in: query,", "name: page, in: query, required: true,").replace(
    "total: {type: string}", "total: {type: string, format: decimal}"
)


def diff(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(OLD, "utf-8")
    Path("new.yaml").write_text(NEW, "utf-8")


@pytest.mark.usefixtures("documents")
def test_changes_are_told_in_the_words_of_the_caller() -> None:
    """The heaviest first, each with what it breaks and where it stands in both documents."""
    expected = """\
Breaking
  customers.list_customers: parameter page became required (source, wire) [parameter-required]
      old.yaml:10:11 -> new.yaml:10:11
  Order.total: str -> Decimal (source) [property-type-changed]
      old.yaml:21:9 -> new.yaml:21:9

2 breaking (2 source, 1 wire)
"""
    assert (0, expected) == diff("old.yaml", "new.yaml")


@pytest.mark.usefixtures("documents")
def test_json_is_for_programs() -> None:
    """One object with all changes; what was added has no old side."""
    _, text = diff("old.yaml", "new.yaml", "--format", "json")
    assert {
        "level": "breaking",
        "breaks": ["source"],
        "kind": "property-type-changed",
        "where": "Order.total",
        "message": "str -> Decimal",
        "old": {
            "value": "str",
            "at": "old.yaml:21:9",
            "pointer": "/components/schemas/Order/properties/total",
        },
        "new": {
            "value": "Decimal",
            "at": "new.yaml:21:9",
            "pointer": "/components/schemas/Order/properties/total",
        },
    } == json.loads(text)["changes"][1]


@pytest.mark.usefixtures("documents")
def test_markdown_is_for_pull_requests() -> None:
    """Headings by weight, an item for each change."""
    _, text = diff("old.yaml", "new.yaml", "--format", "markdown")
    assert (
        "## Breaking\n\n- `customers.list_customers`: parameter page became required **(source, wire)**"
        in text
    )


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("sides", "fail_on", "code"),
    [
        (("old.yaml", "new.yaml"), "breaking", 1),
        (("old.yaml", "new.yaml"), "any", 1),
        (("new.yaml", "new.yaml"), "any", 0),
        (("described.yaml", "old.yaml"), "breaking", 0),
        (("described.yaml", "old.yaml"), "any", 1),
    ],
)
def test_fail_on_decides_the_exit_code(sides: tuple[str, str], fail_on: str, code: int) -> None:
    """For CI: 1 where there is what it was asked to fail on."""
    Path("described.yaml").write_text(OLD.replace("description: Customers.", "description: All."), "utf-8")
    assert code == diff(*sides, "--fail-on", fail_on)[0]


@pytest.mark.usefixtures("documents")
def test_a_generated_package_knows_what_it_was_made_from() -> None:
    """The same changes as from the document itself, but for the places of the old side."""
    CliRunner().invoke(main, ["generate", "old.yaml", "-p", "shop"], catch_exceptions=False)
    Path("old.yaml").unlink()
    _, text = diff("output/shop", "new.yaml")
    assert (
        "Order.total: str -> Decimal (source) [property-type-changed]\n      (none) -> new.yaml:21:9\n"
        in text
    )
    assert "2 breaking (2 source, 1 wire)" in text
    assert (0, "no changes\n") == diff("output/shop", "output/shop")


@pytest.mark.usefixtures("documents")
def test_names_that_were_pinned_are_pinned_in_both() -> None:
    """A document is compared with a package under the names that the package's user has fixed."""
    Path("ionapi.toml").write_text(
        '[packages.shop]\ndocuments = ["old.yaml"]\n[packages.shop.names]\nlistCustomers = "everybody"\n',
        "utf-8",
    )
    made = CliRunner().invoke(main, ["generate"], catch_exceptions=False)
    assert 0 == made.exit_code, made.output
    assert "customers.everybody: parameter page became required" in diff("output/shop", "new.yaml")[1]


@pytest.mark.usefixtures("documents")
def test_folders_are_compared_document_by_document() -> None:
    """A document that only one folder has is an API that came or went."""
    for folder in ("one", "two"):
        Path(folder).mkdir()
        shutil.copy("old.yaml", f"{folder}/shop.yaml")
    Path("two/more.yaml").write_text(OLD.replace("title: Shop", "title: Store"), "utf-8")
    assert "store: was added [api-added]" in diff("one", "two")[1]
    assert "store: was removed (source, wire) [api-removed]" in diff("two", "one")[1]


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("model", ["", "?", "0" * 40])
def test_a_package_whose_model_is_damaged_is_a_message(model: str) -> None:
    """What cannot be read is said in one sentence, with what to do."""
    CliRunner().invoke(main, ["generate", "old.yaml", "-p", "shop"], catch_exceptions=False)
    manifest = Path("output/shop/.ionapi-codegen.json")
    tree = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(tree | {"model": model}), "utf-8")
    code, text = diff("output/shop", "new.yaml")
    assert (1, True) == (code, "is damaged, or a later generator's [package-unreadable]" in text)


@pytest.mark.usefixtures("documents")
def test_a_package_of_an_earlier_generator_has_no_model() -> None:
    """It is said so; nothing is guessed."""
    CliRunner().invoke(main, ["generate", "old.yaml", "-p", "shop"], catch_exceptions=False)
    manifest = Path("output/shop/.ionapi-codegen.json")
    tree = json.loads(manifest.read_text("utf-8"))
    del tree["model"]
    manifest.write_text(json.dumps(tree), "utf-8")
    assert "the model that the package was made from is missing" in diff("output/shop", "new.yaml")[1]


def test_transactions_of_m3_are_told_by_their_fields(tmp_path: Path) -> None:
    """Fields by their own names, lengths in characters."""
    text = (SPECS / "crs610mi.json").read_text("utf-8")
    edited = tmp_path / "crs610mi.json"
    longer = text.replace("Stop for new orders(1)", "Stop for new orders(3)")
    assert text != longer
    edited.write_text(longer, "utf-8")
    told = "chg_financial: field BLCD now at most 3 characters, was 1 [parameter-loosened]"
    assert told in diff(SPECS / "crs610mi.json", edited)[1]
    told = "chg_financial: field BLCD now at most 1 character, was 3 (wire) [parameter-tightened]"
    assert told in diff(edited, SPECS / "crs610mi.json")[1]
