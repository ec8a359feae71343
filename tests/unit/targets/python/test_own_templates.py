"""Templates of a user's own: they replace ours by name, pass the same checks, and their mistakes have a
place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import black
import pytest
from click.testing import CliRunner, Result

from ionapi_codegen.cli import main
from ionapi_codegen.targets.python import contract
from ionapi_codegen.targets.python.templates import folder

Run: TypeAlias = Callable[..., Result]

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
"""
DOCS = Path(__file__).parents[4] / "docs" / "templates.md"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("generate")` in a folder with a package whose templates are in `templates`."""
    monkeypatch.chdir(tmp_path)
    Path("pets.yaml").write_text(DOCUMENT, "utf-8")
    Path("ionapi.toml").write_text('[packages.pets]\ndocuments = ["pets.yaml"]\ntemplates = "templates"\n')
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, arguments, catch_exceptions=False)


def write(templates: Mapping[str, str]) -> None:
    Path("templates").mkdir(exist_ok=True)
    for name, text in templates.items():
        (Path("templates") / name).write_text(text, "utf-8")


def ours(name: str) -> str:
    return (folder() / "python" / "package" / name).read_text("utf-8")


def test_a_template_replaces_ours(run: Run) -> None:
    """Its text comes out as black prints it; files of other templates are what they were."""
    write({})
    run("generate")
    before = {path: path.read_bytes() for path in Path("output").rglob("*.py")}
    write({"group.py.jinja": ours("group.py.jinja").replace("class {{", "TEAM  =  'payments'\n\nclass {{")})

    result = run("generate")
    assert 0 == result.exit_code, result.output
    text = Path("output/pets/groups/pets.py").read_text()
    assert 'TEAM = "payments"\n\n\nclass Pets' in text
    assert black.format_str(text, mode=black.Mode()) == text
    changed = {str(path) for path, content in before.items() if path.read_bytes() != content}
    assert {"output/pets/groups/pets.py"} == changed
    assert 0 == run("generate", "--check").exit_code


def test_a_part_replaces_ours_in_every_template_that_uses_it(run: Run) -> None:
    """And a template may use parts of its own."""
    write(
        {
            "_module.jinja": ours("_module.jinja").replace(
                "{{ header }}", "{{ header }}{% include '_mine.jinja' %}"
            ),
            "_mine.jinja": "\n# (c) ACME\n",
        }
    )
    result = run("generate")
    assert (0, False) == (result.exit_code, "warning" in result.output), result.output
    for name in ("client.py", "groups/pets.py", "models.py", "__init__.py"):
        assert "# (c) ACME\n" in Path("output/pets", name).read_text()


def test_changing_a_template_is_seen(run: Run) -> None:
    """--check compares with what the templates of now would make."""
    write({"plain.py.jinja": ours("plain.py.jinja")})
    run("generate")
    assert 0 == run("generate", "--check").exit_code
    write({"plain.py.jinja": ours("plain.py.jinja") + "X = 1\n"})
    assert 1 == run("generate", "--check").exit_code


@pytest.mark.parametrize(
    ("templates", "place", "message"),
    [
        ({"group.py.jinja": "a\n{% if %}"}, "group.py.jinja:2:1", "this is no template: Expected an expression"),
        ({"group.py.jinja": "a = 1\n\n{{ view.nam }}"}, "group.py.jinja:3:1", "has no attribute 'nam'"),
        ({"group.py.jinja": "{{ 1 / 0 }}"}, "group.py.jinja:1:1", "ZeroDivisionError"),
        ({"group.py.jinja": "\n{% include 'no.jinja' %}"}, "group.py.jinja:2:1", "there is no template 'no.jinja'"),
        ({"_class.jinja": "{% macro method(x) %}{{ x.no }}{% endmacro %}"}, "_class.jinja:1:1", "has no attribute"),
        ({"group.py.jinja": "def ("}, "group.py.jinja", "groups/pets.py is not Python: invalid syntax"),
        ({"group.py.jinja": "a = 1\nopen('x')"}, "group.py.jinja", "groups/pets.py, line 2: unexpected call of open"),
        ({"group.py.jinja": "for x in []: print(x)"}, "group.py.jinja", "line 1: unexpected For"),
    ],
)  # fmt: skip
def test_mistakes(run: Run, templates: Mapping[str, str], place: str, message: str) -> None:
    """One message with file and, where it is known, line; exit code 1, and nothing is written."""
    write(templates)
    result = run("generate")
    assert 1 == result.exit_code
    assert f"--> templates/{place}\n" in result.stderr
    assert message in result.stderr
    assert not Path("output").exists()


def test_a_folder_that_is_not_there(run: Run) -> None:
    result = run("generate")
    assert 1 == result.exit_code
    assert "the folder of templates cannot be read: no such file" in result.stderr


def test_templates_of_no_use(run: Run) -> None:
    """A name that replaces nothing, and one that was written for other fields, are warnings."""
    write(
        {
            "grop.py.jinja": "",
            "plain.py.jinja": "{# ionapi-codegen: view contract 99 #}\n" + ours("plain.py.jinja"),
        }
    )
    result = run("generate")
    assert 0 == result.exit_code
    assert "help: did you mean group.py.jinja?" in result.stderr
    assert "was written for view contract 99; this is" in result.stderr


def test_copy(run: Run) -> None:
    """It goes where the configuration says, is not overwritten, and makes the same text."""
    run("generate", "pets.yaml")
    before = Path("output/pets/groups/pets.py").read_bytes()
    assert "templates/group.py.jinja written\n" == run("templates", "copy", "group.py.jinja").output
    assert 0 == run("generate").exit_code
    assert before == Path("output/pets/groups/pets.py").read_bytes()
    again = run("templates", "copy", "group.py.jinja")
    assert (1, True) == (again.exit_code, "group.py.jinja exists" in again.stderr)
    assert 0 == run("templates", "copy", "group.py.jinja", "--force").exit_code
    elsewhere = run("templates", "copy", "_class.jinja", "--to", "mine")
    assert 'name the folder in ionapi.toml: templates = "mine"' in elsewhere.output
    assert 2 == run("templates", "copy", "nothing").exit_code
    assert ours("_class.jinja") == run("templates", "show", "_class.jinja").output


def test_the_listing_is_the_contract(run: Run, request: pytest.FixtureRequest) -> None:
    """docs/templates.md shows what the command prints. Where this fails: `pytest --update`, and raise
    `contract.VERSION` if a field or template is gone or means something else."""
    listing = run("templates").output
    assert contract.listing() == listing
    text = DOCS.read_text("utf-8")
    block = re.compile(r"(```text\n)View contract.*?(```\n)", re.DOTALL)
    if request.config.getoption("--update"):
        text = block.sub(lambda found: f"{found[1]}{listing}{found[2]}", text)
        DOCS.write_text(text, "utf-8")
    assert [listing] == [found[0][len("```text\n") : -len("```\n")] for found in block.finditer(text)]


def test_every_template_is_in_the_contract() -> None:
    """None can be replaced unseen."""
    names = {path.name for path in (folder() / "python" / "package").glob("*.jinja")}
    assert names == {*contract.TEMPLATES, *contract.PARTS}
