"""What docs/habits.md tells teams to do works: the hook, and code of one's own beside generated code."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml
from click.testing import CliRunner, Result

from ionapi_codegen.cli import main

Run: TypeAlias = Callable[..., Result]

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "habits.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)

USE = """
import httpx2
from orders import models

def answer(request):
    if request.url.path.endswith("/customers"):
        return httpx2.Response(200, json={"items": [{"customerId": "Y1", "name": "Nordic Boats"}]})
    return httpx2.Response(200, json={"customerId": "Y1", "name": "Nordic Boats"})

transport = httpx2.MockTransport(answer)
client = ChandlerClient(base_url="https://api.example", auth=None, transport=transport)
with client:
    print([customer.name for customer in Chandlery(client).active_customers()])
    print(client.customer_name("Y1"))
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("generate")` in a folder that makes the client of the sample document."""
    monkeypatch.chdir(tmp_path)
    Path("orders.yaml").write_bytes((ROOT / "specs" / "orders.yaml").read_bytes())
    Path("ionapi.toml").write_text('[packages.orders]\ndocuments = ["orders.yaml"]\noutput = "."\n')
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, arguments, catch_exceptions=False)


def test_wrapper_and_subclass(run: Run) -> None:
    """As they are printed: they run, and are typed."""
    assert 0 == run("generate").exit_code
    Path("shop.py").write_text("\n\n".join(BLOCKS), "utf-8")
    Path("use.py").write_text("from shop import ChandlerClient, Chandlery\n" + USE, "utf-8")
    used = subprocess.run([sys.executable, "use.py"], capture_output=True, text=True, timeout=60)
    assert ("['Nordic Boats']\nNordic Boats\n", "") == (used.stdout, used.stderr)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "shop.py"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert 0 == checked.returncode, checked.stdout


def test_files_of_ones_own_are_left_alone(run: Run) -> None:
    """Also where groups and models go, and when everything else is deleted."""
    run("generate")
    mine = [Path("orders/shop_extras.py"), Path("orders/groups/shop_extras.py"), Path("orders/notes/a.txt")]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", "utf-8")
    Path("orders.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Orders, version: '2'}\npaths: {}\n", "utf-8"
    )
    assert 0 == run("generate").exit_code
    assert not Path("orders/groups/customers.py").exists()
    assert ["mine"] * 3 == [path.read_text("utf-8") for path in mine]


def test_a_file_of_ones_own_is_never_overwritten(run: Run) -> None:
    """Even where a document begins to ask for its name."""
    Path("orders").mkdir()
    Path("orders/client.py").write_text("mine", "utf-8")
    result = run("generate")
    assert 1 == result.exit_code
    assert "did not write: client.py [output-foreign]\n  --> orders" in result.stderr
    assert "mine" == Path("orders/client.py").read_text("utf-8")


def test_the_hook(run: Run) -> None:
    """It is a command that passes where all is well, fails where it is not, and takes no file names."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = shlex.split(hook["entry"])
    assert ("ionapi", "python", False) == (program, hook["language"], hook["pass_filenames"])
    assert f"- id: {hook['id']}" in PAGE
    assert 1 == run(*arguments).exit_code
    run("generate")
    assert 0 == run(*arguments).exit_code
    with Path("orders/client.py").open("a") as file:
        file.write("# edited\n")
    assert 1 == run(*arguments).exit_code


def test_every_command_in_the_pages_exists() -> None:
    """Names and options of `ionapi` in the documentation are those of the program."""
    commands = {
        line
        for page in ("habits", "fetching", "templates", "overlays", "plugins")
        for line in re.findall(
            r"^(?:    |- run: |\s+- (?:run: )?)(ionapi [^#\n]+)",
            (ROOT / "docs" / f"{page}.md").read_text(),
            re.M,
        )
    }
    assert len(commands) > 5
    for line in commands:
        words = shlex.split(line.partition(">")[0])[1:]
        names = [word for word in words if not word.startswith("-")]
        result = CliRunner().invoke(main, [*names[:1], "--help"])
        assert 0 == result.exit_code, line
        assert all(word in result.output for word in words if word.startswith("--")), line
