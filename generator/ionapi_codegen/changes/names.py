"""What the generated client calls the things of one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import Location, Operation
from ionapi_codegen.ir.schema import Record, SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.groups import grouped
from ionapi_codegen.targets.python.names import allocate, wanted
from ionapi_codegen.targets.python.operation_names import (
    client_names,
    method_names,
    operation_key,
    parameter_names,
)
from ionapi_codegen.targets.python.scopes import (
    RECORD_FIELDS,
    TRANSACTION_FIELDS,
    field_names,
    schema_names,
)


@dataclass(frozen=True, slots=True)
class Names:
    """`groups` and `methods` are by `operation_key`; the group of an operation of the client itself is empty.
    `prefix` stands before all names where a package holds several documents: `m3.crs610mi.`."""

    prefix: str
    groups: Mapping[str, str]
    methods: Mapping[str, str]
    schemas: Mapping[SchemaId, str]
    is_m3: bool

    def call(self, operation: Operation) -> str:
        """How a caller writes the operation: `customers.list_customers`."""
        key = operation_key(operation)
        group = self.groups[key]
        return f"{self.prefix}{group}.{self.methods[key]}" if group else f"{self.prefix}{self.methods[key]}"

    def model(self, schema_id: SchemaId) -> str:
        """The class or alias of a schema."""
        return f"{self.prefix}{self.schemas[schema_id]}"

    def parameters(self, operation: Operation) -> Mapping[tuple[Location, Text], str]:
        """The arguments of an operation by location and wire name."""
        if not self.is_m3:
            return parameter_names(operation)
        found = operation.parameters
        names = allocate(TRANSACTION_FIELDS, [wanted(each.name.raw, each.name) for each in found])
        return {(each.location, each.name): names[each.name.raw] for each in found}

    def fields(self, record: Record) -> Mapping[str, str]:
        """The attributes of a record by wire name."""
        if not self.is_m3:
            return field_names(record)
        return allocate(RECORD_FIELDS, [wanted(each.name.raw, each.name) for each in record.properties])


def names_of(api: Api, pinned: Mapping[str, str], prefix: str) -> Names:
    """The names of a document as the Python target allocates them."""
    found = grouped(api)
    names = client_names(found, pinned)
    groups: dict[str, str] = {}
    methods: dict[str, str] = {}
    for group in found:
        calls = names.operations if group.tag is None else method_names(group, pinned)
        for operation in group.operations:
            key = operation_key(operation)
            groups[key] = "" if group.tag is None else names.groups[group.tag]
            methods[key] = calls[key]
    return Names(prefix, groups, methods, schema_names(api, pinned), api.protocol is Protocol.M3)
