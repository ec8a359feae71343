"""Several programs in one package: what all of them repeat is there once, and of two downloads the newer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ionapi_codegen.dialects.m3.transactions import name
from ionapi_codegen.ir import facts
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Operation
from ionapi_codegen.ir.schema import Schema, SchemaId
from ionapi_codegen.ir.text import Text

GENERAL = "GENERAL"
_ADDRESS = re.compile(r"(?:^|/)m3api-rest/(?:v2/)?execute/[^/]+/?$", re.IGNORECASE)
_REPEATED = frozenset(
    {
        "FpwVersion",
        "GetCurrentUser",
        "GetFieldHeading",
        "GetFixLevel",
        "GetMIBuild",
        "GetMessageText",
        "GetServerTime",
        "GetUserInfo",
        "ServerTimeZone",
    }
)
"""The transactions of the program GENERAL, which every document of a program repeats."""


def is_address(path: str) -> bool:
    """Whether an API at this path is a program of M3."""
    return _ADDRESS.search(path) is not None


def without_repetition(apis: Mapping[str, Api], general: str) -> dict[str, Api]:
    """The documents of a package by their names, with what programs repeat under the name `general` alone.

    A document that stands alone stays as it is, and so does what is no program of M3.
    """
    programs = {called: api for called, api in apis.items() if api.protocol is Protocol.M3}
    if len(programs) < 2:
        return dict(apis)
    found = dict(apis)
    repeated: dict[str, tuple[Operation, Api]] = {}
    for called, api in sorted(programs.items()):
        if called != general:
            kept = [each for each in api.operations if name(each).raw not in _REPEATED]
            for each in api.operations:
                if name(each).raw in _REPEATED:
                    repeated.setdefault(name(each).raw, (each, api))
            found[called] = _with(api, tuple(kept), api.schemas)
    own = found.get(general)
    known = {name(each).raw for each in own.operations} if own is not None else set[str]()
    added = [each for called, each in sorted(repeated.items()) if called not in known]
    if added:
        start = own or _general(added[0][1])
        schemas = dict(start.schemas)
        for _, api in added:
            schemas |= api.schemas
        found[general] = _with(start, (*start.operations, *(each for each, _ in added)), schemas)
    return found


def age(api: Api) -> tuple[tuple[int, str], ...]:
    """Sorts downloads of one program: a later build of M3 comes later."""
    parts = re.findall(r"\d+|\D+", api.version.raw)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _general(program: Api) -> Api:
    """The program GENERAL, as far as another program's document tells of it."""
    path = program.gateway_path.raw.rpartition("/")[0] if program.gateway_path else ""
    return replace(
        program,
        title=Text(GENERAL),
        operations=(),
        schemas={},
        gateway_path=Text(f"{path}/{GENERAL}"),
        docs=replace(program.docs, summary=None, description=Text("What all programs have in common.")),
    )


def _with(api: Api, operations: tuple[Operation, ...], schemas: Mapping[SchemaId, Schema]) -> Api:
    """The document with these operations, and the records that they need."""
    needed = {each for operation in operations for each in facts.operation_references(operation)}
    return replace(
        api,
        operations=operations,
        schemas={key: schema for key, schema in schemas.items() if key in needed},
    )
