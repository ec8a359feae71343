"""The files of one document, opened as references name them: below one folder, never from the network."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.spec.overlay_origins import Patched
from ionapi_codegen.spec.parse import parse
from ionapi_codegen.spec.refs import closest
from ionapi_codegen.spec.shape import Dangling, Tree
from ionapi_codegen.spec.source import SourceFile, read
from ionapi_codegen.spec.syntax import quoted
from ionapi_codegen.spec.version import Version, role_of

_URL = re.compile(r"([a-z][a-z0-9+.-]+):|//", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[/\\]|[a-z]:", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Files:
    """Reads each file once. `folder` is the boundary that no reference may leave, links followed; None: the
    document came from elsewhere than the disk and has no other files."""

    folder: Path | None
    most_bytes: int
    diagnostics: Diagnostics
    trees: dict[Path | None, Tree] = field(default_factory=dict)
    _failed: dict[Path, Dangling] = field(default_factory=dict)

    @property
    def unread(self) -> tuple[Path, ...]:
        """What could not be opened."""
        return tuple(self._failed)

    def add_root(
        self,
        source: SourceFile,
        value: dict[str, object],
        version: Version,
        path: Path | None,
        patched: Patched | None = None,
    ) -> Tree:
        tree = Tree(source, value, path, version.role, value, self, self.diagnostics, patched)
        self.trees[path] = tree
        return tree

    def open(self, path: str, seen_from: Tree) -> Tree:
        """The file at a relative URI reference. Raises Dangling for what is not below the folder, not
        there, or cannot be read; why it cannot is a diagnostic of that file then."""
        target = self._target(path, seen_from)
        if target in self._failed:
            raise self._failed[target]
        if target not in self.trees:
            try:
                self.trees[target] = self._read(target, path, seen_from)
            except Dangling as failure:
                self._failed[target] = failure
                raise
        return self.trees[target]

    def _target(self, path: str, seen_from: Tree) -> Path:
        url = _URL.match(path)
        if url is not None and (url.group(1) or "").lower() != "file":
            raise Dangling(
                "ref-remote",
                f"{quoted(path)} is an address; references are not fetched from the network",
                "save that document beside this one and refer to the file",
            )
        if url is not None or _ABSOLUTE.match(path):
            raise Dangling(
                "ref-outside", f"{quoted(path)} is an absolute path", "refer to the file by a relative path"
            )
        if self.folder is None or seen_from.path is None:
            raise Dangling(
                "ref-outside",
                f"{quoted(path)} is another file, and a document that was not read from a folder has none",
                "download the document with the files that belong to it, and give its path",
            )
        try:
            target = (seen_from.path.parent / unquote(path)).resolve()
        except (OSError, RuntimeError, ValueError):
            raise Dangling("ref-not-found", f"{quoted(path)} is no name of a file") from None
        if target.suffix.lower() == ".ionapi":
            raise _secret(path)
        if not target.is_relative_to(self.folder):
            raise Dangling(
                "ref-outside",
                f"{quoted(path)} leads out of the folder of the document",
                "move the file below that folder, or name the folder above both, with a file ENTRY in it "
                "that names the document",
            )
        return target

    def _read(self, target: Path, path: str, seen_from: Tree) -> Tree:
        if not _is_there(target):
            similar = closest(target.name, _names(target.parent))
            meant = _meant(path, similar) if similar else None
            raise Dangling("ref-not-found", f"there is no file {quoted(path)}", meant)
        name = os.path.normpath(Path(seen_from.source.name).parent / unquote(path))
        try:
            source = read(target, name, self.most_bytes, self.diagnostics)
            value = parse(source, self.diagnostics)
        except Stopped:
            raise Dangling("file-unreadable", f"{quoted(path)} cannot be read", reported=True) from None
        if source.holds_secrets:
            raise _secret(path)
        role = role_of(value)
        head = value if role is not None and isinstance(value, dict) else seen_from.head
        return Tree(source, value, target, role, head, self, self.diagnostics)


def _is_there(target: Path) -> bool:
    """Whether this is a file. One that nobody may look at counts: reading it says what is wrong."""
    try:
        return target.is_file()
    except PermissionError:
        return True
    except OSError:
        return False


def _secret(path: str) -> Dangling:
    return Dangling(
        "ref-secret",
        f"{quoted(path)} is an .ionapi file, and no part of a document: it holds secrets",
        "remove the reference",
    )


def _meant(path: str, similar: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return f"did you mean {quoted(folder + slash + quote(similar))}?"


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from sorted(each.name for each in folder.iterdir() if each.is_file())
    except OSError:
        return
