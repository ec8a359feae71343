"""Which modules a package has: those of its one document, or a folder for each of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.targets.base import OperationEntry, Package
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.client import Document, Surface, group_property, surface
from ionapi_codegen.targets.python.entrance import Calls, client, entrance, plain
from ionapi_codegen.targets.python.facts import facts
from ionapi_codegen.targets.python.imports import CACHED_PROPERTY, Imports, Symbol
from ionapi_codegen.targets.python.model_modules import model_modules
from ionapi_codegen.targets.python.scopes import api_classes, api_names, schema_names
from ionapi_codegen.targets.python.settings import settings, shared_settings
from ionapi_codegen.targets.python.text import docstring
from ionapi_codegen.targets.python.titles import called, title
from ionapi_codegen.targets.python.views import ApiClass, ApiModule, GroupProperty, Module, View


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rendered: views by path, the manifest's entries, the classes that properties make."""

    views: Mapping[str, View]
    entries: tuple[OperationEntry, ...]
    classes: frozenset[str]


def plan(package: Package, pinned: Mapping[str, str]) -> Plan:
    """The modules of a package."""
    if len(package.apis) == 1:
        return _single(package, package.apis[0].api, pinned)
    return _several(package, pinned)


def _single(package: Package, api: Api, pinned: Mapping[str, str]) -> Plan:
    """One document: its operations are the client's."""
    document = _document(api, package.name, 0, pinned)
    imports = Imports()
    found = surface(document, imports)
    constants = settings(api, package.name, package.gateway, imports)
    said = docstring([["What the API offers, for both clients."]], 4)
    offered = ApiClass("Api", _base(found, imports), said, "", found.properties, found.own)
    views: dict[str, View] = {
        **_modules(document, found, ""),
        "client.py": client(
            document.called, imports, offered, constants, has_transactions=api.protocol is Protocol.M3
        ),
        **entrance(
            package.name,
            title(api, package.name),
            document.called,
            api.docs.summary or api.docs.description,
            found.calls,
            has_models=bool(api.schemas),
            has_transactions=api.protocol is Protocol.M3,
        ),
    }
    return Plan(views, found.entries, frozenset(group.cls for group in found.properties))


def _several(package: Package, pinned: Mapping[str, str]) -> Plan:
    """Several documents: a folder and a property of the client for each."""
    views: dict[str, View] = {}
    entries: list[OperationEntry] = []
    properties: list[GroupProperty] = []
    calls: list[Calls] = []
    names = api_names(named.name for named in package.apis)
    classes = api_classes(names)
    made = set(classes.values())
    imports = Imports()
    for named in package.apis:
        name = names[named.name]
        document = _document(named.api, named.name, 1, pinned)
        found = surface(document, own := Imports(1))
        cls = classes[named.name]
        views |= _modules(document, found, f"{name}/")
        views[f"{name}/api.py"] = _api_module(document, found, cls, package.name, own)
        views[f"{name}/__init__.py"] = plain(f"A part of the client: {document.called}.")
        said = docstring([[f"Operations of {document.called}."]], 8)
        properties.append(group_property(name, Symbol(cls, f".{name}.api"), said, imports))
        entries += [replace(entry, call=f"{name}.{entry.call}") for entry in found.entries]
        calls += [(operation, f"{name}.{call}") for operation, call in found.calls]
        made |= {group.cls for group in found.properties}
    imports.use(CACHED_PROPERTY)
    imports.runtime("M")
    about = docstring([["The APIs of this package, for both clients."]], 4)
    apis = ApiClass("Apis", f"{imports.runtime('Group')}[M]", about, "", tuple(properties), ())
    called_together = f"the {len(package.apis)} APIs of {package.name}"
    constants = shared_settings(package.name, package.gateway, imports)
    has_transactions = any(named.api.protocol is Protocol.M3 for named in package.apis)
    views["client.py"] = client(called_together, imports, apis, constants, has_transactions=has_transactions)
    views |= entrance(
        package.name,
        package.name,
        called_together,
        None,
        calls,
        has_models=False,
        has_transactions=has_transactions,
    )
    return Plan(views, tuple(entries), frozenset(made))


def _api_module(document: Document, found: Surface, cls: str, package: str, imports: Imports) -> ApiModule:
    base = _base(found, imports)
    constants = layout.exploded("settings = ", settings(document.api, package, None, imports), "", 4)
    about = docstring(docs.paragraphs(document.api.docs) or [[f"Calls {document.called}."]], 4)
    head = Module(
        docstring([[f"What {document.called} offers."]], 0), imports.block(), imports.checking_block()
    )
    return ApiModule(head, ApiClass(cls, base, about, constants, found.properties, found.own))


def _modules(document: Document, found: Surface, folder: str) -> dict[str, View]:
    """The modules of one document below its folder: groups and models."""
    views: dict[str, View] = {
        **{f"{folder}{path}.py": view for path, view in found.modules.items()},
        **{f"{folder}{path}.py": view for path, view in model_modules(document).items()},
    }
    if found.properties:
        said = f"The operations of {document.called}, a module for each group."
        views[f"{folder}groups/__init__.py"] = plain(said)
    return views


def _document(api: Api, package: str, depth: int, pinned: Mapping[str, str]) -> Document:
    return Document(api, schema_names(api, pinned), facts(api), called(api, package), depth, pinned)


def _base(found: Surface, imports: Imports) -> str:
    """What the class that holds a document's operations extends."""
    imports.runtime("M")
    if found.has_many:
        return f"{imports.use(Symbol('Operations', '.operations'))}[M]"
    return f"{imports.runtime('Group')}[M]"
