"""The sessions that README and docs/dialects/ido.md show: they run against the sandbox, and they are typed end to end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_codegen.cli import main
from ionapi_codegen.sandbox.ido_documents import IDOS, document
from ionapi_codegen.sandbox.server import Sandbox

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = {"README": "README.md", "ido": "docs/dialects/ido.md", "slitems": "docs/dialects/ido.md"}
MISTAKES = [
    ("README", "", "", ""),
    ("README", "record_cap", "recordcap", 'Unexpected keyword argument "recordcap"'),
    ("ido", "", "", ""),
    ("ido", "error.message", "error.massage", '"IDOError" has no attribute "massage"'),
    ("ido", "found.items", "found.rows", '"LoadCollectionResponse" has no attribute "rows"'),
    ("ido", 'name="Name"', 'nane="Name"', 'Unexpected keyword argument "nane" for "UpdateProperty"'),
    ("ido", "action=2", 'action="update"', "incompatible type"),
    ("ido", "record_cap=10", "recordcap=10", 'Unexpected keyword argument "recordcap"'),
    ("ido", '["CO00000001", None]', '["CO00000001", 1]', "incompatible type"),
    ("ido", "mongoose_config=", "mongose_config=", 'Unexpected keyword argument "mongose_config"'),
    ("ido", 'item["Item"]', "item.item", 'has no attribute "item"'),
    ("slitems", "", "", ""),
    ("slitems", "item.description", "item.descripton", '"ItemsRecord" has no attribute "descripton"'),
    ("slitems", "order_by=", "orderby=", 'Unexpected keyword argument "orderby"'),
]
"""Session, what it has, what is written for it, what mypy finds; nothing in the session as it is."""


def session(name: str) -> str:
    """The program of a page that imports the package of this name; README's is that of `ido`."""
    blocks = BLOCK.findall((ROOT / PAGES[name]).read_text("utf-8"))
    package = "ido" if name == "README" else name
    (found,) = (block for block in blocks if f"from {package} import" in block)
    return found


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Sandbox]]:
    """A folder with the clients of the generic document and of that of one IDO, and a sandbox for both."""
    folder = tmp_path_factory.mktemp("clients")
    single = folder / "SLItems.json"
    single.write_text(json.dumps(document(IDOS["SLItems"], "/ACME_TST/CSI/IDORequestService/ido")), "utf-8")
    for source, package in ((ROOT / "specs" / "ido.json", "ido"), (single, "slitems")):
        with pytest.raises(SystemExit) as done:
            main(["generate", str(source), "--package", package, "--output", str(folder)])
        assert 0 == done.value.code
    with Sandbox([ROOT / "specs" / "ido.json"]) as box:
        yield folder, box


@pytest.mark.parametrize(
    ("name", "shows"),
    [("README", "Item 25 Description 25"), ("ido", "Item 25 Description 25"), ("slitems", "Item 25")],
)
def test_a_session_runs(clients: tuple[Path, Sandbox], tmp_path: Path, name: str, shows: str) -> None:
    """As it is printed, with the credentials of a sandbox under the name that it gives them. The operations of
    single IDOs are there without their document."""
    folder, box = clients
    credentials = tmp_path / "acme.ionapi"
    credentials.write_text(box.ionapi_text(), "utf-8")
    credentials.chmod(0o600)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", session(name)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert shows in done.stdout


def test_the_sessions_are_typed(clients: tuple[Path, Sandbox], tmp_path: Path) -> None:
    """mypy accepts them, and finds each of these mistakes in them."""
    for number, (name, right, wrong, _) in enumerate(MISTAKES):
        text = session(name)
        assert right in text
        program = tmp_path / f"session_{number}.py"
        program.write_text(text.replace(right, wrong, 1) if right else text, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            f"--cache-dir={clients[0]}/.cache",
            *sorted(tmp_path.glob("session_*.py")),
        ],
        env={"MYPYPATH": str(clients[0])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found = dict.fromkeys(range(len(MISTAKES)), "")
    for line in done.stdout.splitlines():
        if (at := re.match(r"session_(\d+)\.py:\d+: error: ", line)) is not None:
            found[int(at[1])] += line + "\n"
    for number, (_, _, _, says) in enumerate(MISTAKES):
        assert bool(says) == bool(found[number]), done.stdout
        assert says in found[number]
