"""What one side of the page holds: groups, operations and models of its documents, told in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.facts import Direction, directions, operation_references, schema_references
from ionapi_codegen.ir.operation import Content, Operation, Parameter, Response
from ionapi_codegen.ir.schema import NO_DEFAULT, Access, Alias, Property, Record, Ref, Schema, SchemaId, Type
from ionapi_codegen.report_page.annotations import limits, told
from ionapi_codegen.report_page.wording import Words, plain, short
from ionapi_codegen.targets.base import NamedApi
from ionapi_codegen.targets.python.groups import Group as PythonGroup
from ionapi_codegen.targets.python.groups import grouped
from ionapi_codegen.targets.python.operation_names import client_names, method_names, operation_key
from ionapi_codegen.targets.python.scopes import api_names, schema_names

ModelKey = str
"""Names a model within a side: the name of its class, behind that of its API where there are several."""


@dataclass(frozen=True, slots=True)
class Named:
    """A model that a type names."""

    key: ModelKey


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, a body, an answer or a field. `kind` says which, in a word that people know: `query`,
    `body`, `404`, `field`."""

    kind: str
    name: str
    type: tuple[str | Named, ...]
    required: bool
    notes: str
    said: str


@dataclass(frozen=True, slots=True)
class OperationTold:
    """`key` is the same on both sides as long as method and path are, whatever the path's parameters are
    called; `call` is how callers write it."""

    key: str
    call: str
    group: str
    method: str
    path: str
    effect: str
    deprecated: bool
    said: str
    rows: tuple[Row, ...]
    place: Place | None
    models: tuple[ModelKey, ...]


@dataclass(frozen=True, slots=True)
class ModelTold:
    """`kind` is `record`, or for a named type of another kind `type`. `names` are the models it names."""

    key: ModelKey
    kind: str
    travels: str
    deprecated: bool
    said: str
    rows: tuple[Row, ...]
    place: Place | None
    models: tuple[ModelKey, ...]


@dataclass(frozen=True, slots=True)
class GroupTold:
    """Operations that a caller finds together, in the order of the document."""

    name: str
    said: str
    operations: tuple[OperationTold, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """One side. `models` are by their key, in the order of the documents."""

    titles: tuple[str, ...]
    versions: tuple[str, ...]
    groups: tuple[GroupTold, ...]
    models: Mapping[ModelKey, ModelTold]

    def operations(self) -> Iterator[OperationTold]:
        for group in self.groups:
            yield from group.operations


def holdings(apis: Sequence[NamedApi], pinned: Mapping[str, str], words: Words) -> Holdings:
    """What the documents of a package hold. `pinned` are the names that its user has fixed."""
    names = api_names(one.name for one in apis)
    several = len(apis) > 1
    groups: list[GroupTold] = []
    models: dict[ModelKey, ModelTold] = {}
    for one in apis:
        telling = _Telling(one.api, f"{names[one.name]}." if several else "", pinned, words)
        groups += telling.groups()
        models |= {model.key: model for model in telling.models()}
    return Holdings(
        tuple(plain(one.api.title) for one in apis),
        tuple(plain(one.api.version) for one in apis),
        tuple(groups),
        models,
    )


class _Telling:
    """One document while it is told; `prefix` stands before all of its names."""

    def __init__(self, api: Api, prefix: str, pinned: Mapping[str, str], words: Words) -> None:
        self._api = api
        self._said = words.said
        self._prefix = prefix
        self._pinned = pinned
        self._keys: dict[SchemaId, ModelKey] = {
            schema_id: f"{prefix}{name}" for schema_id, name in schema_names(api, pinned).items()
        }

    def groups(self) -> Iterator[GroupTold]:
        found = grouped(self._api)
        names = client_names(found, self._pinned)
        for group in found:
            name = "" if group.tag is None else names.groups[group.tag]
            calls = names.operations if group.tag is None else method_names(group, self._pinned)
            yield self._group(group, name, calls)

    def _group(self, group: PythonGroup, name: str, calls: Mapping[str, str]) -> GroupTold:
        called = f"{self._prefix}{name}".rstrip(".")
        operations = (
            self._operation(one, called, f"{called}.{calls[operation_key(one)]}".lstrip("."))
            for one in group.operations
        )
        return GroupTold(called, self._said(group.docs), tuple(operations))

    def _operation(self, operation: Operation, group: str, call: str) -> OperationTold:
        path = plain(operation.written or operation.path)
        return OperationTold(
            f"{self._prefix}{operation.method} {_without_names(operation.path.raw)}",
            call,
            group,
            plain(operation.method),
            path,
            operation.effect.value,
            operation.docs.deprecated,
            self._said(operation.docs),
            tuple(self._operation_rows(operation)),
            operation.place,
            tuple(self._keys[one] for one in operation_references(operation)),
        )

    def _operation_rows(self, operation: Operation) -> Iterator[Row]:
        yield from map(self._parameter, operation.parameters)
        if (body := operation.body) is not None:
            for content in body.contents:
                yield self._content(content, "body", body.required, self._said(body.docs))
        for response in operation.responses:
            yield from self._answer(response)

    def _parameter(self, one: Parameter) -> Row:
        notes = [limits(one.type), "deprecated" if one.docs.deprecated else ""]
        if one.default is not NO_DEFAULT:
            notes.append("has a default")
        return Row(
            one.location.value,
            plain(one.name),
            self._type(one.type),
            one.required,
            ", ".join(filter(None, notes)),
            self._said(one.docs),
        )

    def _answer(self, one: Response) -> Iterator[Row]:
        said = self._said(one.docs)
        if not one.contents:
            yield Row(short(one.status), "", (), False, "", said)
        for content in one.contents:
            yield self._content(content, short(one.status), False, said)

    def _content(self, content: Content, kind: str, required: bool, said: str) -> Row:
        of = content.item if content.item is not None else content.type
        notes = "one after another" if content.item is not None else ""
        pieces = () if of is None else self._type(of)
        return Row(kind, short(content.media_type), pieces, required, notes, said)

    def models(self) -> Iterator[ModelTold]:
        travels = directions(self._api)
        for schema_id, schema in self._api.schemas.items():
            yield ModelTold(
                self._keys[schema_id],
                "record" if isinstance(schema, Record) else "type",
                _TRAVELS[travels.get(schema_id)],
                schema.docs.deprecated,
                self._said(schema.docs),
                tuple(self._schema_rows(schema)),
                schema.place,
                tuple(self._keys[one] for one in schema_references(schema)),
            )

    def _schema_rows(self, schema: Schema) -> Iterator[Row]:
        match schema:
            case Alias(type=type):
                yield Row("is", "", self._type(type), False, limits(type), "")
            case Record():
                for base in schema.bases:
                    yield Row("extends", "", self._type(base), False, "", "")
                yield from map(self._field, schema.properties)
                if schema.additional is not None:
                    yield Row("others", "", self._type(schema.additional), False, "any other name", "")
                if schema.discriminator is not None:
                    for value, ref in schema.discriminator.mapping:
                        yield Row("variant", short(value), self._type(ref), False, "", "")
            case _:
                assert_never(schema)

    def _field(self, one: Property) -> Row:
        notes = [limits(one.type), _ACCESS[one.access], "deprecated" if one.docs.deprecated else ""]
        return Row(
            "field",
            plain(one.name),
            self._type(one.type),
            one.required,
            ", ".join(filter(None, notes)),
            self._said(one.docs),
        )

    def _type(self, type: Type) -> tuple[str | Named, ...]:
        return tuple(
            Named(self._keys[piece.target]) if isinstance(piece, Ref) else piece for piece in told(type)
        )


_ACCESS = {Access.BOTH: "", Access.READ: "only in answers", Access.WRITE: "only in requests"}
_TRAVELS = {
    None: "not used by any operation",
    Direction.REQUEST: "sent",
    Direction.RESPONSE: "received",
    Direction.BOTH: "sent and received",
}
_VARIABLE = re.compile(r"\{[^{}]*\}")


def _without_names(path: str) -> str:
    return _VARIABLE.sub("{}", path)
