"""How many operations a document has, counted without the generator: paths times methods."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import yaml

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_MOST_REFERENCES = 50


class _Loader(yaml.CSafeLoader):
    """Every scalar is a text, so that no date and no `on` is misread; merge keys are merged."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":merge")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def operations(file: Path) -> set[tuple[str, str]]:
    """The (method, path) of every operation, methods in upper case.

    OpenAPI 3.0 has `trace` besides the methods of 2.0, 3.2 has `query` and `additionalOperations`.

    Raises:
        ValueError: the file is no document.
        OSError: a reference leads to a file that is not there.
    """
    root = _load(file)
    if not isinstance(root, dict):
        raise ValueError("no object")
    methods = _methods(str(root.get("openapi", root.get("swagger", ""))))
    found: set[tuple[str, str]] = set()
    for path, (item, where) in _members(root.get("paths"), file):
        if not path.startswith("/"):
            continue
        for key, (operation, _) in _members(item, where):
            if key in methods and isinstance(operation, dict):
                found.add((key.upper(), path))
            elif key == "additionalOperations" and "query" in methods:
                found.update((str(method), path) for method, _ in _members(operation, where))
    return found


def _methods(version: str) -> frozenset[str]:
    if version.startswith("2"):
        return frozenset(_METHODS)
    if version.startswith(("3.0", "3.1")):
        return frozenset((*_METHODS, "trace"))
    return frozenset((*_METHODS, "trace", "query"))


def _members(value: object, file: Path) -> Iterator[tuple[str, tuple[object, Path]]]:
    """The members of an object, those behind its `$ref` too, each with the file it stands in."""
    found: dict[str, tuple[object, Path]] = {}
    for _ in range(_MOST_REFERENCES):
        if not isinstance(value, dict):
            break
        found = {**{str(key): (member, file) for key, member in value.items() if key != "$ref"}, **found}
        reference = value.get("$ref")
        if not isinstance(reference, str):
            break
        value, file = _followed(reference, file)
    yield from found.items()


def _followed(reference: str, file: Path) -> tuple[object, Path]:
    name, _, pointer = reference.partition("#")
    if name:
        file = file.parent / unquote(name)
    value = _load(file)
    for step in pointer.rstrip("/").split("/")[1:]:  # `file.yaml#/` is often written for the whole file
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None, file
    return value, file


_LOADED: dict[Path, object] = {}


def _load(file: Path) -> object:
    if file not in _LOADED:
        text = file.read_text("utf-8-sig")
        try:
            _LOADED[file] = json.loads(text)
        except ValueError:
            try:
                _LOADED[file] = yaml.load(text, _Loader)
            except yaml.YAMLError as error:
                raise ValueError(str(error)) from error
    return _LOADED[file]
