"""Which modules a package has: those of its one document, or a folder for each of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.targets.base import OperationEntry, Package
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.client import Document, Surface, surface
from ionapi_codegen.targets.python.entrance import Calls, client, entrance, plain
from ionapi_codegen.targets.python.facts import facts
from ionapi_codegen.targets.python.imports import Imports, Symbol
from ionapi_codegen.targets.python.login import login
from ionapi_codegen.targets.python.model_modules import model_modules
from ionapi_codegen.targets.python.protocols import argument
from ionapi_codegen.targets.python.scopes import api_classes, api_names, schema_names
from ionapi_codegen.targets.python.servers import example as example_server
from ionapi_codegen.targets.python.servers import offered as offered_servers
from ionapi_codegen.targets.python.servers import servers_module
from ionapi_codegen.targets.python.settings import settings, shared_settings
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.titles import called, title
from ionapi_codegen.targets.python.views import ApiClass, ApiModule, Field, Module, View


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
    protocols = _protocols([api])
    said = docstring([["What the API offers, for both clients."]], 4)
    queries = _queries(api, imports)
    offered = ApiClass("Api", _base(found, imports), said, queries, (), found.properties, found.own)
    choice = offered_servers(api) if package.gateway is None else ()
    views: dict[str, View] = {
        **_modules(document, found, ""),
        **({"servers.py": servers_module(document.called, choice)} if choice else {}),
        "client.py": client(document.called, imports, offered, constants, protocols),
        **entrance(
            package.name,
            title(api, package.name),
            document.called,
            api.docs.summary or api.docs.description,
            found.calls,
            has_models=bool(api.schemas),
            protocols=protocols,
            login=login([api], with_ionapi=package.gateway is not None, options=argument(protocols)),
            server=example_server(choice) if choice else "",
            query="" if api.queries is None else "client.query",
        ),
    }
    return Plan(views, found.entries, frozenset(group.cls for group in found.properties))


def _several(package: Package, pinned: Mapping[str, str]) -> Plan:
    """Several documents: a folder and a property of the client for each."""
    views: dict[str, View] = {}
    entries: list[OperationEntry] = []
    attributes: list[Field] = []
    calls: list[Calls] = []
    names = api_names(named.name for named in package.apis)
    classes = api_classes(names)
    made: set[str] = set()
    imports = Imports()
    for named in package.apis:
        name = names[named.name]
        document = _document(named.api, named.name, 1, pinned)
        found = surface(document, own := Imports(1))
        cls = classes[named.name]
        views |= _modules(document, found, f"{name}/")
        views[f"{name}/api.py"] = _api_module(document, found, cls, package.name, own)
        views[f"{name}/__init__.py"] = plain(f"A part of the client: {document.called}.")
        annotation = layout.subscript(imports.check(Symbol(cls, f".{name}.api")), "M")
        said = docstring([[f"Operations of {document.called}."]], 4)
        attributes.append(Field(layout.field(name, annotation, None, 4), said))
        entries += [replace(entry, call=f"{name}.{entry.call}") for entry in found.entries]
        calls += [(operation, f"{name}.{call}") for operation, call in found.calls]
        made |= {group.cls for group in found.properties}
    imports.runtime("M")
    about = docstring([["The APIs of this package, for both clients."]], 4)
    apis = ApiClass("Apis", f"{imports.runtime('Documents')}[M]", about, "", tuple(attributes), (), ())
    called_together = f"the {len(package.apis)} APIs of {package.name}"
    constants = shared_settings(package.name, package.gateway, imports)
    protocols = _protocols(named.api for named in package.apis)
    views["client.py"] = client(called_together, imports, apis, constants, protocols)
    views |= entrance(
        package.name,
        package.name,
        called_together,
        None,
        calls,
        has_models=False,
        protocols=protocols,
        login=login(
            [named.api for named in package.apis],
            with_ionapi=package.gateway is not None,
            options=argument(protocols),
        ),
        query=next(
            (f"client.{names[each.name]}.query" for each in package.apis if each.api.queries is not None), ""
        ),
    )
    return Plan(views, tuple(entries), frozenset(made))


def _protocols(apis: Iterable[Api]) -> frozenset[Protocol]:
    """The ways of calling that the documents of a package follow."""
    return frozenset(api.protocol for api in apis if api.protocol is not None)


def _api_module(document: Document, found: Surface, cls: str, package: str, imports: Imports) -> ApiModule:
    base = _base(found, imports)
    constants = "\n    ".join(
        filter(
            None,
            (
                layout.exploded("settings = ", settings(document.api, package, None, imports), "", 4),
                _queries(document.api, imports),
            ),
        )
    )
    about = docstring(docs.paragraphs(document.api.docs) or [[f"Calls {document.called}."]], 4)
    head = Module(
        docstring([[f"What {document.called} offers."]], 0), imports.block(), imports.checking_block()
    )
    return ApiModule(head, ApiClass(cls, base, about, constants, (), found.properties, found.own))


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


def _queries(api: Api, imports: Imports) -> str:
    """What makes one call of the operations that are one query; empty where there are none."""
    if api.queries is None:
        return ""
    said = docstring([["Gives the rows of a query of the Data Lake, for `for` and `async for`."]], 4)
    return f"query = {imports.runtime('Queries')}({literal(api.queries)})\n    {said}"


def _base(found: Surface, imports: Imports) -> str:
    """What the class that holds a document's operations extends."""
    imports.runtime("M")
    if found.has_many:
        return f"{imports.use(Symbol('Operations', '.operations'))}[M]"
    return f"{imports.runtime('Group')}[M]"
