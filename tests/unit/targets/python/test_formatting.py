"""black over text whose layout may not be its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Operation, Server
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import NamedApi, Options, Package
from ionapi_codegen.targets.python import formatting
from ionapi_codegen.targets.python.formatting import formatted
from ionapi_codegen.targets.python.target import PythonTarget

MODULES = {"b.py": "x = {'a':1}\n", "a.py": "x = 1\n"}
PRINTED = {"b.py": 'x = {"a": 1}\n', "a.py": "x = 1\n"}


def refuse(texts: Sequence[str]) -> list[str]:
    assert [] == list(texts), "black was asked"
    return []


def test_as_black_prints_it() -> None:
    """With its default settings, whatever the current directory says; in the same order."""
    assert list(PRINTED.items()) == list(formatted(MODULES, None).items())


def test_much_text_is_printed_in_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """And comes back in order."""
    monkeypatch.setattr(formatting, "_MUCH", 0)
    monkeypatch.setattr(formatting, "_PORTION", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert PRINTED == formatted(MODULES, None)


def test_what_was_printed_once_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its text, whatever it was called; a new text is printed."""
    assert PRINTED == formatted(MODULES, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(formatting, "_print", refuse)
        assert {"other.py": PRINTED["b.py"]} == formatted({"other.py": MODULES["b.py"]}, tmp_path)
    assert {"b.py": "x = 2\n"} == formatted({"b.py": "x=2\n"}, tmp_path)


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    """Nothing is remembered then."""
    (tmp_path / "cache").write_text("a file")
    assert PRINTED == formatted(MODULES, tmp_path / "cache")


def test_all_modules_pass_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of our own templates, too, which come out as they were; the runtime is what it is."""
    seen: list[str] = []

    def watch(texts: Sequence[str]) -> list[str]:
        seen.extend(texts)
        return list(texts)

    monkeypatch.setattr(formatting, "_print", watch)
    operation = Operation("GET", Text("/a"), tags=(Text("things"),))
    api = Api(Text("Shop"), Text("1"), (operation,), {}, servers=(Server(Text("https://shop.example")),))
    package = Package("shop", (NamedApi("shop", api),), None)
    own = PythonTarget().render(package, Options({}, None, "1"), Diagnostics()).files
    assert [] == seen
    every = PythonTarget().render(package, Options({}, None, "1", format_all=True), Diagnostics()).files
    assert own == every
    modules = [name for name in own if name.endswith(".py") and not name.startswith("_runtime/")]
    assert sorted(own[name].decode() for name in modules) == sorted(seen)
