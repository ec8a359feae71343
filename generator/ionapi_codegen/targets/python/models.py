"""The text of each model: a class for a record, an alias for any other named type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ionapi_codegen.ir.schema import Alias, Anything, Record, Schema, SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.facts import Facts
from ionapi_codegen.targets.python.fields import INDENT, Fields, Surroundings, Written
from ionapi_codegen.targets.python.imports import TYPE_ALIAS, Imports
from ionapi_codegen.targets.python.layout import Code, Keyed
from ionapi_codegen.targets.python.scopes import field_names
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.types import Speller, discriminator, hidden_builtins, references
from ionapi_codegen.targets.python.views import Model


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one schema, the same in whatever module it stands, and what the module must import.

    `defined` are the schemas that must exist when the module is executed (base classes, members of aliases),
    `named` those that annotations alone use, `told` those that discriminators name without quotes, `quoted`
    those that a base class names in quotes. `before` is an alias that stands before a class, or nothing.
    """

    view: Model
    imports: Imports
    defined: frozenset[SchemaId]
    named: frozenset[SchemaId]
    told: frozenset[SchemaId] = frozenset()
    quoted: frozenset[SchemaId] = frozenset()
    before: str = ""

    @property
    def lines(self) -> int:
        """How many lines it takes, with the blank ones before it."""
        pieces = [self.view.code, self.view.doc]
        for field in self.view.fields:
            pieces += (field.code, field.doc)
        return 2 + sum(piece.count("\n") + 1 for piece in pieces if piece)


def draft(
    schema: Schema,
    names: Mapping[SchemaId, str],
    facts: Facts,
    fields: Fields,
    later: frozenset[SchemaId] = frozenset(),
    *,
    apart: bool = False,
) -> Draft:
    """The text of one schema; `space` is set by the module that it goes to. `later` are the schemas that
    follow it there, itself among them: type checkers do not know them yet in a discriminator, though nothing
    is evaluated. `apart`, what a base class would name in quotes is an alias: there, linters see it."""
    before = ""
    imports = Imports()
    defined: set[SchemaId] = set()
    named: set[SchemaId] = set()
    quoted: set[SchemaId] = set()

    def must_exist(schema_id: SchemaId) -> str:
        defined.add(schema_id)
        return names[schema_id]

    def is_named(schema_id: SchemaId) -> str:
        named.add(schema_id)
        return names[schema_id]

    def is_quoted(schema_id: SchemaId) -> str:
        quoted.add(schema_id)
        return names[schema_id]

    texts = schema.id in facts.in_json
    files = not texts or schema.id in facts.in_forms
    if isinstance(schema, Record):
        speller = Speller(imports, is_named, files=files, texts=texts, quoted=facts.aliases | later)
        bases: list[Code] = [must_exist(base.target) for base in schema.bases]
        written = _written(schema, fields, Surroundings(frozenset(), files, texts, later))
        for one in written:
            imports.absorb(one.imports)
            named |= one.named
            speller.told.update(one.told)
        if _is_open(schema):
            open_model, before = _open_model(schema, names, replace(speller, refer=is_quoted), apart)
            bases = [open_model]
        view = _class(schema, names, bases, speller, schema.id in facts.exact, written)
    else:
        recurs = schema.id in facts.recursive
        refer = is_named if recurs else must_exist
        speller = Speller(imports, refer, files=files, texts=texts, quoted=facts.aliases | later)
        view = _alias(schema, names[schema.id], recurs, speller)
    return Draft(
        view,
        imports,
        frozenset(defined),
        frozenset(named),
        frozenset(speller.told),
        frozenset(quoted),
        before,
    )


def needs(schema: Schema, recursive: frozenset[SchemaId]) -> tuple[SchemaId, ...]:
    """What must exist before this schema's class or alias is executed."""
    if isinstance(schema, Record):
        return tuple(base.target for base in schema.bases)
    return () if schema.id in recursive else tuple(dict.fromkeys(references(schema.type)))


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


def _written(record: Record, fields: Fields, around: Surroundings) -> list[Written]:
    called = field_names(record)
    around = around._replace(hidden=hidden_builtins(called.values()))
    return [fields.written(found, called[found.name.raw], around) for found in record.properties]


def _class(
    record: Record,
    names: Mapping[SchemaId, str],
    bases: list[Code],
    speller: Speller,
    exact: bool,
    written: list[Written],
) -> Model:
    arguments = bases or [speller.imports.runtime("Model")]
    if record.discriminator is not None:
        # The subclasses come later: they are named, not referred to.
        children = discriminator(
            record.discriminator, lambda schema_id: literal(names[schema_id]), speller.imports
        )
        arguments.append(Keyed("discriminator=", children))
    if exact:
        arguments.append("exact=True")
    doc = docstring(docs.paragraphs(record.docs), INDENT)
    if not written and not doc:
        doc = docstring([["An object of which the document names no property."]], INDENT)
    header = layout.statement("class ", layout.call(names[record.id], *arguments), ":", 0)
    return Model("", header, doc, tuple([one.field for one in written]), is_class=True)


def _is_open(record: Record) -> bool:
    """Whether properties that are not named are of one type."""
    return record.additional is not None and not isinstance(record.additional, Anything) and not record.bases


def _open_model(
    record: Record, names: Mapping[SchemaId, str], speller: Speller, apart: bool
) -> tuple[Code, str]:
    """`OpenModel[int]`; in quotes where the type names a model, which need not exist yet. `apart`, the quotes
    are those of an alias, which comes second."""
    additional = record.additional or Anything()
    model = speller.imports.runtime("OpenModel")
    annotation = speller.annotation(additional)
    if not any(True for _ in references(additional)):
        return layout.subscript(model, annotation), ""
    text = literal(layout.flat(annotation))
    if not apart:
        return layout.subscript(model, text), ""
    speller.imports.use(TYPE_ALIAS)
    name = f"_{names[record.id]}Values"
    return layout.subscript(model, name), layout.alias(name, text)


def _alias(alias: Alias, name: str, recursive: bool, speller: Speller) -> Model:
    speller.imports.use(TYPE_ALIAS)
    code = speller.annotation(alias.type)
    text = layout.alias(name, literal(layout.flat(code)) if recursive else code)
    return Model("", text, docstring(docs.alias_prose(alias), 0), (), is_class=False)
