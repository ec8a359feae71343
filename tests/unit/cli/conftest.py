"""The command as its user runs it, with a target that writes one small file a document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen.cli import main
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.targets import registry
from ionapi_codegen.targets.base import OperationEntry, Options, Package, Rendered

Run = Callable[..., Result]

ORDERS = """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
paths:
  /orders:
    get:
      operationId: listOrders
      responses: {"200": {description: ok}}
"""

IONAPI = {
    "ti": "ACME_TST",
    "ci": "ACME_TST~client",
    "cs": "secret-of-the-client",
    "iu": "https://gateway.example.com",
    "pu": "https://login.example.com:443/ACME_TST/as/",
    "ot": "token.oauth2",
    "or": "revoke_token.oauth2",
    "saak": "ACME_TST#key",
    "sask": "secret-of-the-account",
}


class OneFileEach:
    """A target that shows what it was given."""

    name = "python"

    def render(self, package: Package, options: Options, diagnostics: Diagnostics) -> Rendered:
        files = {
            f"{one.name}.py": "".join(
                f"{each.method} {each.path.raw}\n" for each in one.api.operations
            ).encode()
            + f"gateway path {one.api.gateway_path.raw if one.api.gateway_path else None}\n".encode()
            for one in package.apis
        }
        files["__init__.py"] = f"{package.gateway}\n{sorted(options.pinned.items())}\n".encode()
        operations = tuple(
            OperationEntry(
                each.id.raw if each.id else None, each.method, each.path.raw, "call", {}, None, "read"
            )
            for one in package.apis
            for each in one.api.operations
        )
        return Rendered(files, operations)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("generate", "orders.yaml")` in an empty folder that holds orders.yaml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "find", lambda name: OneFileEach())
    Path("orders.yaml").write_text(ORDERS, "utf-8")
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def acme(run: Run) -> str:
    """A file of credentials in the folder."""
    Path("acme.ionapi").write_text(json.dumps(IONAPI), "utf-8")
    return "acme.ionapi"
