"""The dialect `m3`: documents of MI programs, versions 1 and 2 of M3's REST service.

Such a document writes out the same envelope around every answer and the same twelve options beside every
transaction, has the records only as examples, calls everything GET, and carries the tenant of whoever
downloaded it.
"""

from __future__ import annotations

from dataclasses import replace

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import gateway
from ionapi_codegen.dialects.m3 import programs, transactions, version1
from ionapi_codegen.dialects.m3.options import OPTIONS
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Operation, Parameter
from ionapi_codegen.ir.schema import Kind, Record, Scalar, SchemaId
from ionapi_codegen.ir.text import Text


class M3:
    """Makes transactions of operations: see `Protocol.M3`."""

    name = "m3"

    def recognises(self, api: Api) -> bool:
        path = gateway.path(api)
        return path is not None and programs.is_address(path)

    def apply(self, api: Api, diagnostics: Diagnostics) -> Api:
        path = gateway.path(api)
        if path is None:
            return api
        is_version1 = version1.is_version1(path)
        counted = transactions.numbers(api.operations)
        records: dict[SchemaId, Record] = {}
        operations: list[Operation] = []
        for operation in api.operations:
            record = transactions.record(operation, api.schemas, counted)
            if record is not None:
                records[record.id] = record
            refined = transactions.refined(operation, record)
            operations.append(version1.refined(refined) if is_version1 else refined)
        return replace(
            api,
            operations=tuple(operations),
            schemas=records,
            gateway_path=Text(path),
            protocol=Protocol.M3,
            options=_options(api),
        )


def _options(api: Api) -> tuple[Parameter, ...]:
    """Those that the document knows, as what they are: documents declare all of them strings."""
    found: dict[str, Parameter] = {}
    for operation in api.operations:
        for parameter in operation.parameters:
            kind = OPTIONS.get(parameter.name.raw)
            if kind is Kind.STRING:
                found.setdefault(parameter.name.raw, parameter)
            elif kind is not None:
                found.setdefault(parameter.name.raw, replace(parameter, type=Scalar(kind)))
    return tuple(found[name] for name in OPTIONS if name in found)
