"""What `ionapi.toml` says, every key checked, every mistake with its line."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from ionapi_codegen import naming
from ionapi_codegen.config import DEFAULT_OUTPUT, PYPROJECT, Config, PackageSettings, is_url
from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.dialects.registry import CHOICES

_PACKAGE_KEYS = ("documents", "ionapi", "output", "dialect", "templates", "names")

_Keys: TypeAlias = tuple[str, ...]


def read(file: Path, diagnostics: Diagnostics) -> Config:
    """The settings in a file. Everything wrong in it is reported at once, with line and column; then
    `Stopped`."""
    shown = _from_here(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        tree: dict[str, object] = tomllib.loads(text)
    except OSError as failure:
        raise diagnostics.stop(
            "config-unreadable", f"the configuration cannot be read: {failure.strerror}", Place(shown)
        ) from None
    except UnicodeDecodeError:
        raise diagnostics.stop(
            "config-syntax", "the configuration is not UTF-8 text", Place(shown), "save it as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as failure:
        message, place = _syntax_error(str(failure), shown)
        raise diagnostics.stop("config-syntax", message, place) from None
    prefix: _Keys = ()
    if file.name == PYPROJECT:
        prefix = ("tool", "ionapi-codegen")
        for key in prefix:
            child = tree.get(key)
            tree = child if isinstance(child, dict) else {}
    reader = _Reader(text, shown, file.parent, diagnostics)
    packages = reader.packages(tree, prefix)
    if reader.mistakes:
        raise Stopped
    return Config(file, packages)


class _Reader:
    """Turns the tree of one file into settings, and says of each wrong key where it stands."""

    def __init__(self, text: str, shown: str, folder: Path, diagnostics: Diagnostics) -> None:
        self.text = text
        self.shown = shown
        self.folder = folder
        self.diagnostics = diagnostics
        self.mistakes = 0

    def packages(self, tree: Mapping[str, object], prefix: _Keys) -> tuple[PackageSettings, ...]:
        self._known(tree, ("packages",), prefix)
        tables = self._table(tree.get("packages"), (*prefix, "packages"))
        found = [self._package(name, value, (*prefix, "packages", name)) for name, value in tables.items()]
        if not self.mistakes and not tables:
            self._refuse(
                prefix, "the configuration names no package", "add [packages.NAME] with documents = […]"
            )
        return tuple(found)

    def _package(self, name: str, value: object, at: _Keys) -> PackageSettings:
        before = self.mistakes
        if complaint := naming.objection(name):
            self._refuse(at, f"the package name {name!r} {complaint}")
        table = self._table(value, at)
        self._known(table, _PACKAGE_KEYS, at)
        documents = self._texts(table.get("documents"), (*at, "documents"))
        if not documents and self.mistakes == before:
            self._refuse(at, f"package {name} names no document", 'add documents = ["specs/FILE"]')
        dialect = self._text(table, "dialect", at) or "auto"
        if dialect not in CHOICES:
            self._refuse((*at, "dialect"), f"there is no dialect {dialect!r}", f"one of {', '.join(CHOICES)}")
        names = self._table(table.get("names", {}), (*at, "names"))
        return PackageSettings(
            name=name,
            documents=tuple(text if is_url(text) else self._path(text) for text in documents),
            ionapi=self._optional_path(table, "ionapi", at),
            output=self._optional_path(table, "output", at) or Path(self._path(str(DEFAULT_OUTPUT))),
            dialect=dialect,
            names={key: self._text(names, key, (*at, "names")) or "" for key in names},
            templates=self._optional_path(table, "templates", at),
        )

    def _path(self, text: str) -> str:
        return _from_here(self.folder / text)

    def _optional_path(self, table: Mapping[str, object], key: str, at: _Keys) -> Path | None:
        text = self._text(table, key, at)
        return Path(self._path(text)) if text else None

    def _text(self, table: Mapping[str, object], key: str, at: _Keys) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        self._refuse((*at, key), f"{key} must be a text in quotes")
        return None

    def _texts(self, value: object, at: _Keys) -> tuple[str, ...]:
        match value:
            case None:
                return ()
            case list() if all(isinstance(item, str) and item for item in value):
                return tuple(value)
            case _:
                self._refuse(at, f"{at[-1]} must be a list of texts", f'write {at[-1]} = ["…"]')
                return ()

    def _table(self, value: object, at: _Keys) -> dict[str, object]:
        if value is None or isinstance(value, dict):
            return value or {}
        self._refuse(at, f"{at[-1]} must be a table")
        return {}

    def _known(self, table: Mapping[str, object], known: tuple[str, ...], at: _Keys) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                self._refuse((*at, key), f"unknown key {key!r}", hint)

    def _refuse(self, at: _Keys, message: str, help: str | None = None) -> None:
        self.mistakes += 1
        line, column = _position(self.text, at)
        self.diagnostics.error("config-key", message, Place(self.shown, "", line, column), help)


def _from_here(path: Path) -> str:
    """As short as the current directory allows: relative below it, as it stands elsewhere."""
    here = Path.cwd()
    absolute = Path(os.path.normpath(here / path))
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)


def _syntax_error(message: str, shown: str) -> tuple[str, Place]:
    found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message, re.DOTALL)
    if found is None:
        return f"the configuration is not TOML: {message}", Place(shown)
    sentence, line, column = found.groups()
    return f"the configuration is not TOML: {sentence}", Place(shown, "", int(line), int(column))


def _position(text: str, keys: _Keys) -> tuple[int, int]:
    """Line and column of a key, or of the nearest table around it that has a line of its own."""
    best, place = 0, (1, 1)
    table: _Keys = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            table = _dotted(header[1])
            full, column = table, line.index("[") + 1
        elif entry := re.match(
            r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""", line
        ):
            full, column = table + _dotted(entry[1]), len(line) - len(line.lstrip()) + 1
        else:
            continue
        depth = len(full) if full == keys[: len(full)] else len(keys) if full[: len(keys)] == keys else 0
        if depth > best:
            best, place = depth, (number, column)
    return place


def _dotted(key: str) -> _Keys:
    return tuple(part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", key))
