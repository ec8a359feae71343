"""The package's README: one page, with a first call of this API."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ionapi_codegen.ir.operation import Effect, Operation, Parameter
from ionapi_codegen.ir.schema import Array, Enumeration, Kind, NoDefault, Scalar
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.login import Login
from ionapi_codegen.targets.python.operation_names import parameter_names
from ionapi_codegen.targets.python.text import comment, first_line, literal
from ionapi_codegen.targets.python.views import Readme

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#|!~])")
_PLACEHOLDERS = {Kind.STRING: '"..."', Kind.INTEGER: "1", Kind.NUMBER: "1.0", Kind.BOOLEAN: "True"}


def readme(
    package: str,
    title: str,
    description: Text | None,
    calls: Iterable[tuple[Operation, str]],
    options: str,
    login: Login,
    server: str,
    query: str = "",
    *,
    refuses: bool = False,
) -> Readme:
    """The view of the README; `calls` are the operations with what they are called on the client, `options`
    further arguments that the client needs, `login` how it is made, `server` a call that gives an address,
    `query` what runs queries, `refuses` whether answers of success may be failures."""
    summary = _markdown(comment(first_line(description), 300)) if description else ""
    listed = list(calls)
    paged = min(
        (each for each in listed if each[0].pages is not None),
        key=lambda each: _effort(each[0]),
        default=None,
    )
    walk = "" if paged is None else _call(paged[0], f"{paged[1]}.iterate")
    first = example(listed)
    return Readme(
        _markdown(title),
        summary,
        package,
        first,
        walk,
        options,
        server,
        query,
        refuses,
        login.making,
        ", ".join(sorted(("Client", *login.names))),
        ", ".join(sorted(("AsyncClient", *login.names))),
        login.is_gateway,
    )


def example(calls: Iterable[tuple[Operation, str]]) -> str:
    """The call to show first: one that reads, with as few arguments as possible."""
    found = min(calls, key=lambda each: _effort(each[0]), default=None)
    return "client" if found is None else _call(*found)


def _call(operation: Operation, call: str) -> str:
    """The call with the arguments that it needs."""
    names = parameter_names(operation)
    arguments: list[layout.Code] = [
        f"{names[each.location, each.name]}={_sample(each)}" for each in operation.parameters if each.required
    ]
    if operation.body is not None and operation.body.required:
        arguments.append("body=...")
    return layout.flat(layout.call(f"client.{call}", *arguments))


def _effort(operation: Operation) -> tuple[bool, bool, int]:
    required = sum(parameter.required for parameter in operation.parameters)
    needs_body = operation.body is not None and operation.body.required
    return operation.effect is not Effect.READ, needs_body, required


def _sample(parameter: Parameter) -> str:
    """An argument: the document's example or default, or something of its type."""
    given = [*parameter.docs.examples, parameter.default]
    for value in given:
        if not isinstance(value, NoDefault) and isinstance(value, Text | bool | int | float):
            return literal(value)
    match parameter.type:
        case Enumeration(values):
            return literal(values[0])
        case Scalar(kind):
            return _PLACEHOLDERS.get(kind, "...")
        case Array():
            return "[...]"
        case _:
            return "..."


def _markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)
