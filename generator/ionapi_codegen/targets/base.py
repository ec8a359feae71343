"""What a target is given, and what it gives back: files in memory, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api


@dataclass(frozen=True, slots=True)
class NamedApi:
    """One document of a package. `name` is an identifier, unique in the package: `client.crs610mi` where a
    package holds several documents; it shows nowhere where the package holds one."""

    name: str
    api: Api


@dataclass(frozen=True, slots=True)
class GatewayDefaults:
    """What of an `.ionapi` file is no secret and may stand in a client's text.

    `gateway_url` has no tenant (`https://mingle-ionapi.inforcloudsuite.com`); `grant` is OAuth's own word for
    it (`password`, `client_credentials`).
    """

    gateway_url: str
    tenant: str
    token_url: str
    revoke_url: str | None
    authorize_url: str | None
    grant: str


@dataclass(frozen=True, slots=True)
class Package:
    """One package to be written: its import name, its documents in the order the user gave them."""

    name: str
    apis: tuple[NamedApi, ...]
    gateway: GatewayDefaults | None


@dataclass(frozen=True, slots=True)
class Options:
    """`pinned` maps an operationId or a JSON pointer to the name its user has fixed; `templates` is a folder
    that is looked in before the built-in templates; `version` is the generator's. `format_all` hands all
    text to the language's formatter, which is asked for it otherwise where the layout may not be its own;
    `cache` is a folder for what it has answered."""

    pinned: Mapping[str, str]
    templates: Path | None
    version: str
    format_all: bool = False
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class OperationEntry:
    """One operation as the manifest lists it, for tools that call the client without reading its text.

    `call` is the path from the client to the method (`customers.list_customers`), `parameters` maps each
    Python name to its location and wire name (`{"page_size": ("query", "pageSize")}`), `body` is the media
    type sent.
    """

    id: str | None
    method: str
    path: str
    call: str
    parameters: Mapping[str, tuple[str, str]]
    body: str | None
    effect: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """`files` maps relative POSIX paths inside the package folder to bytes; `operations` is for the
    manifest."""

    files: Mapping[str, bytes]
    operations: tuple[OperationEntry, ...]


class Target(Protocol):
    """A language. `render` is pure: the same package and options give the same bytes."""

    name: str

    def render(self, package: Package, options: Options, diagnostics: Diagnostics) -> Rendered: ...
