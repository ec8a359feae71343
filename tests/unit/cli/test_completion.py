"""`ionapi completion`: the script that each shell takes, and what it completes to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import COMMANDS, main
from ionapi_codegen.cli.completion import SHELLS


def script(shell: str) -> str:
    result = CliRunner().invoke(main, ["completion", shell], catch_exceptions=False)
    assert 0 == result.exit_code
    return result.output


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell(shell: str) -> None:
    """It names the program and how click is asked."""
    text = script(shell)
    assert "ionapi" in text
    assert "_IONAPI_COMPLETE" in text


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_takes_its_script(shell: str, tmp_path: Path) -> None:
    """The shell finds nothing wrong in it."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    file = tmp_path / "script"
    file.write_text(script(shell), "utf-8")
    subprocess.run([program, "-n", str(file)], check=True, timeout=30)


def completed(words: str, position: int) -> list[str]:
    """What the program answers to bash."""
    environment = {
        **os.environ,
        "_IONAPI_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(position),
    }
    program = "from ionapi_codegen.cli import main; main(prog_name='ionapi')"
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60
    )
    return [line.partition(",")[2] for line in result.stdout.splitlines() if line]


def test_commands_and_options_are_completed() -> None:
    """Without running anything."""
    assert set(COMMANDS) == set(completed("ionapi ", 1))
    assert ["--dry-run"] == completed("ionapi generate --dry", 2)


def test_names_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages are those of ionapi.toml, as long as that can be read."""
    monkeypatch.chdir(tmp_path)
    Path("ionapi.toml").write_text('[packages.cats]\ndocuments = ["a"]\n[packages.dogs]\ndocuments = ["b"]\n')
    assert ["cats", "dogs"] == completed("ionapi fetch ", 2)
    assert ["dogs"] == completed("ionapi update d", 2)
    assert ["group.py.jinja"] == completed("ionapi templates copy gr", 3)
    Path("ionapi.toml").write_text("[packages")
    assert [] == completed("ionapi fetch ", 2)
