"""The command line as a whole, and its smaller commands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from ionapi_codegen import cli

Run: TypeAlias = Callable[..., Result]


def test_help_names_every_command_the_exit_codes_the_files_and_the_environment(run: Run) -> None:
    text = run("--help").stdout
    for expected in (*cli.COMMANDS, "Exit codes:", "ionapi.toml", "Environment:", "NO_COLOR"):
        assert expected in text


def test_help_loads_nothing_that_is_slow() -> None:
    program = (
        "import sys; from ionapi_codegen.cli import main; main(['--help'], standalone_mode=False);"
        "print(sorted({'black', 'jinja2', 'rich', 'yaml', 'openapi_spec_validator'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(cli.__file__).parents[2])},
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_command_whose_packages_are_missing_says_how_to_get_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError("No module named 'starlette'", name="starlette.routing")

    monkeypatch.setattr(cli, "import_module", missing)

    result = run("sandbox", "orders.yaml")

    assert result.exit_code == 1
    assert 'pip install "ionapi-codegen[sandbox]"' in result.stderr


def test_an_unknown_command_ends_with_2(run: Run) -> None:
    assert run("generat").exit_code == 2


def test_validate_finds_nothing_in_a_good_document(run: Run) -> None:
    result = run("validate", "orders.yaml")
    assert result.exit_code == 0, result.output
    assert result.stdout == "1 document read; 0 errors, 0 warnings\n"


def test_validate_reports_what_breaks_the_rules(run: Run) -> None:
    Path("orders.yaml").write_text(Path("orders.yaml").read_text().replace("{description: ok}", "{}"))
    result = run("validate", "orders.yaml")
    assert result.exit_code == 1
    assert "[invalid-document]" in result.stderr
    assert "--> orders.yaml:7:" in result.stderr


def test_dump_ir_prints_the_model(run: Run) -> None:
    result = run("dump-ir", "orders.yaml")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["title"] == "Orders"


def test_init_writes_what_generate_reads(run: Run) -> None:
    first = run("init", "orders.yaml", "--output", "clients")
    again = run("init", "orders.yaml")

    assert first.exit_code == 0, first.output
    assert (
        '[packages.orders]\ndocuments = ["orders.yaml"]\noutput = "clients"\n'
        == Path("ionapi.toml").read_text()
    )
    assert again.exit_code == 1
    assert run("generate").exit_code == 0
    assert Path("clients/orders/__init__.py").exists()


def test_init_does_not_read_documents_that_have_a_package_name(run: Run) -> None:
    Path("bad.json").write_text("{")
    assert run("init", "bad.json").exit_code == 1
    assert run("init", "bad.json", "--package", "shop").exit_code == 0
