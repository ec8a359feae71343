"""What many tests need: a client made from a fragment of a document, and a server that notes what it gets."""

from __future__ import annotations

import importlib
import itertools
import sys
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main
from tests_support.recorder import Recorder

_NUMBERS = itertools.count(1)

Generate = Callable[..., ModuleType]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected files of tests/cases anew")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What runs remember of earlier ones is not the user's, and forgotten with the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def generate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generate]:
    """`generate(document, *options)`: the client made from a YAML or JSON text, imported.

    Each client has a package name of its own, so that a test may hold several.
    """
    made: list[str] = []
    folder = tmp_path_factory.mktemp("generated")
    output = folder / "clients"
    sys.path.insert(0, str(output))

    def make(document: str, *options: str) -> ModuleType:
        name = f"client_{next(_NUMBERS)}"
        source = folder / f"{name}.yaml"
        source.write_text(textwrap.dedent(document), "utf-8")
        arguments = ["generate", str(source), "--output", str(output), "--package", name, *options]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        made.append(name)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield make
    sys.path.remove(str(output))
    for loaded in list(sys.modules):
        if loaded.partition(".")[0] in made:
            del sys.modules[loaded]


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    """An HTTP server on loopback that keeps the bytes of every request and answers as it is told."""
    with Recorder() as server:
        yield server
