"""Operations are counted as OpenAPI defines them, by other means than the generator's."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from corpus.counting import operations


def count(folder: Path, text: str, **others: str) -> set[tuple[str, str]]:
    for name, content in others.items():
        (folder / f"{name}.yaml").write_text(dedent(content), "utf-8")
    file = folder / "document.yaml"
    file.write_text(dedent(text), "utf-8")
    return operations(file)


@pytest.mark.parametrize(
    ("version", "methods"),
    [
        ("swagger: '2.0'", {"GET"}),
        ("openapi: 3.0.3", {"GET", "TRACE"}),
        ("openapi: 3.1.0", {"GET", "TRACE"}),
        ("openapi: 3.2.0", {"GET", "TRACE", "QUERY", "COPY"}),
    ],
)
def test_methods_depend_on_the_version(version: str, methods: set[str], tmp_path: Path) -> None:
    """`trace` came with 3.0, `query` and `additionalOperations` with 3.2; extensions are none."""
    text = f"""
        {version}
        paths:
          /a: {{get: {{}}, trace: {{}}, query: {{}}, x-get: {{}}, additionalOperations: {{COPY: {{}}}}}}
          x-b: {{get: {{}}}}
    """
    assert {(method, "/a") for method in methods} == count(tmp_path, text)


def test_path_items_behind_references_count(tmp_path: Path) -> None:
    """In the document and in other files; what stands beside a `$ref` counts, too."""
    found = count(
        tmp_path,
        """
        openapi: 3.1.0
        paths:
          /a: {$ref: '#/components/pathItems/A', put: {}}
          /b: {$ref: 'items.yaml#/~1b'}
        components:
          pathItems:
            A: {get: {}}
        """,
        items="/b: {post: {}}",
    )
    assert {("GET", "/a"), ("PUT", "/a"), ("POST", "/b")} == found
