"""The same input gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SPECS = Path(__file__).parent.parent / "specs"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def generated(output: Path, seed: str, *documents: str) -> dict[str, bytes]:
    """What a run in a process with this hash seed writes."""
    command = [sys.executable, "-m", "ionapi_codegen", "generate", *documents, "--package", "all"]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run(
        [*command, "--output", str(output)],
        cwd=SPECS,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return files(output)


def test_neither_hash_seed_nor_order_of_arguments_shows(tmp_path: Path) -> None:
    """Sets and dictionaries are sorted before they become text, documents by their name in the package."""
    first = generated(tmp_path / "first", "1", "orders.yaml", "ido.json", "crs610mi.json")
    second = generated(tmp_path / "second", "2", "crs610mi.json", "orders.yaml", "ido.json")
    assert first.keys() == second.keys()
    assert [] == [name for name in first if first[name] != second[name]]


_RIVALS = """\
openapi: 3.1.0
info: {title: Rivals, version: "1"}
servers: [{url: https://rivals.example}]
paths:
  /it:
    get:
      operationId: getIt
      responses:
        "200":
          description: It.
          content:
            application/json:
              schema:
                type: object
                properties:
                  first: {$ref: "#/components/schemas/order-line"}
                  second: {$ref: "#/components/schemas/order_line"}
                  third: {$ref: "#/components/schemas/orderLine"}
components:
  schemas:
    order-line: {type: object, properties: {a: {type: string}}}
    order_line: {type: object, properties: {b: {type: string}}}
    orderLine: {type: object, properties: {c: {type: string}}}
"""


def test_the_folder_of_a_document_does_not_show(tmp_path: Path) -> None:
    """Three schemas want one class name: what tells them apart is of the document. The manifest names its
    file."""
    texts: list[dict[str, bytes]] = []
    for folder in ("specs", "other/place", "a"):
        document = tmp_path / folder / "rivals.yaml"
        document.parent.mkdir(parents=True)
        document.write_text(_RIVALS, "utf-8")
        output = tmp_path / f"output-{len(texts)}"
        found = generated(output, "1", str(document))
        texts.append({name: text for name, text in found.items() if not name.endswith(".json")})
    assert texts[0] == texts[1] == texts[2]
    assert b"class OrderLine(" in texts[0]["all/models.py"]
