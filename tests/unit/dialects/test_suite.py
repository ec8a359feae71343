"""Where behind the gateway an API is when its user says so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ionapi_codegen.cli import main

ROOT = Path(__file__).parents[3]


def generated(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        main(["generate", *arguments])
    return int(done.value.code or 0)


def placed(folder: Path, base: str, *options: str) -> str:
    """The path below the tenant that the client of a program at this base path has."""
    document: dict[str, Any] = json.loads((ROOT / "specs" / "crs610mi.json").read_text("utf-8"))
    spec = folder / "crs610mi.json"
    spec.write_text(json.dumps({**document, "basePath": base}), "utf-8")
    assert 0 == generated(str(spec), "--output", str(folder / "out"), *options)
    text = (folder / "out" / "crs610mi" / "client.py").read_text("utf-8")
    found = re.search(r'gateway_path="(.*)"', text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("base", "suite", "expected"),
    [
        ("/ACME_DEV/M3/m3api-rest/v2/execute/CRS610MI", None, "M3"),
        ("/m3api-rest/v2/execute/CRS610MI", None, "M3"),
        ("/ACME_DEV/M3BE/m3api-rest/v2/execute/CRS610MI", None, "M3BE"),
        ("/ACME_DEV/M3/m3api-rest/v2/execute/CRS610MI", "M3BE", "M3BE"),
        ("/m3api-rest/v2/execute/CRS610MI", "M3BE", "M3BE"),
    ],
)
def test_the_suite_of_a_program(tmp_path: Path, base: str, suite: str | None, expected: str) -> None:
    """What the document says, else the usual one; what the user says wins."""
    options = ("--suite", suite) if suite else ()
    assert f"{expected}/m3api-rest/v2/execute/CRS610MI" == placed(tmp_path, base, *options)


def test_any_api_in_a_suite(tmp_path: Path) -> None:
    """A document that does not look like Infor's is behind the gateway then."""
    assert "CUSTOM/services/v1" == placed(tmp_path, "/services/v1", "--suite", "CUSTOM", "--dialect", "none")
    assert "CUSTOM/services" == placed(
        tmp_path, "/ACME_DEV/services", "--suite", "CUSTOM", "--dialect", "none"
    )


def test_the_suite_may_stand_in_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no part of an address is refused, in the file as on the command line."""
    monkeypatch.chdir(tmp_path)
    spec = (ROOT / "specs" / "crs610mi.json").as_posix()
    Path("ionapi.toml").write_text(f'[packages.m3]\ndocuments = ["{spec}"]\nsuite = "M3BE"\n', "utf-8")
    assert 0 == generated()
    assert "M3BE/m3api-rest" in Path("output/m3/client.py").read_text("utf-8")
    Path("ionapi.toml").write_text(f'[packages.m3]\ndocuments = ["{spec}"]\nsuite = "M3/x"\n', "utf-8")
    assert 1 == generated()
    assert 2 == generated(spec, "--suite", "a b")
    said = capsys.readouterr().err
    assert "'M3/x' is no suite" in said and "ionapi.toml:3" in said
    assert "'a b' is no part of an address" in said
