"""Many documents, read by several processes: the same client, and the same messages, as one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_codegen import pipeline, understanding
from ionapi_codegen.config import PackageSettings
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.targets.registry import find

DOCUMENT = """
openapi: 3.1.0
info: {{title: "Part {number}", version: "1"}}
paths:
  /parts{number}:
    get:
      operationId: getParts
      parameters: [{{name: page, in: query, schema: {{type: integer}}}}]
      responses: {{"200": {{description: "", content: {{application/json: {{schema: {{enum: []}}}}}}}}}}
"""


class Silent:
    """Shows no progress."""

    def plan(self, steps: int) -> None:
        """Nothing to show."""

    def step(self, what: str) -> None:
        """Nothing to show."""


def made(folder: Path, output: Path) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The files of a package of every document in a folder, and what was said about them."""
    diagnostics = Diagnostics()
    settings = PackageSettings(name="parts", documents=(str(folder),), output=output)
    pipeline.generate(pipeline.Job((settings,)), find("python"), diagnostics, Silent())
    files = {
        str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*.*") if path.is_file()
    }
    said = [(each.code, each.place.file if each.place else "") for each in diagnostics.sorted()]
    return files, [each for each in said if not each[0].startswith("validation")]


def test_many_documents_give_what_few_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever process has read a document."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(6):
        (folder / f"part{number}.yaml").write_text(DOCUMENT.format(number=number))
    expected = made(folder, tmp_path / "one")
    monkeypatch.setattr(pipeline, "MANY", 2)
    assert expected == made(folder, tmp_path / "several")
    assert understanding.MANY > 2
    assert any(name.startswith("parts/part_5/") for name in expected[0])
