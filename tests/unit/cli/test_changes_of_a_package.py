"""What a regeneration says about changes of the API: on the terminal, in CHANGELOG.md, by its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from ionapi_codegen import validation
from ionapi_codegen.output import changelog
from ionapi_codegen.spec.validate_process import Worker
from ionapi_codegen.spec.validate_worker import Outcome

Run = Callable[..., Result]

CHANGELOG = Path("output/orders/CHANGELOG.md")
MANIFEST = Path("output/orders/.ionapi-codegen.json")


@pytest.fixture(autouse=True)
def _without_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has tests of its own and takes longer than all that is tested here."""
    monkeypatch.setattr(validation, "question", lambda *arguments: Outcome(()))
    monkeypatch.setattr(Worker, "start", lambda worker: None)


def edit(old: str, new: str, file: str = "orders.yaml") -> None:
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), "utf-8")


def require_a_page() -> None:
    edit(
        "operationId: listOrders",
        "operationId: listOrders\n      parameters: [{name: page, in: query, required: true, schema: {type: string}}]",
    )


def files() -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in Path("output").rglob("*") if file.is_file()}


def sections() -> Iterator[str]:
    return (line for line in CHANGELOG.read_text("utf-8").splitlines() if line.startswith("## "))


def test_the_first_generation_has_no_changelog(run: Run) -> None:
    result = run("generate", "orders.yaml")
    assert "changes of the API" not in result.stdout
    assert not CHANGELOG.exists()


def test_a_change_is_said_and_written_down(run: Run) -> None:
    run("generate", "orders.yaml")
    require_a_page()
    result = run("generate", "orders.yaml")
    assert 0 == result.exit_code
    assert (
        "breaking: list_orders: parameter page was added, and is required (source, wire)\n" in result.stdout
    )
    assert "changes of the API: 1 breaking\n" in result.stdout
    assert "## 1 → 1\n\nProposed version: 2.0.0\n\n### Breaking\n\n- `list_orders`: " in CHANGELOG.read_text(
        "utf-8"
    )


def test_the_same_again_says_and_writes_nothing(run: Run) -> None:
    run("generate", "orders.yaml")
    require_a_page()
    run("generate", "orders.yaml")
    before = files()
    result = run("generate", "orders.yaml")
    assert "changes of the API" not in result.stdout
    assert before == files()
    assert 0 == run("generate", "orders.yaml", "--check").exit_code


def test_the_same_steps_give_the_same_bytes(run: Run) -> None:
    """Nothing in the file tells when it was written."""
    made = []
    original = Path("orders.yaml").read_text("utf-8")
    for folder in ("one", "other"):
        Path("orders.yaml").write_text(original, "utf-8")
        run("generate", "orders.yaml", "--output", folder)
        require_a_page()
        run("generate", "orders.yaml", "--output", folder)
        made.append(Path(folder, "orders/CHANGELOG.md").read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("hand", ["edited by hand", None])
def test_the_changelog_may_be_edited_or_deleted(run: Run, hand: str | None) -> None:
    """It is no drift, needs no --force, and stays as it is."""
    run("generate", "orders.yaml")
    require_a_page()
    run("generate", "orders.yaml")
    CHANGELOG.unlink() if hand is None else CHANGELOG.write_text(hand, "utf-8")
    assert 0 == run("generate", "orders.yaml", "--check").exit_code
    assert 0 == run("generate", "orders.yaml").exit_code
    assert hand == (CHANGELOG.read_text("utf-8") if CHANGELOG.exists() else None)
    assert changelog.FILE not in json.loads(MANIFEST.read_bytes())["files"]


def test_a_changelog_of_the_teams_own_is_no_file_in_the_way(run: Run) -> None:
    run("generate", "orders.yaml")
    CHANGELOG.write_text("# Ours\n\n## Before\n\nOnce upon a time.\n", "utf-8")
    require_a_page()
    assert 0 == run("generate", "orders.yaml").exit_code
    text = CHANGELOG.read_text("utf-8")
    assert text.startswith("# Ours\n\n## 1 → 1\n")
    assert text.endswith("\n\n## Before\n\nOnce upon a time.\n")


def test_what_is_only_said_about_the_api_is_no_entry(run: Run) -> None:
    run("generate", "orders.yaml")
    edit("operationId: listOrders", "operationId: listOrders\n      summary: List them.")
    result = run("generate", "orders.yaml")
    assert "changes of the API: 1 documentation\n" in result.stdout
    assert not CHANGELOG.exists()


def test_a_package_that_does_not_know_its_model_has_no_entry(run: Run) -> None:
    """One that an older generator wrote: nothing can be told, and nothing fails."""
    run("generate", "orders.yaml")
    tree = json.loads(MANIFEST.read_bytes())
    del tree["model"]
    MANIFEST.write_text(json.dumps(tree), "utf-8")
    require_a_page()
    result = run("generate", "orders.yaml", "--fail-on", "any")
    assert 0 == result.exit_code, result.output
    assert not CHANGELOG.exists()


def test_a_model_of_another_generator_is_said(run: Run) -> None:
    run("generate", "orders.yaml")
    tree = json.loads(MANIFEST.read_bytes())
    tree["model"] = "c$?"
    MANIFEST.write_text(json.dumps(tree), "utf-8")
    require_a_page()
    result = run("generate", "orders.yaml")
    assert 0 == result.exit_code
    assert "[package-model-unreadable]" in result.stderr
    assert not CHANGELOG.exists()


def test_a_check_says_what_has_changed_and_writes_nothing(run: Run) -> None:
    run("generate", "orders.yaml")
    require_a_page()
    before = files()
    result = run("generate", "orders.yaml", "--check")
    assert 1 == result.exit_code
    assert "breaking: list_orders: " in result.stdout
    assert "would write output/orders/CHANGELOG.md\n" in result.stdout
    assert before == files()


@pytest.mark.parametrize(
    ("change", "limit", "status"),
    [
        ("parameters: [{name: page, in: query, required: true, schema: {type: string}}]", "breaking", 1),
        ("parameters: [{name: page, in: query, required: true, schema: {type: string}}]", "any", 1),
        ("parameters: [{name: page, in: query, schema: {type: string}}]", "breaking", 0),
        ("parameters: [{name: page, in: query, schema: {type: string}}]", "any", 1),
        ("summary: List them.", "breaking", 0),
        ("summary: List them.", "any", 1),
        ("x-nothing: 1", "any", 0),
    ],
)
def test_changes_that_are_too_much_stop_the_run_before_anything_is_written(
    run: Run, change: str, limit: str, status: int
) -> None:
    run("generate", "orders.yaml")
    edit("operationId: listOrders", f"operationId: listOrders\n      {change}")
    before = files()
    result = run("generate", "orders.yaml", "--fail-on", limit)
    assert status == result.exit_code, result.output
    assert (status == 1) == (before == files())
    if status:
        assert f"Error: the API has changed (--fail-on {limit}); nothing was written\n" in result.stderr
        assert "changes of the API: " in result.stdout
        assert status == run("generate", "orders.yaml", "--fail-on", limit).exit_code


def test_one_package_that_changed_too_much_holds_all_of_them_back(run: Run) -> None:
    Path("returns.yaml").write_text(
        Path("orders.yaml").read_text("utf-8").replace("Orders", "Returns"), "utf-8"
    )
    run("generate", "orders.yaml", "returns.yaml")
    require_a_page()
    edit("description: ok", "description: Fine.", "returns.yaml")
    before = files()
    result = run("generate", "orders.yaml", "returns.yaml", "--fail-on", "breaking")
    assert 1 == result.exit_code
    assert "output/orders:\nbreaking: list_orders: " in result.stdout
    assert "output/returns:\nchanges of the API: 1 documentation\n" in result.stdout
    assert before == files()


def test_findings_for_programs_have_standard_output_to_themselves(run: Run) -> None:
    run("generate", "orders.yaml")
    require_a_page()
    result = run("generate", "orders.yaml", "--diagnostics", "json", "--fail-on", "any")
    assert [] == json.loads(result.stdout)
    assert "breaking: list_orders: " in result.stderr


def test_a_run_that_was_killed_before_its_end_is_told_once(run: Run) -> None:
    """The section is there, the manifest is still the old one."""
    run("generate", "orders.yaml")
    old = MANIFEST.read_bytes()
    require_a_page()
    run("generate", "orders.yaml")
    MANIFEST.write_bytes(old)
    assert 0 == run("generate", "orders.yaml", "--force").exit_code
    assert ["## 1 → 1"] == list(sections())


def test_a_folder_in_the_place_of_the_changelog_stops_the_run(run: Run) -> None:
    run("generate", "orders.yaml")
    CHANGELOG.mkdir()
    require_a_page()
    result = run("generate", "orders.yaml")
    assert 1 == result.exit_code
    assert "[output-blocked]" in result.stderr


def test_what_is_said_of_many_packages_can_be_read(run: Run) -> None:
    names = [f"shop{number}.yaml" for number in range(30)]
    text = Path("orders.yaml").read_text("utf-8")
    for name in names:
        Path(name).write_text(text.replace("Orders", name.partition(".")[0]), "utf-8")
    run("generate", *names)
    for name in names:
        edit("/orders:", "/other:", name)
    said = run("generate", *names).stdout.splitlines()
    assert "… and 10 more packages whose API has changed" in said
    assert len(said) < 120


@pytest.mark.parametrize(
    "server", ["https://shop.example/v1", "https://gateway.example/ACME_TST/v1", "/ACME_TST/v1"]
)
def test_a_package_behind_the_gateway_is_at_home_in_its_document(run: Run, acme: str, server: str) -> None:
    """Host and tenant come from the `.ionapi` file: that a document names others is no change."""
    edit("paths:", f"servers: [{{url: '{server}'}}]\npaths:")
    assert 0 == run("generate", "orders.yaml", "--ionapi", acme).exit_code
    assert "no changes\n" == run("diff", "output/orders", "orders.yaml").stdout
    edit("/v1", "/v2")
    moved = run("diff", "output/orders", "orders.yaml").stdout
    assert "is now at v2 behind the gateway, was at v1" in moved
