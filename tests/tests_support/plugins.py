"""Plug-ins as pip would leave them: the example of the documentation, and any other."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ionapi_codegen import plugins

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "plugins"


def install(folder: Path, name: str, groups: dict[str, dict[str, str]]) -> None:
    """Leaves what pip would: the metadata of a package with its entry points."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = []
    for group, entries in groups.items():
        lines += [f"[{group}]", *(f"{key} = {value}" for key, value in entries.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def install_example(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example can be imported and named for as long as the patch lasts."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    install(folder, "acme_ionapi", project["entry-points"])
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.syspath_prepend(str(folder))
    plugins.load.cache_clear()
