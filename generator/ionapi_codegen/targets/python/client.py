"""The modules that operations stand in: the client, and one for each group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.model import Api, Operation, SchemaId
from ionapi_codegen.targets.base import OperationEntry
from ionapi_codegen.targets.python import docs
from ionapi_codegen.targets.python.groups import Group, grouped
from ionapi_codegen.targets.python.imports import CACHED_PROPERTY, Imports, Symbol
from ionapi_codegen.targets.python.operation_names import client_names, method_names, operation_key
from ionapi_codegen.targets.python.operations import Scene, entry, method
from ionapi_codegen.targets.python.text import docstring
from ionapi_codegen.targets.python.types import Speller, hidden_builtins
from ionapi_codegen.targets.python.views import GroupModule, GroupProperty, Method, Module

_MANY = 12
"""Operations without a group that the client's own module holds; more have a module of theirs."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a package while it is rendered: its names, and where its modules lie.

    `depth` is how many folders below the package its own folder is.
    """

    api: Api
    names: dict[SchemaId, str]
    recursive: frozenset[SchemaId]
    called: str
    depth: int
    pinned: Mapping[str, str]

    def scene(self, imports: Imports, models: str, hidden: frozenset[str] = frozenset()) -> Scene:
        """What operations of a module share; `models` is where it finds the models: `.` or `..`."""

        def refer(schema_id: SchemaId) -> str:
            return f"{imports.use(Symbol('models', models))}.{self.names[schema_id]}"

        return Scene(self.api, self.recursive, Speller(imports, refer, hidden))


@dataclass(frozen=True, slots=True)
class Surface:
    """All operations of a document, by the modules they stand in."""

    own: tuple[Method, ...]
    properties: tuple[GroupProperty, ...]
    modules: dict[str, GroupModule]
    entries: tuple[OperationEntry, ...]
    calls: tuple[tuple[Operation, str], ...]
    has_many: bool


def surface(document: Document, imports: Imports) -> Surface:
    """The operations of a document; `imports` are those of the module that its own operations go to."""
    groups = grouped(document.api)
    names = client_names(groups, document.pinned)
    own = next((group for group in groups if group.tag is None), None)
    many = own is not None and len(own.operations) > _MANY
    properties: list[GroupProperty] = []
    modules: dict[str, GroupModule] = {}
    entries: list[OperationEntry] = []
    methods: tuple[Method, ...] = ()
    if own is not None:
        below = Imports(document.depth) if many else imports
        scene = document.scene(below, ".", hidden_builtins(iter(names.operations.values())))
        methods = tuple(
            method(found, names.operations[operation_key(found)], scene) for found in own.operations
        )
        entries += [entry(found, names.operations[operation_key(found)], scene) for found in own.operations]
        if many:
            modules["operations"] = _many(document, methods, below)
    for group in groups:
        if group.tag is not None:
            name, cls = names.groups[group.tag], names.classes[group.tag]
            modules[f"groups/{name}"], found = _group(document, group, name, cls)
            entries += found
            doc = docstring(docs.paragraphs(group.docs) or [[f"{cls}."]], 8)
            properties.append(GroupProperty(name, f"{cls}[M]", cls, f".groups.{name}", doc))
            imports.check(Symbol(cls, f".groups.{name}"))
    if properties:
        imports.use(CACHED_PROPERTY)
    listed = [found for group in groups for found in group.operations]
    calls = tuple(zip(listed, (found.call for found in entries), strict=True))
    return Surface(() if many else methods, tuple(properties), modules, tuple(entries), calls, many)


def _group(document: Document, group: Group, name: str, cls: str) -> tuple[GroupModule, list[OperationEntry]]:
    names = method_names(group, document.pinned)
    imports = Imports(document.depth + 1)
    scene = document.scene(imports, "..", hidden_builtins(iter(names.values())))
    methods = tuple(method(found, names[operation_key(found)], scene) for found in group.operations)
    entries = [entry(found, f"{name}.{names[operation_key(found)]}", scene) for found in group.operations]
    return (
        _module(docstring([[f"The operations of the group {cls}."]], 0), cls, group, methods, imports),
        entries,
    )


def _many(document: Document, methods: tuple[Method, ...], imports: Imports) -> GroupModule:
    doc = docstring([[f"The operations of {document.called}."]], 0)
    group = Group(None, document.api.docs, ())
    return _module(doc, "Operations", group, methods, imports)


def _module(doc: str, cls: str, group: Group, methods: tuple[Method, ...], imports: Imports) -> GroupModule:
    imports.runtime("Group")
    imports.runtime("M")
    said = docstring(docs.paragraphs(group.docs) if group.tag is not None else [["What the API offers."]], 4)
    return GroupModule(Module(doc, imports.block(), imports.checking_block()), cls, said, methods)
