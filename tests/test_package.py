"""The package as its users get it: sdist, wheel, a clean environment, a client that imports and calls."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDERS = ROOT / "specs" / "orders.yaml"

USE = """
import json, sys
import httpx2
from orders import Client, models

def answer(request):
    return httpx2.Response(200, json={"up": True, "checkedAt": "2026-03-01T08:30:00Z"})

with Client(auth=None, transport=httpx2.MockTransport(answer)) as client:
    status = client.get_status()
assert status.up is True and status.checked_at.year == 2026, status
print("called")
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the sdist, as an installer that finds no wheel would build it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_installed_package_generates_and_its_client_works(minor: int, wheel: Path, tmp_path: Path) -> None:
    """On each Python of the machine: install, generate, import, call."""
    python = _interpreter(minor)
    if python is None:
        pytest.skip(f"no Python 3.{minor} on this machine")
    environment = tmp_path / "environment"
    _run(python, "-m", "venv", str(environment))
    inside = environment / "bin"
    _run(
        str(inside / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        str(wheel),
        "httpx2",
    )
    _run(str(inside / "ionapi"), "generate", str(ORDERS), cwd=tmp_path)
    assert "called\n" == _run(str(inside / "python"), "-W", "error", "-c", USE, cwd=tmp_path / "output")


def test_editable_install_reads_the_templates_of_the_checkout() -> None:
    """An edit of a template shows at once; the copy inside an editable install is never read."""
    from ionapi_codegen.targets.python.templates import folder

    assert ROOT / "templates" == folder()


def _interpreter(minor: int) -> str | None:
    """A Python 3.minor that runs: a name on the PATH may be a shim for one that is not there."""
    installed = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
    for candidate in [shutil.which(f"python3.{minor}"), *map(str, installed)]:
        if candidate and subprocess.run([candidate, "-c", ""], capture_output=True).returncode == 0:
            return candidate
    return None


def _run(*command: str, cwd: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)
    assert 0 == done.returncode, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
