"""The command, and a server with documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ionapi_codegen.cli import main
from tests_support.document_site import SECRETS, Site

Run = Callable[..., Result]


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> Run:
    """`run("fetch")` in an empty folder that holds acme.ionapi. No secret is ever in what is said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IONAPI_FILE", raising=False)
    Path("acme.ionapi").write_text(site.ionapi(), "utf-8")
    Path("acme.ionapi").chmod(0o600)
    runner = CliRunner()

    def invoke(*arguments: str) -> Result:
        result = runner.invoke(main, arguments, catch_exceptions=False)
        assert not any(secret in result.output for secret in SECRETS)
        return result

    return invoke
