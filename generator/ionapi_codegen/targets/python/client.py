"""The modules that operations stand in: the client, and one for each group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import SchemaId
from ionapi_codegen.targets.base import OperationEntry
from ionapi_codegen.targets.python import docs, layout, transactions
from ionapi_codegen.targets.python.facts import Facts
from ionapi_codegen.targets.python.groups import Group, grouped
from ionapi_codegen.targets.python.imports import CACHED_PROPERTY, Imports, Symbol, statement
from ionapi_codegen.targets.python.operation_names import (
    client_names,
    method_names,
    operation_key,
    stream_key,
)
from ionapi_codegen.targets.python.operations import Scene, declare, declare_stream
from ionapi_codegen.targets.python.scopes import GROUPS, GROUPS_BESIDE_QUERIES
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
    facts: Facts
    called: str
    depth: int
    pinned: Mapping[str, str]

    def scene(self, imports: Imports, models: str, hidden: frozenset[str] = frozenset()) -> Scene:
        """What operations of a module share; `models` is where it finds the models: `.` or `..`."""

        def refer(schema_id: SchemaId) -> str:
            return f"{imports.use(Symbol('models', models))}.{self.names[schema_id]}"

        return Scene(
            self.api, self.facts.recursive, Speller(imports, refer, hidden, quoted=self.facts.aliases)
        )


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
    scope = GROUPS if document.api.queries is None else GROUPS_BESIDE_QUERIES
    names = client_names(groups, document.pinned, scope)
    many = any(group.tag is None and len(group.operations) > _MANY for group in groups)
    own: tuple[Method, ...] = ()
    properties: list[GroupProperty] = []
    modules: dict[str, GroupModule] = {}
    entries: list[OperationEntry] = []
    for group in groups:
        if group.tag is None:
            below = Imports(document.depth) if many else imports
            scene = document.scene(below, ".", hidden_builtins(names.operations.values()))
            own = _methods(group, names.operations, "", scene, entries)
            if many:
                modules["operations"] = _operations(document, own, below, alone=len(groups) == 1)
        else:
            name, cls = names.groups[group.tag], names.classes[group.tag]
            modules[f"groups/{name}"] = _group(document, group, name, cls, entries)
            doc = docstring(docs.paragraphs(group.docs) or [[f"{_said(cls)}."]], 8)
            properties.append(_property(name, Symbol(cls, f".groups.{name}"), doc, imports))
    if properties:
        imports.use(CACHED_PROPERTY)
    listed = [found for group in groups for found in group.operations]
    calls = tuple(zip(listed, (found.call for found in entries), strict=True))
    return Surface(() if many else own, tuple(properties), modules, tuple(entries), calls, many)


def _said(cls: str) -> str:
    """What a class of operations is called in a sentence: without what only keeps its name apart."""
    return cls.rstrip("_")


def _property(name: str, cls: Symbol, doc: str, imports: Imports) -> GroupProperty:
    """The property that makes a group when it is first used; `imports` are those of its module."""
    signature = layout.function(name, [layout.Parameter("self")], f"{imports.check(cls)}[M]", 4)
    return GroupProperty(signature, cls.name, statement(cls, 8), doc)


def _methods(
    group: Group, names: Mapping[str, str], prefix: str, scene: Scene, entries: list[OperationEntry]
) -> tuple[Method, ...]:
    """The declarations of a group; what the manifest says of them is added to `entries`."""
    methods: list[Method] = []
    for operation in group.operations:
        name = names[operation_key(operation)]
        if scene.api.protocol is Protocol.M3:
            view, listed = transactions.declare(operation, name, prefix + name, scene)
        else:
            view, listed = declare(operation, name, prefix + name, scene)
        methods.append(view)
        entries.append(listed)
        stream = names.get(stream_key(operation))
        if stream is not None and (second := declare_stream(operation, stream, name, scene)) is not None:
            methods.append(second)
    return tuple(methods)


def _group(
    document: Document, group: Group, name: str, cls: str, entries: list[OperationEntry]
) -> GroupModule:
    names = method_names(group, document.pinned)
    imports = Imports(document.depth + 1)
    scene = document.scene(imports, "..", hidden_builtins(names.values()))
    methods = _methods(group, names, f"{name}.", scene, entries)
    said = f"The operations of the group {_said(cls)}."
    return _module(said, cls, docstring(docs.paragraphs(group.docs), 4), methods, imports)


def _operations(
    document: Document, methods: tuple[Method, ...], imports: Imports, *, alone: bool
) -> GroupModule:
    doc = docstring([["What the API offers." if alone else "What the API offers beside its groups."]], 4)
    return _module(f"The operations of {document.called}.", "Operations", doc, methods, imports)


def _module(said: str, cls: str, doc: str, methods: tuple[Method, ...], imports: Imports) -> GroupModule:
    imports.runtime("Group")
    imports.runtime("M")
    head = Module(docstring([[said]], 0), imports.block(), imports.checking_block())
    return GroupModule(head, cls, doc, methods)
