"""`ionapi generate`: what is written where, what is said, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from ionapi_codegen import validation
from ionapi_codegen.spec.validate_process import Worker
from ionapi_codegen.spec.validate_worker import Outcome

Run: TypeAlias = Callable[..., Result]


@pytest.fixture(autouse=True)
def _without_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has tests of its own and takes longer than all that is tested here."""
    monkeypatch.setattr(validation, "question", lambda *arguments: Outcome(()))
    monkeypatch.setattr(Worker, "start", lambda worker: None)


def tree(folder: str = "output") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def document(title: str, **more: object) -> str:
    return json.dumps({"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": {}, **more})


def test_a_document_becomes_a_package_named_after_its_title(run: Run) -> None:
    result = run("generate", "orders.yaml")

    assert result.exit_code == 0, result.output
    assert tree() == ["orders/.ionapi-codegen.json", "orders/__init__.py", "orders/orders.py"]
    assert "output/orders: 1 operation, 0 models; 3 files written, 0 unchanged, 0 deleted; " in result.stdout


def test_the_same_again_writes_nothing(run: Run) -> None:
    run("generate", "orders.yaml")
    assert "0 files written, 3 unchanged, 0 deleted" in run("generate", "orders.yaml").stdout


def test_several_documents_become_a_package_each(run: Run) -> None:
    Path("pets.json").write_text(document("Pets"))

    result = run("generate", "orders.yaml", "pets.json", "--output", "clients")

    assert result.exit_code == 0, result.output
    assert {"orders", "pets"} == {path.name for path in Path("clients").iterdir()}
    assert "2 packages: 1 operation, 0 models; 6 files written" in result.stdout


def test_several_documents_become_one_package_under_a_name(run: Run) -> None:
    Path("pets.json").write_text(document("Pets"))

    run("generate", "orders.yaml", "pets.json", "--package", "shop")

    assert ["shop/.ionapi-codegen.json", "shop/__init__.py", "shop/orders.py", "shop/pets.py"] == tree()


def test_a_folder_stands_for_the_documents_in_it(run: Run) -> None:
    Path("specs/deep").mkdir(parents=True)
    Path("specs/pets.json").write_text(document("Pets"))
    Path("specs/deep/shops.yml").write_text("swagger: '2.0'\ninfo: {title: Shops, version: '1'}\npaths: {}\n")
    Path("specs/schemas.json").write_text('{"Pet": {"type": "object", "properties": {"openapi": {}}}}')
    Path("specs/notes.txt").write_text("openapi: 3.1.0")

    result = run("generate", "specs")

    assert result.exit_code == 0, result.output
    assert {"pets", "shops"} == {path.name for path in Path("output").iterdir()}


def test_a_folder_without_documents_is_an_error(run: Run) -> None:
    Path("empty").mkdir()
    result = run("generate", "empty")
    assert result.exit_code == 1
    assert "error: the folder holds no OpenAPI document [spec-missing]" in result.stderr


@pytest.mark.parametrize("content", ["", " \n", "<html></html>", '{"openapi": ', "\x1f\x8b\x08\xff"])
def test_a_broken_document_of_a_folder_is_not_passed_over(run: Run, content: str) -> None:
    """Nobody would notice that it is missing in the client."""
    Path("docs").mkdir()
    Path("orders.yaml").rename("docs/orders.yaml")
    Path("docs/returns.json").write_text(content, "latin-1")

    result = run("generate", "docs")

    assert 1 == result.exit_code
    assert "  --> docs/returns.json" in result.output
    assert not Path("output").exists()


def test_a_document_of_a_folder_may_be_utf_16(run: Run) -> None:
    """As editors on Windows save it."""
    Path("docs").mkdir()
    Path("docs/orders.yaml").write_text(Path("orders.yaml").read_text("utf-8"), "utf-16")

    assert 0 == run("generate", "docs").exit_code
    assert Path("output/orders/orders.py").is_file()


def test_two_documents_of_one_title_are_refused_by_name(run: Run) -> None:
    Path("a.json").write_text(document("Pets"))
    Path("b.json").write_text(document("Pets"))

    for arguments in (["--package", "shop"], []):
        result = run("generate", "a.json", "b.json", *arguments)

        assert result.exit_code == 1
        assert "a.json and b.json would both be" in result.stderr
        assert not Path("output").exists()


def test_addresses_of_an_ionapi_file_reach_the_client_and_secrets_do_not(run: Run, acme: str) -> None:
    Path(acme).chmod(0o600)

    result = run("generate", "orders.yaml", "--ionapi", acme)

    written = "".join(path.read_text() for path in Path("output").rglob("*") if path.is_file())
    assert result.exit_code == 0, result.output
    assert "gateway_url='https://gateway.example.com', tenant='ACME_TST'" in written
    assert "secret" not in written + result.output


def test_a_document_that_is_not_infors_lies_below_the_tenant_all_the_same(run: Run, acme: str) -> None:
    Path("pets.json").write_text(document("Pets", servers=[{"url": "https://api.example.com/v2"}]))

    run("generate", "pets.json", "--ionapi", acme)

    assert Path("output/pets/pets.py").read_text() == "gateway path v2\n"


def test_one_wrong_document_stops_all(run: Run) -> None:
    Path("bad.json").write_text("{")

    result = run("generate", "orders.yaml", "bad.json")

    assert result.exit_code == 1
    assert "error: " in result.stderr
    assert "--> bad.json:1:" in result.stderr
    assert not Path("output").exists()


def test_strict_makes_a_warning_an_error(run: Run) -> None:
    text = Path("orders.yaml").read_text().replace("/orders:", "/orders/{id}:")
    Path("orders.yaml").write_text(text)

    assert run("generate", "orders.yaml", "--strict").exit_code == 1
    assert not Path("output").exists()
    assert run("generate", "orders.yaml").exit_code == 0


def test_check_finds_drift_and_writes_nothing(run: Run) -> None:
    assert run("generate", "orders.yaml", "--check").exit_code == 1
    assert not Path("output").exists()

    run("generate", "orders.yaml")
    current = run("generate", "orders.yaml", "--check")
    Path("output/orders/orders.py").write_text("edited")
    drifted = run("generate", "orders.yaml", "--check")

    assert current.exit_code == 0
    assert current.stdout.endswith("up to date\n")
    assert drifted.exit_code == 1
    assert "would write output/orders/orders.py\n" in drifted.stdout
    assert Path("output/orders/orders.py").read_text() == "edited"


def test_a_dry_run_says_what_would_be_written(run: Run) -> None:
    result = run("generate", "orders.yaml", "--dry-run")

    assert result.exit_code == 0
    assert "would write output/orders/__init__.py\n" in result.stdout
    assert not Path("output").exists()


def test_an_edited_file_is_refused_until_forced(run: Run) -> None:
    run("generate", "orders.yaml")
    Path("output/orders/orders.py").write_text("edited")

    refused = run("generate", "orders.yaml")

    assert refused.exit_code == 1
    assert "edited since they were generated: orders.py [output-edited]" in refused.stderr
    assert run("generate", "orders.yaml", "--force").exit_code == 0
    assert Path("output/orders/orders.py").read_text() != "edited"


def test_findings_can_be_had_as_json(run: Run) -> None:
    Path("bad.json").write_text("{")

    result = run("generate", "bad.json", "--diagnostics", "json")

    (found,) = json.loads(result.stdout)
    assert result.exit_code == 1
    assert ("error", "bad.json", 1) == (found["severity"], found["file"], found["line"])
    assert json.loads(run("generate", "orders.yaml", "--diagnostics", "json").stdout) == []


def test_the_configuration_of_the_repository_is_found_from_below(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("ionapi.toml").write_text(
        '[packages.shop]\ndocuments = ["orders.yaml"]\n[packages.shop.names]\n"listOrders" = "all_orders"\n'
    )
    Path("below").mkdir()
    monkeypatch.chdir("below")

    result = run("generate")

    assert result.exit_code == 0, result.output
    assert "[('listOrders', 'all_orders')]" in Path("../output/shop/__init__.py").read_text()


def test_the_manifest_holds_no_path_of_this_machine(run: Run, tmp_path: Path) -> None:
    run("generate", "orders.yaml", "--output", "a")
    run("generate", str(tmp_path / "orders.yaml"), "--output", str(tmp_path / "b"))

    assert (
        Path("a/orders/.ionapi-codegen.json").read_bytes()
        == Path("b/orders/.ionapi-codegen.json").read_bytes()
    )
    assert str(tmp_path) not in Path("b/orders/.ionapi-codegen.json").read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["missing.yaml"],
        ["orders.yaml", "--ionapi", "missing.ionapi"],
        ["orders.yaml", "--package", "class"],
        ["orders.yaml", "--dialect", "sap"],
        ["orders.yaml", "--check", "--dry-run"],
        ["--package", "orders"],
        ["--colour"],
    ],
)
def test_a_wrong_command_line_ends_with_2(run: Run, arguments: list[str]) -> None:
    result = run("generate", *arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
