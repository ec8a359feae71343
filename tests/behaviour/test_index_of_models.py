"""Models of a large document, each in a module of its own, loaded on first use."""

from __future__ import annotations

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
