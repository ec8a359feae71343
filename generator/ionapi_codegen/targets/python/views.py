"""What templates see: final names and ready pieces of code, in the order in which they are printed.

Every string here was made by the filters, the allocator or the layout; nothing of the document is left to
escape. Pieces of several lines are indented for the column at which their template puts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Module:
    """What every generated module starts with."""

    doc: str
    imports: str
    checking: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model: `name: annotation = value`, and its docstring or nothing."""

    code: str
    doc: str


@dataclass(frozen=True, slots=True)
class Model:
    """A class or an alias. `space` is the blank lines before it."""

    space: str
    code: str
    doc: str
    fields: tuple[Field, ...]
    is_class: bool


@dataclass(frozen=True, slots=True)
class ModelsModule:
    """Models: `models.py`, or one module of `models/`."""

    module: Module
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A model and the module that it is loaded from."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class IndexModule:
    """`models/__init__.py`: where each model is, loaded on first use."""

    module: Module
    entries: tuple[Entry, ...]
    exports: str


@dataclass(frozen=True, slots=True)
class Method:
    """A declaration: `decorator`, `signature`, docstring."""

    decorator: str
    signature: str
    doc: str


@dataclass(frozen=True, slots=True)
class GroupModule:
    """A group of operations."""

    module: Module
    name: str
    doc: str
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class GroupProperty:
    """`client.customers`: the property, the class that it makes, and the statement that imports it."""

    signature: str
    cls: str
    loading: str
    doc: str


@dataclass(frozen=True, slots=True)
class ApiClass:
    """The class that has a document's groups as properties and its other operations as methods.

    `settings` is empty where the client has them. `documents` are the annotations of a package of several
    documents, which loads each of them when it is first used.
    """

    name: str
    base: str
    doc: str
    settings: str
    documents: tuple[Field, ...]
    groups: tuple[GroupProperty, ...]
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class ApiModule:
    """`api.py` of a document in a package of several."""

    module: Module
    api: ApiClass


@dataclass(frozen=True, slots=True)
class ClientModule:
    """`client.py` of a package: settings, what the API offers, the two clients."""

    module: Module
    api: ApiClass
    settings: str
    sync_base: str
    async_base: str
    sync_doc: str
    async_doc: str


@dataclass(frozen=True, slots=True)
class ServersModule:
    """`servers.py`: functions that give addresses, of a document that offers a choice."""

    module: Module
    servers: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class PlainModule:
    """A module that holds its docstring only."""

    module: Module


@dataclass(frozen=True, slots=True)
class PackageModule:
    """The package's `__init__.py`; `elsewhere` are modules of the runtime, each with the line, or lines, that
    asks whether a name is one of its own."""

    module: Module
    exports: str
    has_models: bool
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Readme:
    """The package's `README.md`; `walk` goes through the pages of a list, empty where there is none;
    `options` are further arguments of the client, with a comma before; `server` is a call that gives an
    address, empty where there is one only; `query` is what runs queries, empty where nothing does;
    `refuses` is whether an answer of success may be a failure, a `BusinessError`; `making` stands behind
    `Client` where one is made, `names` and `awaited_names` are what is imported for that, and `gateway` is
    whether it is behind the ION API gateway."""

    title: str
    summary: str
    package: str
    call: str
    walk: str
    options: str
    server: str = ""
    query: str = ""
    refuses: bool = False
    making: str = ""
    names: str = ""
    awaited_names: str = ""
    gateway: bool = True


View: TypeAlias = (
    ApiModule
    | ClientModule
    | GroupModule
    | IndexModule
    | ModelsModule
    | PackageModule
    | PlainModule
    | Readme
    | ServersModule
)
"""What one file is rendered from."""
