"""The text of each model: a class for a record, an alias for any other named type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ionapi_codegen.ir.schema import (
    Access,
    Alias,
    Anything,
    Enumeration,
    Kind,
    Property,
    Record,
    Schema,
    SchemaId,
    Type,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.facts import Facts
from ionapi_codegen.targets.python.imports import TYPE_ALIAS, Imports
from ionapi_codegen.targets.python.layout import Code, Keyed
from ionapi_codegen.targets.python.scopes import field_names
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.types import Speller, discriminator, hidden_builtins, references
from ionapi_codegen.targets.python.views import Field, Model

_INDENT = 4
_CONST_KINDS = frozenset({Kind.STRING, Kind.INTEGER, Kind.BOOLEAN})


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one schema, the same in whatever module it stands, and what the module must import.

    `defined` are the schemas that must exist when the module is executed (base classes, members of aliases),
    `named` those that annotations alone use.
    """

    view: Model
    imports: Imports
    defined: frozenset[SchemaId]
    named: frozenset[SchemaId]

    @property
    def lines(self) -> int:
        """How many lines it takes, with the blank ones before it."""
        pieces = [self.view.code, self.view.doc]
        for field in self.view.fields:
            pieces += (field.code, field.doc)
        return 2 + sum(piece.count("\n") + 1 for piece in pieces if piece)


class Told:
    """The docstrings of a document's fields. Properties that are written alike share what says so, which is
    put into words once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int], tuple[Property, str]] = {}

    def docstring(self, found: Property) -> str:
        key = id(found.docs), id(found.type), id(found.default)
        if key not in self._known:
            text = docstring([docs.value_prose(found.docs, found.type, found.default)], _INDENT)
            self._known[key] = found, text  # with the property, so that nothing else gets its identities
        return self._known[key][1]


def draft(schema: Schema, names: Mapping[SchemaId, str], facts: Facts, told: Told) -> Draft:
    """The text of one schema; `space` is set by the module that it goes to."""
    imports = Imports()
    defined: set[SchemaId] = set()
    named: set[SchemaId] = set()

    def must_exist(schema_id: SchemaId) -> str:
        defined.add(schema_id)
        return names[schema_id]

    def is_named(schema_id: SchemaId) -> str:
        named.add(schema_id)
        return names[schema_id]

    texts = schema.id in facts.in_json
    files = not texts or schema.id in facts.in_forms
    if isinstance(schema, Record):
        speller = Speller(imports, is_named, files=files, texts=texts, aliases=facts.aliases)
        bases = [must_exist(base.target) for base in schema.bases]
        view = _class(schema, names, bases, speller, schema.id in facts.exact, told)
    else:
        recurs = schema.id in facts.recursive
        refer = is_named if recurs else must_exist
        speller = Speller(imports, refer, files=files, texts=texts, aliases=facts.aliases)
        view = _alias(schema, names[schema.id], recurs, speller)
    return Draft(view, imports, frozenset(defined), frozenset(named))


def needs(schema: Schema, recursive: frozenset[SchemaId]) -> tuple[SchemaId, ...]:
    """What must exist before this schema's class or alias is executed."""
    if isinstance(schema, Record):
        return tuple(base.target for base in schema.bases)
    return () if schema.id in recursive else tuple(dict.fromkeys(references(schema.type)))


def const(type: Type) -> str | None:
    """The literal of a type that has one value only, None for any other."""
    if isinstance(type, Enumeration) and len(type.values) == 1 and type.kinds <= _CONST_KINDS:
        return literal(type.values[0])
    return None


def in_order(
    ids: Iterable[SchemaId], schemas: Mapping[SchemaId, Schema], recursive: frozenset[SchemaId]
) -> tuple[SchemaId, ...]:
    """The schemas of one module in document order, except that each follows what it needs, and a component
    what is written out inside it."""
    inside: dict[tuple[Text, ...], list[SchemaId]] = {}
    listed = tuple(ids)
    titles = {schemas[schema_id].hint for schema_id in listed}
    for schema_id in listed:
        hint = schemas[schema_id].hint
        inside.setdefault(hint[:1] if hint[:1] in titles else hint, []).append(schema_id)
    wanted = dict.fromkeys(
        schema_id
        for found in inside.values()
        for schema_id in sorted(found, key=lambda found: -len(schemas[found].hint))
    )
    placed: dict[SchemaId, None] = {}
    entered: set[SchemaId] = set()

    def place(schema_id: SchemaId) -> None:
        if schema_id in wanted and schema_id not in entered:
            entered.add(schema_id)
            for need in needs(schemas[schema_id], recursive):
                place(need)
            placed[schema_id] = None

    for schema_id in wanted:
        place(schema_id)
    return tuple(placed)


def _class(
    record: Record, names: Mapping[SchemaId, str], bases: list[str], speller: Speller, exact: bool, told: Told
) -> Model:
    arguments: list[Code] = [*bases]
    if record.additional is not None and not isinstance(record.additional, Anything) and not bases:
        arguments.append(_open_model(record.additional, speller))
    arguments = arguments or [speller.imports.runtime("Model")]
    if record.discriminator is not None:
        # The subclasses come later: they are named, not referred to.
        children = discriminator(
            record.discriminator, lambda schema_id: literal(names[schema_id]), speller.imports
        )
        arguments.append(Keyed("discriminator=", children))
    if exact:
        arguments.append("exact=True")
    fields_called = field_names(record)
    inside = replace(speller, hidden=hidden_builtins(fields_called.values()))
    fields = [_field(found, fields_called[found.name.raw], inside, told) for found in record.properties]
    doc = docstring(docs.paragraphs(record.docs), _INDENT)
    if not fields and not doc:
        doc = docstring([["An object of which the document names no property."]], _INDENT)
    header = layout.statement("class ", layout.call(names[record.id], *arguments), ":", 0)
    return Model("", header, doc, tuple(fields), is_class=True)


def _open_model(additional: Type, speller: Speller) -> Code:
    """`OpenModel[int]`; in quotes where the type names a model, which need not exist yet."""
    annotation = speller.annotation(additional)
    if any(True for _ in references(additional)):
        annotation = literal(layout.flat(annotation))
    return layout.subscript(speller.imports.runtime("OpenModel"), annotation)


def _field(found: Property, name: str, speller: Speller, told: Told) -> Field:
    annotation = speller.annotation(found.type)
    default = "UNSET"
    if found.required and (fixed := const(found.type)) is not None:
        default = fixed
    elif not found.required:
        annotation = layout.either(annotation, speller.imports.runtime("Unset"))
    elif found.access is not Access.READ:
        default = ""
    if default == "UNSET":
        speller.imports.runtime("UNSET")
    code = layout.field(name, annotation, _value(found, name, default, speller), _INDENT)
    return Field(code, told.docstring(found))


def _value(found: Property, name: str, default: str, speller: Speller) -> Code | None:
    """What stands behind a field: nothing, a default, or `wire(...)` for what its name does not say."""
    if name == found.name.raw and found.access is Access.BOTH:
        return default or None
    arguments = [] if name == found.name.raw else [literal(found.name)]
    if default:
        arguments.append(f"default={default}")
    if found.access is not Access.BOTH:
        arguments.append("read_only=True" if found.access is Access.READ else "write_only=True")
    return layout.call(speller.imports.runtime("wire"), *arguments)


def _alias(alias: Alias, name: str, recursive: bool, speller: Speller) -> Model:
    speller.imports.use(TYPE_ALIAS)
    code = speller.annotation(alias.type)
    text = layout.alias(name, literal(layout.flat(code)) if recursive else code)
    return Model("", text, docstring(docs.alias_prose(alias), 0), (), is_class=False)
