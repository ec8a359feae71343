"""The committed clients under output/: what the generator writes today, and clean for every tool."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "output"
CLIENTS = sorted(path.parent.name for path in OUTPUT.glob("*/__init__.py"))
RUNTIME = ROOT / "templates" / "python" / "runtime"


def test_every_client_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ionapi generate --check` finds no drift between specs/ and output/."""
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["generate", "--check"], catch_exceptions=False)
    assert 0 == result.exit_code, result.output


@pytest.mark.parametrize(
    "tool",
    [
        ["mypy", "--strict", "--config-file=", "--no-incremental"],
        ["black", "--check", "--quiet", "--config", "/dev/null"],
        ["ruff", "check", "--isolated", "--no-cache", "--quiet"],
    ],
    ids=lambda tool: tool[0],
)
def test_clients_are_clean(tool: list[str]) -> None:
    """No finding by the strictest setting of the type checker, the default settings of the others."""
    done = subprocess.run(
        [sys.executable, "-m", *tool, *CLIENTS], cwd=OUTPUT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout + done.stderr


def test_clients_are_clean_for_pyright(tmp_path: Path) -> None:
    """The same for pyright in strict mode."""
    for client in CLIENTS:
        shutil.copytree(OUTPUT / client, tmp_path / client)
    settings = {"include": list(CLIENTS), "typeCheckingMode": "strict"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert 0 == done.returncode, done.stdout + done.stderr


def test_runtime_is_copied_byte_for_byte() -> None:
    """A reviewer reads the runtime once: what a client has of it is the same as in templates/, and in every
    other client."""
    for client in CLIENTS:
        copied = sorted((OUTPUT / client / "_runtime").glob("*.py"))
        assert len(copied) > 1, client
        for path in copied:
            assert (RUNTIME / path.name).read_bytes() == path.read_bytes(), path
