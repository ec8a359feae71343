"""How a type of the model is annotated in Python, and what the annotation imports.

`Scalar(Kind.DATE_TIME)` is `dt.datetime`; `Nullable(Array(Ref(order)))` is `list[Order] | None`;
`Enumeration(("A", "B"))` is `Literal["A", "B"] | str`, for enumerations are open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from ionapi_codegen.ir.schema import (
    Anything,
    Array,
    Discriminator,
    Enumeration,
    Kind,
    Map,
    Nothing,
    Nullable,
    Ref,
    Scalar,
    SchemaId,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.imports import (
    ANNOTATED,
    BUILTINS,
    DATETIME,
    DECIMAL,
    LITERAL,
    UUID,
    Imports,
    Symbol,
)
from ionapi_codegen.targets.python.layout import Code
from ionapi_codegen.targets.python.text import literal

Refer: TypeAlias = Callable[[SchemaId], str]
"""What a module calls a named schema; asking it is what imports it."""

_BUILTIN_KINDS = {
    Kind.STRING: "str",
    Kind.INTEGER: "int",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.DURATION: "str",
    Kind.BASE64: "bytes",
}
_SYMBOL_KINDS: dict[Kind, tuple[Symbol, str]] = {
    Kind.DATE: (DATETIME, ".date"),
    Kind.DATE_TIME: (DATETIME, ".datetime"),
    Kind.TIME: (DATETIME, ".time"),
    Kind.UUID: (UUID, ""),
    Kind.DECIMAL_STRING: (DECIMAL, ""),
}
_LITERAL_KINDS = frozenset({Kind.STRING, Kind.INTEGER, Kind.BOOLEAN})
_MOST_LITERAL = 2**63
_BUILTINS_USED = ("bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple")


@dataclass(frozen=True, slots=True)
class Speller:
    """Writes annotations for one place of one module.

    `hidden` are names that the place's own class redefines (a field `list`): builtins of that name are
    written `builtins.list`. `files` says whether raw bytes are something to upload, `texts` whether they
    stand in JSON, which has no bytes. `quoted` are the schemas that a discriminator has to put in quotes:
    those that are no classes, and those that type checkers do not know yet. `told` becomes what one names
    without quotes.
    """

    imports: Imports
    refer: Refer
    hidden: frozenset[str] = frozenset()
    files: bool = False
    texts: bool = False
    quoted: frozenset[SchemaId] = frozenset()
    told: set[SchemaId] = field(default_factory=set)

    def annotation(self, type: Type) -> Code:
        """The annotation of a type. A union's null comes last."""
        match type:
            case Scalar(kind):
                return self._scalar(kind)
            case Enumeration():
                return self._enumeration(type)
            case Array(items):
                return layout.subscript(self._builtin("list"), self.annotation(items))
            case TupleOf():
                return self._tuple(type)
            case Map(values):
                return layout.subscript(self._builtin("dict"), self._builtin("str"), self.annotation(values))
            case Anything() | Nothing():
                return self._builtin("object")
            case Ref(target):
                return self.refer(target)
            case Nullable(of):
                return layout.either(self.annotation(of), "None")
            case Union():
                return self._union(type)
            case _:
                assert_never(type)

    def or_empty(self, type: Type) -> Code:
        """The annotation of a type whose values may also be the empty text."""
        if isinstance(type, Enumeration):
            return self.annotation(type) if Text("") in type.values else self._enumeration(type, '""')
        return layout.either(self.annotation(type), layout.subscript(self.imports.use(LITERAL), '""'))

    def _scalar(self, kind: Kind) -> Code:
        if kind is Kind.NULL:
            return "None"
        if kind is Kind.BINARY:
            return self._raw_bytes()
        if kind is Kind.DECIMAL:
            exact = self.imports.runtime("EXACT")
            return layout.subscript(self.imports.use(ANNOTATED), self.imports.use(DECIMAL), exact)
        if kind in _BUILTIN_KINDS:
            return self._builtin(_BUILTIN_KINDS[kind])
        symbol, attribute = _SYMBOL_KINDS[kind]
        return self.imports.use(symbol) + attribute

    def _raw_bytes(self) -> Code:
        found = [self.imports.runtime("File")] if self.files else []
        if self.texts:
            found.append(self._builtin("str"))
        return layout.either(*(found or [self._builtin("bytes")]))

    def _enumeration(self, enumeration: Enumeration, *more: Code) -> Code:
        values = list(filter(fits_literal, enumeration.values))
        kinds = [kind for kind in Kind if kind in enumeration.kinds]
        if Kind.NUMBER in kinds:
            kinds = [kind for kind in kinds if kind is not Kind.INTEGER]
        closed = len(enumeration.values) == len(values) == 1 and enumeration.kinds <= _LITERAL_KINDS
        members: list[Code] = []
        if values or more:
            members.append(layout.subscript(self.imports.use(LITERAL), *map(literal, values), *more))
        if not closed:
            members += [self._scalar(kind) for kind in kinds]
        return layout.either(*members)

    def _tuple(self, type: TupleOf) -> Code:
        if not type.items:
            return self.annotation(Array(type.rest or Anything()))
        items = list(map(self.annotation, type.items))
        if type.rest is not None:
            rest = layout.subscript(self._builtin("tuple"), self.annotation(type.rest), "...")
            items.append(layout.Keyed("*", rest))
        return layout.subscript(self._builtin("tuple"), *items)

    def _union(self, union: Union) -> Code:
        members = self._either(union.members)
        if union.discriminator is None or not isinstance(members, layout.Either):
            return members
        told = discriminator(union.discriminator, self._named, self.imports)
        return layout.subscript(self.imports.use(ANNOTATED), members, told)

    def _named(self, schema_id: SchemaId) -> str:
        """What a discriminator calls a schema: the class itself, the name of an alias, which may stand for
        anything."""
        name = self.refer(schema_id)
        if schema_id in self.quoted:
            return literal(name)
        self.told.add(schema_id)
        return name

    def _either(self, members: tuple[Type, ...]) -> Code:
        return layout.either(*map(self.annotation, _merged(members)))

    def _builtin(self, name: str) -> str:
        return f"{self.imports.use(BUILTINS)}.{name}" if name in self.hidden else name


def fits_literal(value: bool | int | float | Text) -> bool:
    """Whether `Literal[...]` may hold the value: typing knows no float, and type checkers no integer of more
    than 64 bits."""
    return not isinstance(value, float) and (
        not isinstance(value, int) or -_MOST_LITERAL <= value < _MOST_LITERAL
    )


def discriminator(found: Discriminator, refer: Refer, imports: Imports) -> Code:
    """`Discriminator("kind", {"card": CardPayment})`; `refer` may also put the classes' names in quotes."""
    pairs = [(literal(value), refer(ref.target)) for value, ref in found.mapping]
    default = [f"default={refer(found.default.target)}"] if found.default is not None else []
    mapping = layout.mapping(pairs)
    return layout.call(imports.runtime("Discriminator"), literal(found.property), mapping, *default)


def hidden_builtins(names: Iterable[str]) -> frozenset[str]:
    """Which of a class's own names hide a builtin that annotations use."""
    return frozenset(name for name in names if name in _BUILTINS_USED)


def scalars(type: Type) -> Iterator[Kind]:
    """The kinds of the single values inside a type, those of the schemas that it names left out."""
    match type:
        case Scalar(kind):
            yield kind
        case Array(items) | Map(items) | Nullable(items):
            yield from scalars(items)
        case TupleOf(items, rest):
            for item in (*items, *([] if rest is None else [rest])):
                yield from scalars(item)
        case Union(members):
            for member in members:
                yield from scalars(member)
        case Enumeration() | Ref() | Anything() | Nothing():
            return
        case _:
            assert_never(type)


def references(type: Type) -> Iterator[SchemaId]:
    """The named schemas that a type names, those of its discriminator included."""
    match type:
        case Ref(target):
            yield target
        case Array(items) | Map(items) | Nullable(items):
            yield from references(items)
        case TupleOf(items, rest):
            for item in items:
                yield from references(item)
            if rest is not None:
                yield from references(rest)
        case Union(members, discriminator):
            for member in members:
                yield from references(member)
            if discriminator is not None:
                yield from (ref.target for _, ref in discriminator.mapping)
                if discriminator.default is not None:
                    yield discriminator.default.target
        case Scalar() | Enumeration() | Anything() | Nothing():
            return
        case _:
            assert_never(type)


def _merged(members: tuple[Type, ...]) -> tuple[Type, ...]:
    """The members with what says the same thing twice left out: one `Literal`, no `int` beside `float`,
    nothing beside `object`, null last."""
    plain: list[Type] = []
    nullable = False
    for member in members:
        nullable = nullable or isinstance(member, Nullable)
        plain.append(member.of if isinstance(member, Nullable) else member)
    if any(isinstance(member, Anything | Nothing) for member in plain):
        return (Anything(),)
    values: dict[tuple[type, bool | int | float | Text], bool | int | float | Text] = {}
    kinds: set[Kind] = set()
    for member in plain:
        if isinstance(member, Enumeration):
            values.update({(value.__class__, value): value for value in member.values})
            kinds |= member.kinds
    singles = {member.kind for member in plain if isinstance(member, Scalar)}
    merged: list[Type] = []
    for member in plain:
        if isinstance(member, Enumeration):
            if values:
                merged.append(Enumeration(tuple(values.values()), frozenset(kinds)))
                values = {}
        elif member != Scalar(Kind.NULL) and not (
            isinstance(member, Scalar) and member.kind is Kind.INTEGER and Kind.NUMBER in singles
        ):
            merged.append(member)
    return (*merged, Scalar(Kind.NULL)) if nullable or Kind.NULL in singles else tuple(merged)
