"""Models of a large document, each in a module of its own, loaded on first use."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Generate

HIDING = ("object", "str", "getattr", "globals", "import_module", "AttributeError")


def test_no_model_hides_what_the_index_needs(generate: Generate) -> None:
    """A schema may be called as what the index of the models calls: all models load, and other names are errors."""
    schema = """
        {name}:
          type: object
          properties: {{{properties}}}
    """
    properties = ", ".join(f"p{number}: {{type: string}}" for number in range(60))
    names = [*HIDING, *(f"Filler{number}" for number in range(20))]
    client = generate(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:"
        + "".join(schema.format(name=name, properties=properties) for name in names).replace(
            "\n        ", "\n    "
        )
    )
    models = client.models
    assert len(names) == len(models.__all__) == len(models._MODULES)
    for name in models.__all__:
        assert models.__name__ + "." + models._MODULES[name] == getattr(models, name).__module__
    with pytest.raises(AttributeError, match="has no attribute 'Missing'"):
        _ = models.Missing


def test_no_module_hides_what_annotations_mean(generate: Generate) -> None:
    """A schema may be called as a type of Python's own: what names itself is read as before once its module is
    loaded."""
    properties = ", ".join(f"p{number}: {{type: string}}" for number in range(60))
    fillers = "".join(
        f"    {name}: {{type: object, properties: {{{properties}}}}}\n"
        for name in ("List", "Dict", *(f"Filler{number}" for number in range(20)))
    )
    client = generate(f"""
openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /tree:
    get:
      operationId: getTree
      responses: {{"200": {{description: "", content: {{application/json: {{schema: {{$ref: "#/components/schemas/Tree"}}}}}}}}}}
components:
  schemas:
{fillers}
    Tree:
      additionalProperties: {{type: array, items: {{$ref: "#/components/schemas/Tree"}}}}
""")
    assert ("list", "dict") == (client.models._MODULES["List"], client.models._MODULES["Dict"])
    assert client.models.List.__module__ == f"{client.models.__name__}.list"
    assert client.models.Dict.__module__ == f"{client.models.__name__}.dict"
    codecs = importlib.import_module(f"{client.__name__}._runtime.codecs")
    tree = {"a": [{"b": []}]}
    assert tree == codecs.codec("models.Tree", vars(client)).decode(tree)


def test_a_name_in_a_base_class_is_seen_by_linters(generate: Generate, tmp_path: Path) -> None:
    """`OpenModel["list[Part]"]` alone would not count as a use of `Part`, which another module defines."""
    properties = ", ".join(f"p{number}: {{type: string}}" for number in range(60))
    names = ("Part", *(f"Filler{number}" for number in range(20)))
    fillers = "".join(f"    {name}: {{type: object, properties: {{{properties}}}}}\n" for name in names)
    client = generate(f"""
openapi: 3.1.0
info: {{title: T, version: '1'}}
paths: {{}}
components:
  schemas:
{fillers}
    Boxes:
      type: object
      properties: {{count: {{type: integer}}}}
      additionalProperties: {{type: array, items: {{$ref: "#/components/schemas/Part"}}}}
""")
    text = Path(inspect.getfile(client.models.Boxes)).read_text("utf-8")
    assert '_BoxesValues: TypeAlias = "list[Part]"\n\n\nclass Boxes(OpenModel[_BoxesValues]):\n' in text
    (tmp_path / "boxes.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F", "boxes.py"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "All checks passed!\n" == checked.stdout
    boxes = client.models.Boxes.from_dict({"count": 1, "left": [{"p1": "a"}]})
    assert client.models.Part is type(boxes.extra["left"][0])
