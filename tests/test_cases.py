"""Golden folders: what a command writes and says, file by file.

A case is a folder under `tests/cases/` with a `case.toml`:

    arguments = ["generate", "orders.yaml"]   # run inside a copy of the case's `input/`
    exit = 0                                  # the exit code it must end with
    expected = ["models.py"]                  # optional: compare only these of the written files

`messages.txt` is what the command prints, `expected/` what lies in `output/` afterwards, without the
runtime (which is the same in every client and has tests of its own). `make cases` writes both anew.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/case.toml")))
def test_case(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The command says, writes and returns what the folder shows."""
    folder = CASES / case
    settings = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    work = tmp_path / "work"
    if (folder / "input").is_dir():
        shutil.copytree(folder / "input", work)
    else:
        work.mkdir()
    for credentials in work.glob("*.ionapi"):
        credentials.chmod(0o600)  # whatever the umask of the checkout was
    monkeypatch.chdir(work)

    result = CliRunner().invoke(main, settings["arguments"], prog_name="ionapi", catch_exceptions=False)

    messages = _without_durations(result.output)
    written = _written(work / "output", settings.get("expected"))
    if request.config.getoption("--update"):
        _update(folder, messages, written)
    assert settings.get("exit", 0) == result.exit_code, result.output
    assert (folder / "messages.txt").read_text("utf-8") == messages
    assert _written(folder / "expected", None) == written


def _written(output: Path, only: list[str] | None) -> dict[str, str]:
    """The text of each file below a folder, except the runtime and the manifest's hashes."""
    texts = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_dir() or "/_runtime/" in f"/{name}" or path.name.startswith(".ionapi-codegen"):
            continue
        if only is None or any(name.endswith(suffix) for suffix in only):
            texts[name] = path.read_text("utf-8")
    return texts


def _without_durations(text: str) -> str:
    return re.sub(r"\b\d+(\.\d+)? s\b", "N s", text)


def _update(folder: Path, messages: str, written: Mapping[str, str]) -> None:
    (folder / "messages.txt").write_text(messages, "utf-8")
    shutil.rmtree(folder / "expected", ignore_errors=True)
    for name, text in written.items():
        path = folder / "expected" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
