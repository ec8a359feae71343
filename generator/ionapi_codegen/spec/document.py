"""A document as later stages see it: one tree of OpenAPI 3.1's shape, and where its references lead."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.dynamic import bound_at, dynamic_target, open_anchor, scope_inside
from ionapi_codegen.spec.library import Files
from ionapi_codegen.spec.node import Node
from ionapi_codegen.spec.overlay import Applied, read_overlay
from ionapi_codegen.spec.overlay_origins import Patched
from ionapi_codegen.spec.parse import parse
from ionapi_codegen.spec.pointers import escape
from ionapi_codegen.spec.refs import Ends, Found, follow, follow_to_end, reference
from ionapi_codegen.spec.resources import has_bases
from ionapi_codegen.spec.shape import Dangling, Origin, Role, Tree
from ionapi_codegen.spec.source import MOST_BYTES, SourceFile, decode, read
from ionapi_codegen.spec.version import read_version

_CORRECT = "correct the reference, or add what it names"


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """`folder` is the one that references may not leave: the document's own, or the given one above it.
    `overlays` change the document, in their order. `is_one_of_several` is whether others are read with them,
    so that an overlay which names the document that it was written for is left to that one."""

    folder: Path | None = None
    overlays: tuple[Path, ...] = ()
    is_one_of_several: bool = False
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True, eq=False)
class SpecDocument:
    """`version` is as the document writes it: 2.0, 3.0.3, 3.1.0. `overlays` are those that were applied."""

    root: Node
    version: str
    _files: Files
    overlays: tuple[Applied, ...] = ()
    _targets: dict[tuple[Tree, str, Role | None], Found | Dangling] = field(default_factory=dict)
    _nodes: dict[tuple[Tree, str, Role | None], Node] = field(default_factory=dict)
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
        """The value of every file read until now, as it was written or patched, by its path as seen from the
        document's folder (POSIX, relative); the document itself first."""
        folder = PurePath(self.sources[0].name).parent
        trees = {tree.source: tree for tree in self._files.trees.values()}
        return {
            PurePath(os.path.relpath(source.name, folder)).as_posix(): trees[source].value
            for source in self.sources
        }

    @property
    def address(self) -> str:
        """Where the document says that the API is: the URL of its first server, empty where there is none."""
        match self.root.value:
            case {"servers": [{"url": str(url)}, *_]}:
                return url
            case _:
                return ""

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
        if node.scope is None and not node.tree.has_names:
            return self._plain_target(node, written, diagnostics)
        bound = bound_at(node)
        outer = dynamic_target(node.value, bound) if bound else None
        if outer is None and (name := open_anchor(node, node.value)) is not None:
            return Node({}, node.tree, node.role, Origin(f"/$defs/{escape(name)}"))
        found = self._found(node, written) if outer is None else _within_role(outer, node)
        if isinstance(found, Dangling):
            return self._instead(node, found, diagnostics)
        scope = scope_inside(found, bound)
        return Node(found.value, found.tree, found.role, Origin(found.pointer), scope=scope)

    def _plain_target(self, node: Node, written: str, diagnostics: Diagnostics) -> Node | None:
        """The same in a file that gives nothing a name: a reference means the same wherever it stands."""
        key = node.tree, written, node.role
        target = self._nodes.get(key)
        if target is None:
            found = self._found(node, written)
            if isinstance(found, Dangling):
                return self._instead(node, found, diagnostics)
            target = Node(found.value, found.tree, found.role, Origin(found.pointer))
            if key in self._targets:
                self._nodes[key] = target
        return target

    def _instead(self, node: Node, found: Dangling, diagnostics: Diagnostics) -> Node | None:
        if found.lacking is not None and found.place is None and node.describes_property:
            return self._lacking(node, found, found.lacking, diagnostics)
        if not found.reported:
            place = found.place or _of_reference(node)
            diagnostics.error(found.code, found.message, place, found.help or _CORRECT)
        return None

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
            depends = has_bases(node.tree) or (isinstance(known, Found) and known.is_local)
            if not depends:  # on the place what the reference is relative to
                self._targets[key] = known
        return known


def load(path: Path, options: LoadOptions, diagnostics: Diagnostics) -> SpecDocument:
    """Reads the document at the path. `Stopped` where it cannot be read or is no OpenAPI document."""
    source = read(path, str(path), options.most_bytes, diagnostics)
    real = path.resolve()
    folder = options.folder.resolve() if options.folder is not None else real.parent
    return _document(source, real, Files(folder, options.most_bytes, diagnostics), options, diagnostics)


def load_bytes(name: str, content: bytes, options: LoadOptions, diagnostics: Diagnostics) -> SpecDocument:
    """Reads a document that did not come from a folder; it can refer to itself only. `Stopped` as in
    `load`."""
    source = decode(name, content, options.most_bytes, diagnostics)
    return _document(source, None, Files(None, options.most_bytes, diagnostics), options, diagnostics)


def _document(
    source: SourceFile, path: Path | None, files: Files, options: LoadOptions, diagnostics: Diagnostics
) -> SpecDocument:
    written = parse(source, diagnostics)
    patched = Patched(written, source) if options.overlays else None
    applied = tuple(_overlaid(patched, source, options, diagnostics)) if patched is not None else ()
    value, version = read_version(written if patched is None else patched.value, source, diagnostics)
    tree = files.add_root(source, value, version, path, patched if applied else None)
    return SpecDocument(Node(value, tree, version.role), version.text, files, applied)


def _overlaid(
    patched: Patched, source: SourceFile, options: LoadOptions, diagnostics: Diagnostics
) -> Iterator[Applied]:
    """Applies overlays, one after another."""
    from ionapi_codegen.spec.overlay_actions import apply

    for path in options.overlays:
        overlay = read_overlay(path, diagnostics)
        if not options.is_one_of_several or overlay.is_for(source.name):
            yield apply(overlay, patched, diagnostics)


def _within_role(found: Found, node: Node) -> Found:
    """The value is what the referring place expects. Another document has a version of its own, which says
    what its parts are."""
    own = found.tree is not node.tree and found.tree.role is not None and found.role is not None
    return found if own or node.role is None else replace(found, role=node.role)


def _of_reference(node: Node) -> Place:
    keyword = "$ref" if isinstance(node.value, dict) and "$ref" in node.value else "$dynamicRef"
    return node.tree.place(f"{node.pointer}/{keyword}")
