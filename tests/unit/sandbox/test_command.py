"""`ionapi sandbox` says where it listens, writes credentials that only their owner reads, and ends with
Ctrl-C."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen.cli import sandbox

DOCUMENT = """\
openapi: 3.1.0
info: {title: Orders, version: '1'}
servers: [{url: https://api.example/orders/v1}]
paths:
  /orders:
    get: {responses: {"200": {description: OK}}}
"""


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sandbox, "_wait", interrupt)
    path = tmp_path / "orders.yaml"
    path.write_text(DOCUMENT, "utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        sandbox.command, [str(argument) for argument in arguments], catch_exceptions=False
    )


def test_it_says_what_it_serves_where(document: Path) -> None:
    """Address, tenant, and each document with its path and size."""
    result = run(document, "--port", "0")
    assert 0 == result.exit_code
    assert "ION API sandbox for the tenant SANDBOX_TST at http://127.0.0.1:" in result.output
    assert "/SANDBOX_TST/orders/v1  Orders, 1 operation\n" in result.output
    assert result.output.endswith("stopped\n")


def test_credentials(document: Path, tmp_path: Path) -> None:
    """The file leads to the sandbox, is its owner's alone, and may be written again."""
    target = tmp_path / "box.ionapi"
    for _ in range(2):
        assert 0 == run(document, "--port", "0", "--write-ionapi", target).exit_code
    content = json.loads(target.read_text("utf-8"))
    assert content["iu"].startswith("http://127.0.0.1:")
    assert 0o600 == target.stat().st_mode & 0o777
    assert ["box.ionapi", "orders.yaml"] == sorted(path.name for path in tmp_path.iterdir())


def test_real_credentials_are_not_replaced(document: Path, tmp_path: Path) -> None:
    """A file that no sandbox wrote is left alone, with one message."""
    target = tmp_path / "acme.ionapi"
    target.write_text('{"ti": "ACME_PRD"}')
    result = run(document, "--port", "0", "--write-ionapi", target)
    assert 1 == result.exit_code
    assert f"Error: {target}: the file is not a sandbox's, and is left alone\n" in result.output
    assert '{"ti": "ACME_PRD"}' == target.read_text()


def test_a_bad_document(tmp_path: Path, document: Path) -> None:
    """The document's error is shown, and nothing is served."""
    document.write_text("openapi: 9.9", "utf-8")
    result = run(document, "--port", "0")
    assert 1 == result.exit_code
    assert "error:" in result.output
    assert "Traceback" not in result.output


def test_a_port_that_is_taken(document: Path) -> None:
    """One message that names the port."""
    from ionapi_codegen.sandbox.server import Sandbox

    with Sandbox([]) as box:
        port = box.url.rpartition(":")[2]
        result = run(document, "--port", port)
    assert 1 == result.exit_code
    assert f"Error: port {port} of 127.0.0.1: Address already in use" in result.output
