"""The sessions that docs/dialects/ shows for LN, for Compass and for any other of Infor's documents: they run
against the sandbox, and they are typed end to end."""

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
PAGES = {"salesorders": "ln", "datalake": "compass", "warehouse": "infor"}
WAREHOUSE = """
openapi: 3.0.1
info: {title: Warehouse, version: "1"}
servers: [{url: /ACME_TST/WM/wmwebservice_rest}]
paths:
  /shipments/{number}:
    get:
      operationId: getShipment
      parameters:
        - {name: number, in: path, required: true, schema: {type: string}}
        - {name: Content-Language, in: header, required: true, schema: {type: string}}
        - {name: X-Infor-SiteId, in: header, required: true, schema: {type: string}}
      responses:
        "200":
          description: A shipment
          content:
            application/json:
              schema:
                type: object
                properties:
                  number: {type: string, example: S000001}
                  carrier: {type: string, example: Nordic Freight}
"""
MISTAKES = [
    ("salesorders", "", "", ""),
    ("salesorders", "order.order_amount", "order.order_amout", '"Order" has no attribute "order_amout"'),
    ("salesorders", "order_status=", "order_state=", 'argument "order_state" for "Order"'),
    ("salesorders", "if_match=etag)\n    except", "ifmatch=etag)\n    except", 'keyword argument "ifmatch"'),
    ("salesorders", "detail.message", "detail.massage", '"LNErrorDetail" has no attribute "massage"'),
    ("salesorders", "error.code", "error.kode", '"LNError" has no attribute "kode"'),
    ("salesorders", "ln_company=2200", "ln_compani=2200", 'Unexpected keyword argument "ln_compani"'),
    ("salesorders", "ln_company=3300", "ln_company=3.3", "incompatible type"),
    ("datalake", "", "", ""),
    ("datalake", "rows.row_count", "rows.rowcount", '"Rows" has no attribute "rowcount"'),
    ("datalake", "page_size=1000", 'page_size="all"', "incompatible type"),
    ("datalake", "error.query_id", "error.queryid", '"CompassError" has no attribute "queryid"'),
    ("datalake", 'row["CUNO"]', "row.cuno", 'has no attribute "cuno"'),
    ("warehouse", "", "", ""),
    ("warehouse", "shipment.carrier", "shipment.carier", 'has no attribute "carier"'),
    ("warehouse", 'content_language="sv-SE"', 'language="sv-SE"', 'keyword argument "language"'),
    ("warehouse", 'site_id="20"', 'siteid="20"', 'Unexpected keyword argument "siteid"'),
]
"""Package, what a session has, what is written for it, what mypy finds; nothing in the session as it is."""


def session(package: str) -> str:
    """The program of the page of this package."""
    page = (ROOT / "docs" / "dialects" / f"{PAGES[package]}.md").read_text("utf-8")
    (found,) = (block for block in BLOCK.findall(page) if f"from {package} import" in block)
    return found


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    warehouse = tmp_path_factory.mktemp("documents") / "warehouse.yaml"
    warehouse.write_text(WAREHOUSE, "utf-8")
    return {
        "salesorders": ROOT / "specs" / "salesorders.yaml",
        "datalake": ROOT / "specs" / "datalake.yaml",
        "warehouse": warehouse,
    }


@pytest.fixture(scope="module")
def clients(documents: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three clients, as a user generates them."""
    folder = tmp_path_factory.mktemp("clients")
    for package, source in documents.items():
        with pytest.raises(SystemExit) as done:
            main(["generate", str(source), "--package", package, "--output", str(folder)])
        assert 0 == done.value.code
    return folder


@pytest.mark.parametrize(
    ("package", "shows"),
    [
        ("salesorders", ["220000015 12.5", "somebody has changed it", "LN0404 Orders(O'Brien)", "330000026"]),
        ("datalake", ["CUNO 25 CUNM 25", "2500", "FAILED Only SELECT is understood"]),
        ("warehouse", ["S000001 Nordic Freight"]),
    ],
)
def test_a_session_runs(
    documents: dict[str, Path], clients: Path, tmp_path: Path, package: str, shows: list[str]
) -> None:
    """As it is printed, with the credentials of a sandbox under the name that it gives them."""
    with Sandbox([documents[package]]) as box:
        credentials = tmp_path / "acme.ionapi"
        credentials.write_text(box.ionapi_text(), "utf-8")
        credentials.chmod(0o600)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", session(package)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(clients)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (0, "") == (done.returncode, done.stderr)
    for line in shows:
        assert line in done.stdout


def test_the_sessions_are_typed(clients: Path, tmp_path: Path) -> None:
    """mypy accepts them, and finds each of these mistakes in them."""
    for number, (package, right, wrong, _) in enumerate(MISTAKES):
        text = session(package)
        assert right in text, right
        program = tmp_path / f"session_{number}.py"
        program.write_text(text.replace(right, wrong, 1) if right else text, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            f"--cache-dir={clients}/.cache",
            *sorted(tmp_path.glob("session_*.py")),
        ],
        env={"MYPYPATH": str(clients)},
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
