"""Documents written out in tests, loaded."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.spec.document import LoadOptions, SpecDocument, load, load_bytes
from ionapi_codegen.spec.node import Node


def below(node: Node, *path: str) -> Node:
    """The node that keys and indexes lead to from another."""
    for step in path:
        inner = node.get(step) if isinstance(node.value, dict) else list(node.elements())[int(step)]
        assert inner is not None, f"{step} is not below {node.pointer}"
        node = inner
    return node


class Loaded(NamedTuple):
    """A document, and what was found wrong with it so far."""

    document: SpecDocument
    diagnostics: Diagnostics

    def at(self, *path: str) -> Node:
        """The node that keys and indexes lead to in the upgraded tree."""
        return below(self.document.root, *path)

    def resolved(self, *path: str) -> Node:
        """What the references at a place lead to."""
        found = self.document.resolve(self.at(*path), self.diagnostics)
        assert found is not None, self.diagnostics.sorted()
        return found

    def schema(self, name: str) -> Node:
        """The component of that name."""
        return self.at("components", "schemas", name)

    def found(self) -> list[tuple[str, str | None]]:
        """Code and pointer of each diagnostic."""
        return [(each.code, each.place.pointer if each.place else None) for each in self.diagnostics.sorted()]


Loader: TypeAlias = Callable[[str], Loaded]
Refusal: TypeAlias = Callable[[str | bytes], str]
FolderLoader: TypeAlias = Callable[[dict[str, str]], Loaded]


@pytest.fixture
def loaded() -> Loader:
    """Loads the text of a document."""

    def load_text(text: str) -> Loaded:
        diagnostics = Diagnostics()
        content = textwrap.dedent(text).encode()
        return Loaded(load_bytes("api.yaml", content, LoadOptions(), diagnostics), diagnostics)

    return load_text


@pytest.fixture
def refusal() -> Refusal:
    """What is said of a text that cannot be read: `code line:column message`, or `code message` of a whole file."""

    def refuse(text: str | bytes) -> str:
        diagnostics = Diagnostics()
        content = text if isinstance(text, bytes) else textwrap.dedent(text).encode()
        with pytest.raises(Stopped):
            load_bytes("api.json", content, LoadOptions(most_bytes=100_000), diagnostics)
        (found,) = diagnostics.sorted()
        assert found.place is not None
        spot = f" {found.place.line}:{found.place.column}" if found.place.line is not None else ""
        return f"{found.code}{spot} {found.message}"

    return refuse


@pytest.fixture
def loaded_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderLoader:
    """Loads `api/api.yaml` of some files; the working directory is the folder above `api`."""

    def load_files(files: dict[str, str]) -> Loaded:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), "utf-8")
        monkeypatch.chdir(tmp_path)
        diagnostics = Diagnostics()
        return Loaded(load(Path("api/api.yaml"), LoadOptions(), diagnostics), diagnostics)

    return load_files
