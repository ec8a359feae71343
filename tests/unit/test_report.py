"""How findings look on a terminal and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from ionapi_codegen import report
from ionapi_codegen.diagnostics import Diagnostics, Place

DOCUMENT = """\
openapi: 3.1.0
paths:
  /orders:
    get:
      operationId: listOrders
"""


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("orders.yaml").write_text(DOCUMENT)


def text(diagnostics: Diagnostics, verbose: bool = False) -> str:
    return click.unstyle(report.as_text(diagnostics.sorted(), verbose))


def test_a_finding_shows_its_place_the_lines_around_it_and_what_to_do() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("odd", "this is odd", Place("orders.yaml", "/paths/~1orders/get"), "make it even")

    assert text(diagnostics) == (
        "error: this is odd [odd]\n"
        "  --> orders.yaml:4:5\n"
        "  |\n"
        "3 |   /orders:\n"
        "4 |     get:\n"
        "  |     ^\n"
        "5 |       operationId: listOrders\n"
        "help: make it even"
    )


def test_a_position_in_text_that_could_not_be_parsed_is_shown_as_well() -> None:
    Path("bad.json").write_text('{\n\t"a": ]\n}')
    diagnostics = Diagnostics()
    diagnostics.error("json", "no value", Place("bad.json", line=2, column=7))

    assert text(diagnostics) == (
        'error: no value [json]\n  --> bad.json:2:7\n  |\n1 | {\n2 |  "a": ]\n  |       ^\n3 | }'
    )


def test_a_long_line_is_cut_around_the_place() -> None:
    Path("long.json").write_text("{" + " " * 5000 + '"here": ]' + " " * 5000 + "}")
    diagnostics = Diagnostics()
    diagnostics.error("json", "no value", Place("long.json", line=1, column=5002))

    lines = text(diagnostics).splitlines()

    assert max(map(len, lines)) < 120
    assert lines[3][lines[4].index("^") :].startswith('"here"')


@pytest.mark.parametrize("name", ["acme.ionapi", "credentials.json"])
def test_lines_of_a_file_with_secrets_are_not_shown(name: str) -> None:
    """An .ionapi file may be one line, and may have been given in the place of a document."""
    Path(name).write_text('{"ti": "",\n"CS": "hunter2"}')
    diagnostics = Diagnostics()
    diagnostics.error("odd", "ti is empty", Place(name, line=1, column=2))

    assert text(diagnostics) == f"error: ti is empty [odd]\n  --> {name}:1:2"


def test_lines_at_a_secret_place_are_not_shown() -> None:
    """What was given as an .ionapi file may be anything: a secret without a key, YAML."""
    Path("secret.txt").write_text("hunter2\n")
    diagnostics = Diagnostics()
    diagnostics.error("odd", "no JSON", Place("secret.txt", line=1, column=1, secret=True))

    assert text(diagnostics) == "error: no JSON [odd]\n  --> secret.txt:1:1"


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    Path("orders.yaml").write_text("a: 1\nb: '\u202eevil\x1b[31m'\n", "utf-8")
    diagnostics = Diagnostics()
    diagnostics.warning("odd", "odd \x1b[2J name", Place("orders.yaml", "/b"))
    diagnostics.warning("odd", "more\r", Place("evil\x07.yaml"))

    shown = text(diagnostics)

    assert all(char.isprintable() or char == "\n" for char in shown)


def test_a_file_that_is_not_there_is_named_with_the_pointer() -> None:
    diagnostics = Diagnostics()
    diagnostics.notice("odd", "this is odd", Place("https://example.com/a.json", "/info"))
    assert text(diagnostics) == "notice: this is odd [odd]\n  --> https://example.com/a.json#/info"


def test_findings_that_are_alike_are_capped_unless_all_are_wanted() -> None:
    diagnostics = Diagnostics()
    for number in range(42):
        diagnostics.warning("odd", f"number {number}", Place("elsewhere.yaml", f"/{number}"))

    assert text(diagnostics).count("[odd]\n") == 5
    assert text(diagnostics).endswith("… and 37 more like this [odd]; -v shows all of them")
    assert text(diagnostics, verbose=True).count("[odd]\n") == 42


def test_json_has_every_finding_with_its_position() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("odd", "this is odd", Place("orders.yaml", "/paths/~1orders/get"), "make it even")
    diagnostics.notice("general", "all is well")

    assert json.loads(report.as_json(diagnostics.sorted())) == [
        {
            "severity": "error",
            "code": "odd",
            "message": "this is odd",
            "file": "orders.yaml",
            "pointer": "/paths/~1orders/get",
            "line": 4,
            "column": 5,
            "help": "make it even",
        },
        {
            "severity": "notice",
            "code": "general",
            "message": "all is well",
            "file": None,
            "pointer": None,
            "line": None,
            "column": None,
            "help": None,
        },
    ]
