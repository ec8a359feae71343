"""The sessions that README and docs/ show: they run against the sandbox, and they are typed end to end."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_codegen.cli import main
from ionapi_codegen.sandbox.server import Sandbox

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def session(page: str, package: str) -> str:
    """The longest program of a page that imports a package."""
    blocks = BLOCK.findall((ROOT / page).read_text("utf-8"))
    return max((block for block in blocks if f"from {package} import" in block), key=len)


@pytest.fixture(scope="module")
def crs610mi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client of the sample program, as a user generates it."""
    folder = tmp_path_factory.mktemp("clients")
    with pytest.raises(SystemExit) as done:
        main(["generate", str(ROOT / "specs" / "crs610mi.json"), "--output", str(folder)])
    assert 0 == done.value.code
    return folder


@pytest.mark.parametrize("page", ["README.md", "docs/dialects/m3.md"])
def test_a_session_runs(page: str, crs610mi: Path, tmp_path: Path) -> None:
    """As it is printed, with the credentials of a sandbox under the name that it gives them."""
    with Sandbox([ROOT / "specs" / "crs610mi.json"]) as box:
        credentials = tmp_path / "acme.ionapi"
        credentials.write_text(box.ionapi_text(), "utf-8")
        credentials.chmod(0o600)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", session(page, "crs610mi")],
            cwd=tmp_path,
            env={"PYTHONPATH": str(crs610mi)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (0, "") == (done.returncode, done.stderr)
    assert "Name of the customer" in done.stdout


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("", "", ""),
        ("customer.cunm", "customer.cumn", '"GetBasicData" has no attribute "cumn"'),
        ("models.LstByNumber.cunm", "models.LstByNumber.cumn", 'has no attribute "cumn"'),
        ('cuno="Y30000", blcd=0', 'cuno="Y30000", blkd=0', 'Unexpected keyword argument "blkd"'),
        ("m3.chg_financial, cuno=number", "m3.chg_financial, cumo=number", 'keyword argument "cumo"'),
        ("maxrecs=500", 'maxrecs="all"', "incompatible type"),
        ("blcd=0", "blcd=0.5", "incompatible type"),
    ],
)
def test_a_session_is_typed(crs610mi: Path, tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """mypy accepts the session, and finds each of these mistakes in it."""
    text = session("docs/dialects/m3.md", "crs610mi")
    assert right in text
    program = tmp_path / "session.py"
    program.write_text(text.replace(right, wrong, 1) if right else text, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            f"--cache-dir={crs610mi}/.cache",
            program,
        ],
        env={"MYPYPATH": str(crs610mi)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0 if not says else 1) == done.returncode, done.stdout
    assert says in done.stdout
