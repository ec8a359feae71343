"""A disk that is full and files that nobody may read, for real: the command in a process with fewer rights."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no limits and modes of POSIX")

ORDERS = """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
paths:
  /orders:
    get:
      operationId: NAME
      responses: {"200": {description: ok}}
"""
_CANNOT = 77
_WITH_LIMIT = """\
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, "-m", "ionapi_codegen", *sys.argv[2:]])
"""
"""No file may become longer, which is what a full disk is to the writer of a file."""

_WITHOUT_RIGHTS = f"""\
import ctypes, os, sys
if os.geteuid() == 0:  # root reads and writes everything, unless these two rights are given up for good
    libc = ctypes.CDLL(None)
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if not hasattr(libc, "prctl") or libc.prctl(24, right, 0, 0, 0):  # PR_CAPBSET_DROP
            sys.exit({_CANNOT})
os.execv(sys.executable, [sys.executable, "-m", "ionapi_codegen", *sys.argv[1:]])
"""


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder holds orders.yaml and nothing else."""
    monkeypatch.chdir(tmp_path)
    document("listOrders")


def document(name: str) -> None:
    Path("orders.yaml").write_text(ORDERS.replace("NAME", name), "utf-8")


def run(script: str, *arguments: str) -> tuple[int, str]:
    """The exit code and everything that was printed."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"NO_COLOR": "1"},
        timeout=120,
        check=False,
    )
    if done.returncode == _CANNOT:
        pytest.skip("root cannot give up its rights here")
    return done.returncode, done.stdout + done.stderr


def tree() -> dict[str, tuple[bytes, int] | None]:
    """Every file with its time of change, every folder as None."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns) if path.is_file() else None
        for path in sorted(Path().rglob("*"))
    }


FULL = """\
error: the files cannot be written: file too large; the folder is as it was [output-failed]
  --> output/orders
help: raise the limit for the size of files (ulimit -f), then run it again
"""


@pytest.mark.parametrize("most", [0, 1000, 8000])
def test_a_full_disk_at_the_first_run(most: int) -> None:
    """No folder and no file stay behind."""
    before = tree()
    assert (1, FULL) == run(_WITH_LIMIT, str(most), "generate", "orders.yaml")
    assert before == tree()


def test_a_full_disk_at_a_later_run() -> None:
    """The package is as it was, to the byte, and the run after it does what this one could not."""
    assert 0 == run(_WITHOUT_RIGHTS, "generate", "orders.yaml")[0]
    document("getOrders")
    before = tree()

    assert (1, FULL) == run(_WITH_LIMIT, "100", "generate", "orders.yaml")
    assert before == tree()

    assert 0 == run(_WITHOUT_RIGHTS, "generate", "orders.yaml")[0]
    assert "def get_orders(" in Path("output/orders/client.py").read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_below_standard_output() -> None:
    """What was printed is lost, which is said; the package is whole."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ionapi_codegen", "generate", "orders.yaml"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    said = "Error: standard output cannot be written to: no space left on device; make room there\n"
    assert (1, said) == (done.returncode, done.stderr)
    assert Path("output/orders/.ionapi-codegen.json").is_file()


def closed(path: str) -> None:
    """A file or folder that nobody may read or enter."""
    Path(path).chmod(0)


def _document() -> None:
    closed("orders.yaml")


def _folder() -> None:
    Path("docs").mkdir()
    Path("docs/orders.yaml").write_text(ORDERS, "utf-8")
    closed("docs")


def _one_of_a_folder() -> None:
    Path("docs").mkdir()
    Path("docs/orders.yaml").write_text(ORDERS, "utf-8")
    Path("docs/others.yaml").write_text(ORDERS, "utf-8")
    closed("docs/others.yaml")


def _folder_below() -> None:
    Path("docs/more").mkdir(parents=True)
    Path("docs/orders.yaml").write_text(ORDERS, "utf-8")
    closed("docs/more")


def _credentials() -> None:
    Path("acme.ionapi").touch()
    closed("acme.ionapi")


def _reference() -> None:
    Path("common.yaml").touch()
    closed("common.yaml")
    Path("orders.yaml").write_text(ORDERS + "components: {schemas: {A: {$ref: common.yaml}}}\n", "utf-8")


def _configuration() -> None:
    Path("ionapi.toml").touch()
    closed("ionapi.toml")


def _output() -> None:
    Path("output").mkdir(0o555)


def _package() -> None:
    Path("output/orders").mkdir(parents=True)
    closed("output/orders")


@pytest.mark.parametrize(
    ("prepare", "arguments", "place"),
    [
        (_document, "orders.yaml", "orders.yaml"),
        (_folder, "docs", "docs"),
        (_folder, "docs/orders.yaml", "docs/orders.yaml"),
        (_one_of_a_folder, "docs", "docs/others.yaml"),
        (_folder_below, "docs", "docs/more"),
        (_credentials, "orders.yaml --ionapi acme.ionapi", "acme.ionapi"),
        (_reference, "orders.yaml", "common.yaml"),
        (_configuration, "", "ionapi.toml"),
        (_output, "orders.yaml", "output/orders"),
        (_package, "orders.yaml", "output/orders"),
    ],
)
def test_what_may_not_be_read_or_written(prepare: Callable[[], None], arguments: str, place: str) -> None:
    """One message with the reason, the place and what to do; nothing is written."""
    prepare()
    code, said = run(_WITHOUT_RIGHTS, "generate", *arguments.split())
    for folder in ("docs", "docs/more", "output", "output/orders"):
        if Path(folder).is_dir():
            Path(folder).chmod(0o755)  # so that it can be looked at, and deleted
    error, at, advice = said.splitlines()
    assert 1 == code
    assert error.startswith("error: ")
    assert "permission denied" in error
    assert f"  --> {place}" == at
    assert advice.startswith("help: ")
    assert not any(path.is_file() for path in Path("output").rglob("*"))
