"""What one transaction is: its fields, its record, whether it changes data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ionapi_codegen.dialects.m3 import fields
from ionapi_codegen.dialects.m3.options import OPTIONS
from ionapi_codegen.ir.operation import Content, Effect, Operation, Parameter, Response
from ionapi_codegen.ir.schema import Array, Json, Kind, Property, Record, Ref, Scalar, Schema, SchemaId, Type
from ionapi_codegen.ir.text import Text

_READS = re.compile(r"(?:Get|Lst|Sel|Lis|Sea|Chk|Rtv)(?![a-z])")
"""Verbs of transactions that leave data alone. Every other is a write, unknown ones too: repeating a read
that was taken for a write costs a call, repeating a write books an order twice."""


def name(operation: Operation) -> Text:
    """The transaction: the last part of the path, without the matrix parameters of version 1."""
    return Text(operation.path.raw.rpartition("/")[2].partition(";")[0])


def numbers(operations: tuple[Operation, ...]) -> frozenset[Text]:
    """The fields that a program's parameters declare numbers, and never anything else."""
    told: dict[Text, set[bool]] = {}
    for operation in operations:
        for parameter in operation.parameters:
            told.setdefault(parameter.name, set()).add(_counts(parameter.type))
    return frozenset(found for found, kinds in told.items() if kinds == {True})


def refined(operation: Operation, record: Record | None) -> Operation:
    """The operation as a transaction: no options among its parameters, limits from their descriptions, and
    an answer that is its records."""
    found = Content("application/json", Array(Ref(record.id)) if record is not None else None)
    answer = Response("200", (found,) if record is not None else ())
    return replace(
        operation,
        parameters=tuple(_input(each) for each in operation.parameters if each.name.raw not in OPTIONS),
        responses=(answer,),
        effect=Effect.READ if _READS.match(name(operation).raw) else Effect.WRITE,
    )


def record(
    operation: Operation, schemas: Mapping[SchemaId, Schema], counted: frozenset[Text]
) -> Record | None:
    """What each record of the answer holds; None where the document has no example of one."""
    for example in _examples(operation, schemas):
        if isinstance(example, Mapping) and example:
            spot = operation.place.pointer if operation.place else operation.path.raw
            file = operation.place.file if operation.place else ""
            return Record(
                f"{file}#{spot}/record",
                (name(operation),),
                fields.fields(example, counted),
                place=operation.place,
            )
    return None


def _examples(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Iterator[Json]:
    """Of a record: of the items of `results[].records`."""
    for response in operation.responses:
        for content in response.contents if response.status == "200" else ():
            results = _properties(content.type, schemas).get("results")
            listed = results.type.items if results and isinstance(results.type, Array) else None
            records = _properties(listed, schemas).get("records")
            for example in records.docs.examples if records else ():
                if isinstance(example, tuple) and example:
                    yield example[0]


def _properties(type: Type | None, schemas: Mapping[SchemaId, Schema]) -> Mapping[str, Property]:
    """The properties of an object, by their names."""
    schema = schemas.get(type.target) if isinstance(type, Ref) else None
    return {each.name.raw: each for each in schema.properties} if isinstance(schema, Record) else {}


def _counts(type: Type) -> bool:
    return isinstance(type, Scalar) and type.kind in (Kind.NUMBER, Kind.INTEGER, Kind.DECIMAL)


def _input(parameter: Parameter) -> Parameter:
    docs, length = fields.described(parameter.docs.description)
    kind = fields.kind(docs, length, counts=_counts(parameter.type))
    return replace(
        parameter,
        type=Scalar(kind, None, fields.limits(length)),
        docs=replace(parameter.docs, description=docs.description),
    )
