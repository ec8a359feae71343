"""A model from the values that a package keeps. See `packing`."""

from __future__ import annotations

import dataclasses

from ionapi_codegen.changes.packing import ACCESSES, KINDS, Plain
from ionapi_codegen.changes.rows import Row
from ionapi_codegen.changes.scene import DIGEST
from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.api import Api, Protocol, SecurityKind, SecurityScheme, Tag
from ionapi_codegen.ir.operation import (
    Body,
    ByBookmark,
    ByCursor,
    ByLastItem,
    ByLink,
    ByOffset,
    ByPage,
    Content,
    Effect,
    Header,
    Location,
    Operation,
    Pagination,
    Parameter,
    Part,
    Requirement,
    Response,
    Server,
    ServerVariable,
    Step,
    Way,
)
from ionapi_codegen.ir.schema import (
    NO_CONSTRAINTS,
    NO_DEFAULT,
    NO_DOCS,
    Alias,
    Anything,
    Array,
    Constraints,
    Discriminator,
    Docs,
    Enumeration,
    Json,
    Kind,
    Map,
    NoDefault,
    Nothing,
    Nullable,
    Property,
    Record,
    Ref,
    Scalar,
    Schema,
    SchemaId,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text

_COUNTS = ("min_length", "max_length", "min_items", "max_items")
_LIMITS = tuple(field.name for field in dataclasses.fields(Constraints))


def unpacked(values: Plain) -> Api:
    """One document. Raises ValueError, IndexError, KeyError or TypeError for what is none."""
    return _Unpacking(Row(values)).api()


class _Unpacking:
    def __init__(self, row: Row) -> None:
        self._row = row
        self._ids: tuple[SchemaId, ...] = row.each(2, _text)

    def api(self) -> Api:
        row = self._row
        schemas = dict(zip(self._ids, row.each(3, lambda value: value), strict=True))
        protocol = row[10]
        return Api(
            title=Text(row.text(0)),
            version=Text(row.text(1)),
            operations=row.each(4, self._operation),
            schemas={schema_id: self._schema(schema_id, value) for schema_id, value in schemas.items()},
            servers=row.each(5, _server),
            tags=row.each(6, _tag),
            security_schemes=row.each(7, _scheme),
            security=_requirements(row[8]),
            gateway_path=row.maybe(9),
            protocol=None if protocol is None else Protocol(protocol),
            options=row.each(11, self._parameter),
            docs=_docs(row[12], False),
            place=Place("", ""),
        )

    def _schema(self, schema_id: SchemaId, values: Plain) -> Schema:
        row = Row(values)
        hint = row.each(0, _words)
        docs = _docs(row[2], row.number(3) > 0)
        place = Place("", schema_id.partition("#")[2])
        if row[7] != "record":
            return Alias(schema_id, hint, self._type(row[1]), docs, place)
        return Record(
            schema_id,
            hint,
            row.each(1, lambda value: self._property(place.pointer, value)),
            row.each(4, self._ref),
            self._maybe_type(row[5]),
            self._discriminator(row[6]),
            docs,
            place,
        )

    def _property(self, above: str, values: Plain) -> Property:
        row = Row(values)
        name, flags = row.text(0), row.number(2)
        return Property(
            Text(name),
            self._type(row[1]),
            bool(flags & 1),
            ACCESSES[flags >> 1 & 3],
            _default(row[4]),
            _docs(row[3], bool(flags & 8)),
            Place("", f"{above}/properties/{_escaped(name)}"),
        )

    def _operation(self, values: Plain) -> Operation:
        row = Row(values)
        method, path, written = row.text(0), Text(row.text(1)), row.maybe(10)
        place = Place("", f"/paths/{_escaped((written or path).raw)}/{method.lower()}")
        return Operation(
            method=method,
            path=path,
            id=row.maybe(2),
            tags=row.each(3, _words),
            parameters=row.each(4, lambda value: self._parameter(value, place)),
            body=None if row[5] is None else self._body(Row(row[5]), place),
            responses=row.each(6, lambda value: self._response(value, place)),
            effect=Effect(row[7]),
            servers=row.each(8, _server),
            security=_requirements(row[9]),
            written=written,
            pages=None if row[11] is None else self._pages(Row(row[11])),
            docs=_docs(row[12], row.number(13) > 0),
            place=place,
        )

    def _parameter(self, values: Plain, place: Place | None = None) -> Parameter:
        row = Row(values)
        flags = row.number(3)
        return Parameter(
            name=Text(row.text(0)),
            location=Location(row[1]),
            type=self._type(row[2]),
            required=bool(flags & 1),
            style=row.text(4),
            explode=bool(flags & 2),
            allow_reserved=bool(flags & 4),
            allow_empty=bool(flags & 8),
            media_type=None if row[7] is None else row.text(7),
            default=_default(row[6]),
            docs=_docs(row[5], bool(flags & 16)),
            place=place,
        )

    def _body(self, row: Row, above: Place) -> Body:
        place = Place("", f"{above.pointer}/requestBody")
        return Body(row.each(1, self._content), row.number(0) > 0, _docs(row[2], False), place)

    def _response(self, values: Plain, above: Place) -> Response:
        row = Row(values)
        return Response(
            row.text(0),
            row.each(1, self._content),
            row.each(2, self._header),
            docs=_docs(row[3], False),
            place=Place("", f"{above.pointer}/responses/{row.text(0)}"),
        )

    def _content(self, values: Plain) -> Content:
        row = Row(values)
        return Content(
            row.text(0), self._maybe_type(row[1]), self._maybe_type(row[2]), row.each(3, self._part)
        )

    def _header(self, values: Plain) -> Header:
        row = Row(values)
        flags = row.number(2)
        docs = _docs(row[3], False)
        return Header(Text(row.text(0)), self._type(row[1]), bool(flags & 1), bool(flags & 2), docs)

    def _part(self, values: Plain) -> Part:
        row = Row(values)
        explode = row[3]
        return Part(
            Text(row.text(0)),
            row.each(1, _text),
            None if row[2] is None else row.text(2),
            explode if isinstance(explode, bool) else None,
            bool(row[4]),
            row.each(5, self._header),
        )

    def _pages(self, row: Row) -> Pagination:
        more = None if row[3] is None else _way(row[3])
        return Pagination(_step(Row(row[0])), self._type(row[1]), _way(row[2]), more)

    def _discriminator(self, values: Plain) -> Discriminator | None:
        if values is None:
            return None
        row = Row(values)

        def mapped(value: Plain) -> tuple[Text, Ref]:
            pair = Row(value)
            return Text(pair.text(0)), self._ref(pair[1])

        rest = None if row[2] is None else self._ref(row[2])
        return Discriminator(Text(row.text(0)), row.each(1, mapped), rest)

    def _ref(self, value: Plain) -> Ref:
        if not isinstance(value, int):
            raise ValueError("not a schema")
        return Ref(self._ids[value])

    def _maybe_type(self, values: Plain) -> Type | None:
        return None if values is None else self._type(Row(values)[0])

    def _type(self, value: Plain) -> Type:
        if isinstance(value, int):
            return _SCALARS[value - 1]
        row = Row(value)
        match row[0]:
            case int() as number:
                return Ref(self._ids[number])
            case "s":
                return Scalar(KINDS[row.number(1) - 1], row.maybe(2), _limits(row[3]))
            case "a":
                return Array(self._type(row[1]), _limits(row[2]))
            case "m":
                return Map(self._type(row[1]), _limits(row[2]))
            case "n":
                return Nullable(self._type(row[1]))
            case "e":
                kinds = frozenset(row.each(2, _kind))
                return Enumeration(row.each(1, _single), kinds)
            case "u":
                return Union(row.each(1, self._type), self._discriminator(row[2]))
            case "t":
                return TupleOf(row.each(1, self._type), self._maybe_type(row[2]))
            case "*":
                return Anything()
            case "-":
                return Nothing()
            case _:
                raise ValueError("not a type")


_SCALARS = tuple(Scalar(kind) for kind in KINDS)


def _kind(value: Plain) -> Kind:
    if not isinstance(value, int):
        raise ValueError("not a kind")
    return KINDS[value - 1]


def _text(value: Plain) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _words(value: Plain) -> Text:
    return Text(_text(value))


def _single(value: Plain) -> bool | int | float | Text:
    if isinstance(value, str):
        return Text(value)
    if not isinstance(value, int | float):
        raise ValueError("not a single value")
    return value


def _docs(said: Plain, deprecated: bool) -> Docs:
    if not said and not deprecated:
        return NO_DOCS
    return Docs(description=Text(DIGEST + _text(said)) if said else None, deprecated=deprecated)


def _default(value: Plain) -> Json | NoDefault:
    return NO_DEFAULT if value is None else _json(Row(value)[0])


def _json(value: Plain) -> Json:
    match value:
        case str():
            return Text(value)
        case list():
            return tuple(map(_json, value))
        case dict():
            return {Text(name): _json(member) for name, member in value.items()}
        case _:
            return value


def _limits(values: Plain) -> Constraints:
    if values is None:
        return NO_CONSTRAINTS
    row = values if isinstance(values, list) else []
    found: dict[str, int | float] = {}
    pattern: Text | None = None
    for number, limit in zip(row[::2], row[1::2], strict=True):
        if isinstance(limit, str):
            pattern = Text(limit)
        elif isinstance(number, int) and isinstance(limit, int | float):
            found[_LIMITS[number]] = limit
        else:
            raise ValueError("not a limit")
    counts = {name: int(found[name]) for name in _COUNTS if name in found}
    return Constraints(
        minimum=found.get("minimum"),
        maximum=found.get("maximum"),
        exclusive_minimum=found.get("exclusive_minimum"),
        exclusive_maximum=found.get("exclusive_maximum"),
        multiple_of=found.get("multiple_of"),
        min_length=counts.get("min_length"),
        max_length=counts.get("max_length"),
        pattern=pattern,
        min_items=counts.get("min_items"),
        max_items=counts.get("max_items"),
        unique_items=bool(found.get("unique_items")),
    )


def _server(value: Plain) -> Server:
    row = Row(value)

    def variable(value: Plain) -> ServerVariable:
        one = Row(value)
        return ServerVariable(Text(one.text(0)), Text(one.text(1)), one.each(2, _words))

    return Server(Text(row.text(0)), row.each(1, variable), name=row.maybe(2))


def _tag(value: Plain) -> Tag:
    row = Row(value)
    return Tag(Text(row.text(0)), _docs(row[1], False))


def _scheme(value: Plain) -> SecurityScheme:
    row = Row(value)
    location = None if row[2] is None else Location(row[2])
    return SecurityScheme(Text(row.text(0)), SecurityKind(row[1]), location, row.maybe(3))


def _requirements(value: Plain) -> tuple[Requirement, ...] | None:
    if value is None:
        return None
    return Row(value).each(0, _way)


def _way(value: Plain) -> Way:
    return Row([value]).each(0, _words)


def _step(row: Row) -> Step:
    match row.text(0):
        case "ByOffset":
            return ByOffset(Text(row.text(1)), row.number(2))
        case "ByPage":
            return ByPage(Text(row.text(1)), row.number(2), None if row[3] is None else _way(row[3]))
        case "ByCursor":
            return ByCursor(Text(row.text(1)), _way(row[2]))
        case "ByLastItem":
            return ByLastItem(Text(row.text(1)), _way(row[2]))
        case "ByLink":
            return ByLink(None if row[1] is None else _way(row[1]))
        case "ByBookmark":
            return ByBookmark(Text(row.text(1)), _way(row[2]), Text(row.text(3)), Text(row.text(4)))
        case _:
            raise ValueError("not a way to the next page")


def _escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")
