"""`servers.py`: the addresses that a document offers, as functions of their variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Server, ServerVariable
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.imports import LITERAL, Imports
from ionapi_codegen.targets.python.layout import Bracketed, Code, Keyed, Parameter
from ionapi_codegen.targets.python.names import Case, Scope, Wanted, allocate, wanted
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.views import Method, Module, ServersModule
from ionapi_codegen.targets.python.words import words

_SERVERS = Scope(Case.SNAKE, "server", frozenset({"Declared", "Literal", "annotations", "server"}))
_VARIABLES = Scope(Case.SNAKE, "variable", frozenset({"url"}))
_LONGEST_NAME = 40
"""A description up to this length names its server."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Function:
    """How a caller asks for an address: `arguments` are the server's variables by what they are called, in
    the order of the URL, `optional` those that may be left out."""

    name: str
    server: Server
    arguments: Mapping[str, ServerVariable]
    optional: frozenset[str]


def offered(api: Api) -> tuple[Server, ...]:
    """The servers that a caller may choose from; none where there is only one address, or where the gateway's
    counts."""
    if api.gateway_path is not None:
        return ()
    whole = [with_scheme(server) for server in api.servers]
    absolute = [server for server in whole if not server.url.raw.startswith(("/", "."))]
    found = tuple({_key(server): server for server in reversed(absolute)}.values())[::-1]
    return found if len(found) > 1 or any(map(_variables, found)) else ()


def with_scheme(server: Server) -> Server:
    """An address that leaves the scheme to where the document came from is one with https, as for clients."""
    url = server.url.raw
    return replace(server, url=Text(f"https:{url}")) if url.startswith("//") else server


def functions(servers: tuple[Server, ...]) -> tuple[Function, ...]:
    """What `servers.py` has for these servers, in their order."""
    names = allocate(_SERVERS, map(_wanted, servers))
    return tuple(_function(server, names[_key(server)]) for server in servers)


def label(server: Server) -> Text | None:
    """What the document calls a server: its name, else a description that is short."""
    said = server.docs.description or server.docs.summary
    short = said if said is not None and len(said.raw) <= _LONGEST_NAME else None
    return next((each for each in (server.name, short) if each is not None and words(each)), None)


def servers_module(called: str, servers: tuple[Server, ...]) -> ServersModule:
    """The module; the first of the servers is the one that clients call unless told otherwise."""
    imports = Imports()
    declared = tuple(_declared(function, imports) for function in functions(servers))
    imports.runtime("Declared")
    imports.runtime("server")
    said = docstring([[f"Where {called} can be reached: addresses for `base_url`."]], 0)
    return ServersModule(Module(said, imports.block(), imports.checking_block()), declared)


def example(servers: tuple[Server, ...]) -> str:
    """A call that gives an address: of the first server, with its first variable."""
    first = functions(servers)[0]
    arguments = [f"{name}={literal(each.default)}" for name, each in first.arguments.items()]
    return layout.flat(layout.call(f"servers.{first.name}", *arguments[:1]))


def _function(server: Server, name: str) -> Function:
    variables = _variables(server)
    called = allocate(_VARIABLES, [wanted(each.name.raw, each.name) for each in variables])
    known = {each.name for each in server.variables}
    arguments = {called[each.name.raw]: each for each in variables}
    optional = frozenset(argument for argument, each in arguments.items() if each.name in known)
    return Function(name, server, arguments, optional)


def _declared(function: Function, imports: Imports) -> Method:
    server, arguments = function.server, function.arguments
    called = {each.name.raw: argument for argument, each in arguments.items()}
    url = _VARIABLE.sub(lambda found: "{" + called[found[1]] + "}", server.url.raw)
    values: list[Code] = [
        Keyed(f"{argument}=", _tuple(_values(each))) for argument, each in arguments.items() if each.values
    ]
    parameters = [
        Parameter(
            argument,
            layout.subscript(imports.use(LITERAL), *_values(each)) if each.values else "str",
            literal(each.default) if argument in function.optional else None,
        )
        for argument, each in sorted(arguments.items(), key=lambda pair: pair[0] in function.optional)
    ]
    told = [(argument, docs.paragraphs(each.docs)) for argument, each in arguments.items()]
    said = docs.paragraphs(server.docs) or [["The address `", server.url, "`."]]
    return Method(
        layout.exploded("@", layout.call("server", literal(Text(url)), *values), "", 0),
        layout.function(function.name, [Parameter("*"), *parameters] if parameters else [], "str", 0),
        docstring(said, 4, [(variable, prose[0]) for variable, prose in told if prose]),
    )


def _variables(server: Server) -> list[ServerVariable]:
    """The variables of a server's URL, each once; of one that the document does not describe only the name is
    known."""
    known = {variable.name.raw: variable for variable in server.variables}
    names = dict.fromkeys(_VARIABLE.findall(server.url.raw))
    return [known.get(name) or ServerVariable(Text(name), Text("")) for name in names]


def _values(variable: ServerVariable) -> list[str]:
    """What a variable may be, its default in any case."""
    return [literal(value) for value in dict.fromkeys((*variable.values, variable.default))]


def _tuple(items: list[str]) -> Code:
    return f"({items[0]},)" if len(items) == 1 else Bracketed("(", tuple(items), ")")


def _key(server: Server) -> str:
    variables = (f"{each.name.raw}={[value.raw for value in each.values]}" for each in server.variables)
    return " ".join((server.url.raw, *variables))


def _wanted(server: Server) -> Wanted:
    """Called as the document calls it, else by its host."""
    name = label(server) or _host(server)
    return Wanted(_key(server), words(name), name, (words(_host(server)),))


def _host(server: Server) -> Text:
    return Text(server.url.raw.partition("://")[2].partition("/")[0] or server.url.raw)
