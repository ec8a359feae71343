"""A team vendors a client; one day the document changes and would break them. From the first command to a green
build, with git, as they would do it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen import validation
from ionapi_codegen.cli import main
from ionapi_codegen.spec.validate_process import Worker
from ionapi_codegen.spec.validate_worker import Outcome

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: 1.4.0}
paths:
  /orders:
    get:
      tags: [orders]
      operationId: listOrders
      parameters:
        - {name: customer, in: query, schema: {type: string}}
      responses:
        "200":
          description: The orders.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Order"}}}}
components:
  schemas:
    Order:
      type: object
      properties:
        number: {type: string}
"""
STRICTER = DOCUMENT.replace("1.4.0", "1.5.0").replace("in: query,", "in: query, required: true,")

OVERLAY = """\
overlay: 1.0.0
info: {title: The vendor's server still answers without a customer, version: 1.0.0}
actions:
  - target: $.paths['/orders'].get.parameters[?@.name == 'customer']
    update: {required: false}
"""

CODE = """\
import httpx2

from clients.shop import Client


def answer(request):
    return httpx2.Response(200, json=[{"number": "1"}])


with Client(base_url="http://shop.example", auth=None, transport=httpx2.MockTransport(answer)) as client:
    print([order.number for order in client.orders.list_orders()])
"""

CONFIGURATION = """\
[packages.shop]
documents = ["specs/shop.yaml"]
output = "clients"
"""


def ionapi(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def git(*arguments: str) -> str:
    identity = ["-c", "user.name=Team", "-c", "user.email=team@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def commit(message: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def code_runs() -> bool:
    """Whether the team's own program still works with the client in the repository."""
    done = subprocess.run(
        [sys.executable, "-B", "use_shop.py"],
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout == "['1']\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with the generated client and a program that uses it, committed in the morning."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(validation, "question", lambda *arguments: Outcome(()))
    monkeypatch.setattr(Worker, "start", lambda worker: None)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    Path("specs").mkdir()
    Path("specs/shop.yaml").write_text(DOCUMENT, "utf-8")
    Path("use_shop.py").write_text(CODE, "utf-8")
    git("init", "--quiet")
    assert 0 == ionapi("init", "specs/shop.yaml", "--output", "clients").exit_code
    assert CONFIGURATION == Path("ionapi.toml").read_text("utf-8")
    assert 0 == ionapi("generate").exit_code
    assert code_runs()
    commit("The client of the shop")
    assert 0 == ionapi("generate", "--check").exit_code
    Path("specs/shop.yaml").write_text(STRICTER, "utf-8")  # what the vendor sends at noon


def test_the_build_fails_with_a_report_that_can_be_read() -> None:
    """It says what breaks, for whom, and what to do; and nothing has been written."""
    result = ionapi("generate", "--check", "--fail-on", "breaking")
    assert 1 == result.exit_code
    assert "breaking: orders.list_orders: " in result.stdout
    assert "required" in result.stdout
    assert "not up to date: run `ionapi generate` with the same arguments" in result.stdout
    assert " M specs/shop.yaml\n" == git("status", "--porcelain")


def test_nothing_is_written_before_somebody_has_decided() -> None:
    result = ionapi("generate", "--fail-on", "breaking")
    assert 1 == result.exit_code
    assert "nothing was written" in result.stderr
    assert " M specs/shop.yaml\n" == git("status", "--porcelain")
    assert code_runs()


def test_the_team_mends_its_code() -> None:
    """The new client is taken, the program breaks where it was said to, and is put right."""
    result = ionapi("generate")
    assert 0 == result.exit_code
    assert "breaking: orders.list_orders: " in result.stdout
    assert not code_runs()
    Path("use_shop.py").write_text(CODE.replace("list_orders()", 'list_orders(customer="Y30000")'), "utf-8")
    assert code_runs()

    changed = {line[3:] for line in git("status", "--porcelain", "--untracked-files=all").splitlines()}
    assert changed == {
        "specs/shop.yaml",
        "use_shop.py",
        "clients/shop/.ionapi-codegen.json",
        "clients/shop/CHANGELOG.md",
        "clients/shop/README.md",  # the first call of this API, which has an argument now
        "clients/shop/__init__.py",
        "clients/shop/client.py",  # the document's version, which calls tell the server
        "clients/shop/groups/orders.py",
    }
    changelog = Path("clients/shop/CHANGELOG.md").read_text("utf-8")
    assert (
        "## 1.4.0 → 1.5.0\n\nProposed version: 2.0.0\n\n### Breaking\n\n- `orders.list_orders`: " in changelog
    )

    commit("Orders are listed by customer")
    assert 0 == ionapi("generate", "--check", "--fail-on", "breaking").exit_code
    assert "" == git("status", "--porcelain")


def test_the_team_corrects_the_document() -> None:
    """The server is not as strict as its document: an overlay says so, and nobody's code changes."""
    Path("specs/corrections.yaml").write_text(OVERLAY, "utf-8")
    Path("ionapi.toml").write_text(CONFIGURATION + 'overlays = ["specs/corrections.yaml"]\n', "utf-8")
    result = ionapi("generate", "--fail-on", "breaking")
    assert 0 == result.exit_code, result.output
    assert code_runs()

    changed = {line[3:] for line in git("status", "--porcelain", "--untracked-files=all").splitlines()}
    assert {"clients/shop/.ionapi-codegen.json", "clients/shop/client.py"} == {
        path for path in changed if path.startswith("clients/")
    }
    commit("The document is stricter than the server")
    assert 0 == ionapi("generate", "--check", "--fail-on", "breaking").exit_code


def test_notes_by_hand_outlive_the_next_change() -> None:
    ionapi("generate")
    changelog = Path("clients/shop/CHANGELOG.md")
    noted = changelog.read_text("utf-8").replace(
        "Proposed version: 2.0.0", "Proposed version: 3.0.0\n\nAsk Ada."
    )
    changelog.write_text(noted, "utf-8")
    assert 0 == ionapi("generate", "--check").exit_code

    Path("specs/shop.yaml").write_text(STRICTER + "        note: {type: string}\n", "utf-8")
    assert 0 == ionapi("generate").exit_code
    text = changelog.read_text("utf-8")
    before, _, after = text.partition("## 1.5.0 → 1.5.0\n\nProposed version: 3.1.0\n")
    assert noted == before + after[after.index("## 1.4.0") :]
