"""A document as later stages see it: one tree of OpenAPI 3.1's shape, and where its references lead."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.library import Files
from ionapi_codegen.spec.node import Node
from ionapi_codegen.spec.parse import parse
from ionapi_codegen.spec.refs import Ends, Found, follow, follow_to_end, reference
from ionapi_codegen.spec.resources import has_bases
from ionapi_codegen.spec.shape import Dangling, Origin, Role, Tree
from ionapi_codegen.spec.source import MOST_BYTES, SourceFile, decode, read
from ionapi_codegen.spec.version import read_version

_CORRECT = "correct the reference, or add what it names"


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """`folder` is the one that references may not leave: the document's own, or the given one above it."""

    folder: Path | None = None
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True, eq=False)
class SpecDocument:
    """`version` is as the document writes it: 2.0, 3.0.3, 3.1.0."""

    root: Node
    version: str
    _files: Files
    _targets: dict[tuple[Tree, str, Role | None], Found | Dangling] = field(default_factory=dict)
    _ends: Ends = field(default_factory=dict)
    _lacked: set[tuple[Tree, str]] = field(default_factory=set)

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """Every file read until now, the document itself first; others are read when a reference is
        followed."""
        first, *others = (tree.source for tree in self._files.trees.values())
        return (first, *sorted(others, key=lambda source: source.name))

    @property
    def contents(self) -> Mapping[str, object]:
        """The value of every file read until now, as it was written, by its path as seen from the
        document's folder (POSIX, relative); the document itself first."""
        folder = PurePath(self.sources[0].name).parent
        trees = {tree.source: tree for tree in self._files.trees.values()}
        return {
            PurePath(os.path.relpath(source.name, folder)).as_posix(): trees[source].value
            for source in self.sources
        }

    @property
    def unread(self) -> tuple[Path, ...]:
        """The files that references name and that could not be read."""
        return self._files.unread

    def close(self) -> None:
        """Lets go of the files, once nothing is resolved any more: they and their trees refer to each other,
        and would stay in memory."""
        self._files.trees.clear()

    def resolve(self, node: Node, diagnostics: Diagnostics) -> Node | None:
        """The node at the end of the references that begin at this one; the node itself where it is none.

        None where one of them leads nowhere, which is an error at the reference then: `ref-not-found`,
        `ref-outside`, `ref-remote`, `ref-secret`; or in the circle (`ref-cycle`) or file that it leads to.
        """
        found: Node | None = node
        while found is not None and reference(found.value) is not None:
            found = self.target(found, diagnostics)
        return found

    def target(self, node: Node, diagnostics: Diagnostics) -> Node | None:
        """What the `$ref` of this node names: one step, so that a component keeps its name. Siblings of the
        `$ref` are members of the node. None, and an error as in `resolve`, where it leads nowhere or in a
        circle; None for a node that is no reference.

        A component that the document lacks is the empty schema for what refers to it as (part of) the schema
        of a property, with a warning: the operation is known but for what that property holds."""
        written = reference(node.value)
        if written is None:
            return None
        found = self._found(node, written)
        if isinstance(found, Dangling):
            if found.lacking is not None and found.place is None and node.describes_property:
                return self._lacking(node, found, found.lacking, diagnostics)
            if not found.reported:
                place = found.place or _of_reference(node)
                diagnostics.error(found.code, found.message, place, found.help or _CORRECT)
            return None
        return Node(found.value, found.tree, found.role, Origin(found.pointer))

    def _lacking(self, node: Node, found: Dangling, pointer: str, diagnostics: Diagnostics) -> Node:
        if (node.tree, pointer) not in self._lacked:
            self._lacked.add((node.tree, pointer))
            message = f"{found.message}; properties of that type are read and sent as they are"
            diagnostics.warning("schema-missing", message, _of_reference(node), found.help)
        return Node({}, node.tree, node.role, Origin(pointer))

    def _found(self, node: Node, written: str) -> Found | Dangling:
        key = node.tree, written, node.role
        known = self._targets.get(key)
        if known is None:
            try:
                known = _within_role(follow(node, written), node)
                follow_to_end(node, written, self._ends)
            except Dangling as failure:
                known = failure
            if not has_bases(node.tree):  # else it depends on the place what a reference is relative to
                self._targets[key] = known
        return known


def load(path: Path, options: LoadOptions, diagnostics: Diagnostics) -> SpecDocument:
    """Reads the document at the path. `Stopped` where it cannot be read or is no OpenAPI document."""
    source = read(path, str(path), options.most_bytes, diagnostics)
    real = path.resolve()
    folder = options.folder.resolve() if options.folder is not None else real.parent
    return _document(source, real, Files(folder, options.most_bytes, diagnostics), diagnostics)


def load_bytes(name: str, content: bytes, options: LoadOptions, diagnostics: Diagnostics) -> SpecDocument:
    """Reads a document that did not come from a folder; it can refer to itself only. `Stopped` as in
    `load`."""
    source = decode(name, content, options.most_bytes, diagnostics)
    return _document(source, None, Files(None, options.most_bytes, diagnostics), diagnostics)


def _document(source: SourceFile, path: Path | None, files: Files, diagnostics: Diagnostics) -> SpecDocument:
    value, version = read_version(parse(source, diagnostics), source, diagnostics)
    tree = files.add_root(source, value, version, path)
    return SpecDocument(Node(value, tree, version.role), version.text, files)


def _within_role(found: Found, node: Node) -> Found:
    """The value is what the referring place expects. Another document has a version of its own, which says
    what its parts are."""
    own = found.tree is not node.tree and found.tree.role is not None and found.role is not None
    return found if own or node.role is None else Found(found.tree, found.pointer, found.value, node.role)


def _of_reference(node: Node) -> Place:
    keyword = "$ref" if isinstance(node.value, dict) and "$ref" in node.value else "$dynamicRef"
    return Place(node.file.name, f"{node.pointer}/{keyword}")
