"""Dialects and targets of other packages work where the configuration names them, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen import plugins
from ionapi_codegen.cli import main
from tests_support.plugins import install, install_example

Run: TypeAlias = Callable[..., Result]

DOCUMENT = """\
openapi: 3.1.0
info: {title: ACME stock, version: "1"}
paths:
  /items/search:
    post: {operationId: searchItems, responses: {"204": {description: OK}}}
  /items:
    post: {operationId: addItem, responses: {"204": {description: OK}}}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("generate")` where the example is installed."""
    install_example(tmp_path / "site", monkeypatch)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    Path("stock.yaml").write_text(DOCUMENT, "utf-8")
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, arguments, catch_exceptions=False)


def configure(*settings: str) -> None:
    lines = ["[packages.stock]", 'documents = ["stock.yaml"]', *settings]
    Path("ionapi.toml").write_text("\n".join(lines) + "\n", "utf-8")


def effects() -> dict[str, str]:
    manifest = json.loads(Path("output/stock/.ionapi-codegen.json").read_text())
    return {one["id"]: one["effect"] for one in manifest["operations"]}


def test_a_dialect_that_the_configuration_names(run: Run) -> None:
    """It refines the model; without its name it does nothing, though it would recognise the document."""
    configure()
    run("generate")
    assert {"searchItems": "write", "addItem": "write"} == effects()
    configure('dialect = "acme"')
    assert 0 == run("generate").exit_code
    assert {"searchItems": "read", "addItem": "write"} == effects()


def test_a_target_that_the_configuration_names(run: Run) -> None:
    """It writes instead of ours, with the same care for what is on the disk."""
    configure('target = "operations-list"', 'dialect = "acme"')
    result = run("generate")
    assert 0 == result.exit_code, result.output
    assert (
        "# ACME stock\n\n- POST `/items/search`: read\n- POST `/items`: write\n"
        == Path("output/stock/operations.md").read_text()
    )
    assert ["operations.md"] == sorted(
        path.name for path in Path("output/stock").iterdir() if not path.name.startswith(".")
    )
    assert 0 == run("generate", "--check").exit_code
    Path("output/stock/operations.md").write_text("mine")
    assert 1 == run("generate").exit_code


def test_one_that_nobody_offers(run: Run) -> None:
    """The message lists what there is."""
    configure('dialect = "acne"', 'target = "cobol"')
    result = run("generate")
    assert 1 == result.exit_code
    assert "there is no dialect 'acne' [config-key]\n  --> ionapi.toml:3:1" in result.stderr
    assert "one of auto, none, m3," in result.stderr
    assert "acme\n" in result.stderr
    assert "help: one of python, operations-list" in result.stderr


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("no_such_module:Thing", "'broken' of broken 1.0 cannot be loaded: ModuleNotFoundError"),
        ("json:nothing", "'broken' of broken 1.0 cannot be loaded: AttributeError"),
        ("json:loads", "'broken' of broken 1.0 has no method render"),
    ],
)
def test_one_that_is_broken(run: Run, tmp_path: Path, value: str, message: str) -> None:
    """One message, which names the package; nothing is written."""
    install(tmp_path / "site", "broken", {plugins.TARGETS: {"broken": value}})
    configure('target = "broken"')
    result = run("generate")
    assert 1 == result.exit_code
    assert f"error: {message}" in result.stderr
    assert "[plugin-broken]" in result.stderr
    assert not Path("output").exists()


def test_one_that_two_packages_offer(run: Run, tmp_path: Path) -> None:
    install(tmp_path / "site", "other", {plugins.DIALECTS: {"acme": "json:loads"}})
    configure('dialect = "acme"')
    result = run("generate")
    assert 1 == result.exit_code
    assert "more than one package offers 'acme'" in result.stderr
    assert "acme_ionapi 1.0, other 1.0" in result.stderr


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a//b", ".ionapi-codegen.json"])
def test_a_target_stays_in_its_folder(run: Run, tmp_path: Path, path: str) -> None:
    """Whatever it names its files."""
    module = tmp_path / "site" / f"wild_{abs(hash(path))}.py"
    module.write_text(
        "from ionapi_codegen.targets.base import Rendered\n"
        "class Wild:\n"
        "    name = 'wild'\n"
        "    def render(self, package, options, diagnostics):\n"
        f"        return Rendered({{{path!r}: b''}}, ())\n"
    )
    install(tmp_path / "site", "wild", {plugins.TARGETS: {"wild": f"{module.stem}:Wild"}})
    configure('target = "wild"')
    result = run("generate")
    assert 1 == result.exit_code
    assert "which is no file of a package [plugin-broken]" in result.stderr
