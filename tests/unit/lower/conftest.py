"""Fragments of documents, lowered."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import Ref, Schema
from ionapi_codegen.lower.document import lower
from ionapi_codegen.spec.document import LoadOptions, load_bytes

NAME = "api.yaml"


class Lowered(NamedTuple):
    """The model of a fragment, and what was found wrong with it."""

    api: Api
    diagnostics: Diagnostics

    def schema(self, name: str) -> Schema:
        """The component of that name, or what stands at that pointer below the components."""
        return self.api.schemas[f"{NAME}#/components/schemas/{name}"]

    def codes(self) -> list[str]:
        return [found.code for found in self.diagnostics.sorted()]


LowerYaml: TypeAlias = Callable[[str], Lowered]


@pytest.fixture
def lower_yaml() -> LowerYaml:
    """Lowers a document; the first lines (`openapi`, `info`) may be left out, and then mean 3.1."""

    def lowered(text: str) -> Lowered:
        text = textwrap.dedent(text)
        if not text.lstrip().startswith(("openapi:", "swagger:")):
            text = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\n" + text
        diagnostics = Diagnostics()
        document = load_bytes(NAME, text.encode(), LoadOptions(), diagnostics)
        return Lowered(lower(document, diagnostics), diagnostics)

    return lowered


@pytest.fixture
def lower_schemas(lower_yaml: LowerYaml) -> LowerYaml:
    """Lowers a document of nothing but the given component schemas."""

    def lowered(text: str) -> Lowered:
        return lower_yaml("components:\n  schemas:\n" + textwrap.indent(textwrap.dedent(text), "    "))

    return lowered


@pytest.fixture
def ref() -> Callable[[str], Ref]:
    """The reference to a component, or to what stands at that pointer below the components."""
    return lambda name: Ref(f"{NAME}#/components/schemas/{name}")
