"""What one transaction is: its fields, its record, whether it changes data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ionapi_codegen.dialects.m3 import fields, version1
from ionapi_codegen.dialects.m3.options import OPTIONS
from ionapi_codegen.ir.operation import (
    ByLastItem,
    Content,
    Effect,
    Operation,
    Pagination,
    Parameter,
    Response,
)
from ionapi_codegen.ir.schema import Array, Json, Kind, Property, Record, Ref, Scalar, Schema, SchemaId, Type
from ionapi_codegen.ir.text import Text

_READS = re.compile(r"(?:Get|Lst|Sel|Lis|Sea|Chk|Rtv)(?![a-z])")
"""Verbs of transactions that leave data alone. Every other is a write, unknown ones too: repeating a read
that was taken for a write costs a call, repeating a write books an order twice."""


_LISTS = re.compile(r"Lst(?![a-z])")
_CONTEXT = frozenset({"CONO", "DIVI", "LANC"})
"""Fields that say where to look, and not what to look for."""


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


def start(operation: Operation, record: Record | None) -> Text | None:
    """The field from which a transaction lists records, so that the list can be read page by page.

    That is, for the verb Lst, the first field that may be given or not, if it is also the first field of the
    record: of neither the fields count that must be given, nor those that choose company, division and
    language. None for other transactions: their optional fields choose records, or the order is another.
    """
    if record is None or not _LISTS.match(name(operation).raw):
        return None
    inputs = [each for each in operation.parameters if each.name.raw not in OPTIONS]
    settled = _CONTEXT | {each.name.raw for each in inputs if each.required}
    first = next((each.name for each in inputs if each.name.raw not in settled), None)
    leading = next((each.name for each in record.properties if each.name.raw not in settled), None)
    return first if first == leading else None


def refined(operation: Operation, record: Record | None) -> Operation:
    """The operation as a transaction: no options among its parameters, limits from their descriptions, and
    an answer that is its records."""
    found = Content("application/json", Array(Ref(record.id)) if record is not None else None)
    answer = Response("200", (found,) if record is not None else ())
    begins = start(operation, record)
    pages = Pagination(ByLastItem(begins, (begins,)), Ref(record.id)) if record and begins else None
    return replace(
        operation,
        parameters=tuple(_input(each) for each in operation.parameters if each.name.raw not in OPTIONS),
        responses=(answer,),
        pages=pages,
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
    """Of a record: of the items of `results[].records`; in version 1 of `MIRecord[]`, or of its pairs."""
    for response in operation.responses:
        for content in response.contents if response.status == "200" else ():
            answer = _properties(content.type, schemas)
            yield from _firsts(_items(answer.get("results"), schemas).get("records"))
            listed = answer.get("MIRecord")
            pairs = _items(listed, schemas).get("NameValue")
            yield from version1.examples(_firsts(listed))
            yield from version1.examples(iter(pairs.docs.examples if pairs else ()))


def _items(found: Property | None, schemas: Mapping[SchemaId, Schema]) -> Mapping[str, Property]:
    """The properties of what an array holds."""
    listed = found.type.items if found and isinstance(found.type, Array) else None
    return _properties(listed, schemas)


def _firsts(found: Property | None) -> Iterator[Json]:
    """The first elements of the examples of an array."""
    for example in found.docs.examples if found else ():
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
