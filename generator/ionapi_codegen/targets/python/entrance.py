"""What users of a package meet first: `__init__.py`, the two clients, the README."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from ionapi_codegen.ir.api import Protocol
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python import protocols as protocols_
from ionapi_codegen.targets.python.imports import Imports, Symbol, exported, home
from ionapi_codegen.targets.python.layout import Bracketed
from ionapi_codegen.targets.python.login import Login
from ionapi_codegen.targets.python.readme import example, readme
from ionapi_codegen.targets.python.text import Prose, docstring, first_line, literal
from ionapi_codegen.targets.python.views import (
    ApiClass,
    ClientModule,
    Module,
    PackageModule,
    PlainModule,
    View,
)

Calls: TypeAlias = tuple[Operation, str]
"""An operation and what it is called on the client: `customers.list_customers`."""

_EXPORTED = (
    "UNSET",
    "ApiKey",
    "AuthenticationError",
    "BadRequestError",
    "Basic",
    "Bearer",
    "BusinessError",
    "ConflictError",
    "Credentials",
    "CredentialsError",
    "DecodeError",
    "File",
    "FileStore",
    "ForbiddenError",
    "IonApiError",
    "MemoryStore",
    "NotFoundError",
    "PreconditionFailedError",
    "PreconditionRequiredError",
    "RateLimitedError",
    "RequestTimeoutError",
    "Response",
    "Retry",
    "ServerError",
    "StatusError",
    "TokenStore",
    "TransportError",
    "UnauthorizedError",
    "UnprocessableEntityError",
    "Unset",
)
"""What users of a client import from it beside the clients and the models."""


def client(
    called: str, imports: Imports, api: ApiClass, settings: Bracketed, protocols: AbstractSet[Protocol]
) -> ClientModule:
    """`client.py`; `imports` are those of its operations so far, `protocols` those of its documents."""
    bases = protocols_.bases(protocols)
    for name in ("Async", "Sync", *bases):
        imports.runtime(name)
    waits: list[Prose] = [
        [f"Calls {called} and waits for the answers."],
        [
            "Safe to share between threads. ",
            "Leaving a `with` block closes the connections and revokes the tokens.",
        ],
    ]
    awaited: list[Prose] = [[f"Calls {called} from asyncio: the same operations, awaited."]]
    said = docstring([[f"The clients of {called}, one that waits and one for asyncio."]], 0)
    return ClientModule(
        Module(said, imports.block(), imports.checking_block()),
        api,
        layout.exploded("_SETTINGS = ", settings, "", 0),
        *bases,
        docstring(waits, 4),
        docstring(awaited, 4),
    )


def entrance(
    package: str,
    title: str,
    called: str,
    about: Text | None,
    calls: Sequence[Calls],
    *,
    has_models: bool,
    protocols: AbstractSet[Protocol],
    login: Login,
    server: str = "",
    query: str = "",
) -> dict[str, View]:
    """The package's `__init__.py` and README; `about` is the document's own description of the API, `login`
    how a client is made, `server` a call that gives one of several addresses, `query` what runs queries."""
    imports = Imports()
    elsewhere = protocols_.exported(protocols)
    homes = {
        **{name: f".{home(name)}" for name in _EXPORTED},
        **{name: f".{home(name)}" for _, names in elsewhere for name in names},
        **dict.fromkeys(("AsyncClient", "Client"), ".client"),
        **({"models": "."} if has_models else {}),
    }
    for name, module in homes.items():
        imports.check(Symbol(name, module))
    listed = exported(homes)
    exports = layout.one_a_line("__all__ = ", Bracketed("[", tuple(map(literal, listed)), "]"), "", 0)
    said: list[Prose] = [[f"A client of {called}."]]
    line = first_line(about) if about else None
    said.append([line] if line else ["For example:"])
    said.append(
        [
            f"    from {package} import {', '.join(sorted(('Client', *login.names)))}\n\n",
            f"    with Client{login.making} as client:\n",
            f"        result = {example(calls)}",
        ]
    )
    head = Module(docstring(said, 0), imports.block(), imports.checking_block())
    loaded = tuple(
        (module, layout.statement("if name in ", Bracketed("{", tuple(map(literal, names)), "}"), ":", 4))
        for module, names in elsewhere
    )
    return {
        "__init__.py": PackageModule(head, exports, has_models, loaded),
        "README.md": readme(
            package,
            title,
            about,
            calls,
            protocols_.argument(protocols),
            login,
            server,
            query,
            refuses=protocols_.refuses(protocols),
        ),
    }


def plain(said: str) -> PlainModule:
    """A module that holds one sentence: the `__init__.py` of a folder."""
    return PlainModule(Module(docstring([[said]], 0), "", ""))
