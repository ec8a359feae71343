"""What an OpenAPI Overlay says: its actions in their order, each checked before the first is applied.

https://spec.openapis.org/overlay: versions 1.0 and 1.1, which adds `copy` and what is no object or array.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.spec.parse import parse
from ionapi_codegen.spec.source import MOST_BYTES, SourceFile, read
from ionapi_codegen.spec.syntax import quoted

_READ = re.compile(r"1\.([01])\.\d+")
_FIELDS = ("overlay", "info", "extends", "actions")
_OF_ACTION = ("target", "description", "update", "remove", "copy")
_INFO = "add info: {title: …, version: …}, which every overlay has"


@dataclass(frozen=True, slots=True)
class Update:
    """Merges a value into what the target selects, or appends it there. `pointer` is the action's place."""

    pointer: str
    target: str
    value: object


@dataclass(frozen=True, slots=True)
class Copy:
    """As `Update`, with a value that is found in the document."""

    pointer: str
    target: str
    source: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes what the target selects out of the object or array around it."""

    pointer: str
    target: str


Action: TypeAlias = Update | Copy | Remove


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """`extends` is the document that the overlay says it was written for. `is_1_0` is whether only objects
    and arrays can be selected, and arrays grow by one element an action."""

    source: SourceFile
    is_1_0: bool
    extends: str | None
    actions: tuple[Action, ...]

    def place(self, pointer: str) -> Place:
        return Place(self.source.name, pointer)

    def is_for(self, document: str) -> bool:
        """Whether it may change a document, given by its path or address: it names that one, or none."""
        if self.extends is None:
            return True
        wanted = unquote(self.extends.partition("#")[0])
        if "://" in document or "://" in wanted:
            return wanted.partition("?")[0] == document
        return os.path.realpath(Path(self.source.name).parent / wanted) == os.path.realpath(document)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of an overlay in one document. `unmatched` are the pointers of the actions whose target
    selects nothing there."""

    name: str
    sha256: str
    unmatched: tuple[str, ...]


def read_overlay(path: Path, diagnostics: Diagnostics) -> Overlay:
    """The overlay in a file of JSON or YAML. `Stopped`, with one error at its place, where it is none."""
    source = read(path, str(path), MOST_BYTES, diagnostics)
    if source.holds_secrets:
        raise diagnostics.stop(
            "overlay-secret",
            "this is an .ionapi file, and no overlay",
            Place(source.name),
            "name the overlay",
        )
    return _Reader(source, diagnostics).overlay(parse(source, diagnostics))


@dataclass(frozen=True, slots=True)
class _Reader:
    source: SourceFile
    diagnostics: Diagnostics

    def overlay(self, value: object) -> Overlay:
        if not isinstance(value, dict) or "overlay" not in value:
            hint = "an overlay is an object with `overlay: 1.0.0` at its top"
            if isinstance(value, dict) and ("openapi" in value or "swagger" in value):
                hint = "this is a document of its own: name it under documents"
            raise self._wrong("", "this is no overlay", hint)
        version = value["overlay"]
        found = _READ.fullmatch(version) if isinstance(version, str) else None
        if found is None:
            message = f"version {quoted(str(version))} of the Overlay Specification is not read"
            raise self._wrong("/overlay", message, "1.0.0 and 1.1.0 are, in quotes or not")
        self._known(value, _FIELDS, "")
        info = value.get("info")
        if not isinstance(info, dict) or not all(
            isinstance(info.get(key), str) for key in ("title", "version")
        ):
            raise self._wrong("/info", "the overlay has no info with a title and a version, as texts", _INFO)
        extends = value.get("extends")
        if not (extends is None or isinstance(extends, str)):
            raise self._wrong("/extends", "extends must be a text", "write the document's file or address")
        actions = value.get("actions")
        if not isinstance(actions, list) or not actions:
            hint = "add actions: a list of {target: …, update: …}"
            raise self._wrong("/actions", "the overlay has no list of actions", hint)
        is_1_0 = found.group(1) == "0"
        return Overlay(self.source, is_1_0, extends, tuple(self._actions(actions, is_1_0)))

    def _actions(self, actions: list[object], is_1_0: bool) -> Iterator[Action]:
        for index, action in enumerate(actions):
            pointer = f"/actions/{index}"
            if not isinstance(action, dict):
                raise self._wrong(pointer, "an action is an object", "write {target: …, update: …}")
            yield self._action(action, pointer, is_1_0)

    def _action(self, action: Mapping[str, object], pointer: str, is_1_0: bool) -> Action:
        self._known(action, _OF_ACTION[:-1] if is_1_0 else _OF_ACTION, pointer)
        target = action.get("target")
        if not isinstance(target, str):
            message = "the action has no target"
            raise self._wrong(f"{pointer}/target", message, 'add target: "$.paths…", a JSONPath in quotes')
        remove = action.get("remove", False)
        if not isinstance(remove, bool):
            raise self._wrong(f"{pointer}/remove", "remove is true or false", "write remove: true")
        if remove:
            if target.strip() == "$":
                message = "the whole document cannot be removed"
                raise self._wrong(f"{pointer}/target", message, "select what is inside: $.paths…")
            return Remove(pointer, target)
        if "update" in action and "copy" in action:
            message = "update and copy in one action have no effect"
            raise self._wrong(f"{pointer}/copy", message, "write an action for each")
        if "update" in action:
            return Update(pointer, target, action["update"])
        source = action.get("copy")
        if isinstance(source, str):
            return Copy(pointer, target, source)
        if source is not None:
            raise self._wrong(f"{pointer}/copy", "copy is a JSONPath", 'write copy: "$.paths…"')
        raise self._wrong(pointer, "the action does nothing", "add update: … or remove: true")

    def _known(self, value: Mapping[str, object], known: tuple[str, ...], pointer: str) -> None:
        for key in value:
            if key not in known and not key.startswith("x-"):
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                raise self._wrong(f"{pointer}/{key}", f"an overlay has no {quoted(key)} here", hint)

    def _wrong(self, pointer: str, message: str, help: str) -> Stopped:
        place = Place(self.source.name, pointer) if pointer else Place(self.source.name, "", 1, 1)
        return self.diagnostics.stop("overlay-invalid", message, place, help)
