"""How transactions of M3 are declared: fields with their lengths, options, a result of typed records.

@reads("/GetBasicData", cuno=10)
def get_basic_data(
    self, *, cuno: Value, **options: Unpack[Options]
) -> MIResult[models.GetBasicData]:

`@writes` is for those that may change data, `@lists` for those that list records from a field on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ionapi_codegen.ir.operation import ByLastItem, Effect, Operation, Parameter
from ionapi_codegen.ir.schema import Array, Docs, Kind, Property, Record, Scalar, Schema, SchemaId, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.base import OperationEntry
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.imports import UNPACK, Imports
from ionapi_codegen.targets.python.layout import Code, Keyed
from ionapi_codegen.targets.python.models import Draft
from ionapi_codegen.targets.python.names import allocate, wanted
from ionapi_codegen.targets.python.operations import Scene
from ionapi_codegen.targets.python.scopes import RECORD_FIELDS, TRANSACTION_FIELDS
from ionapi_codegen.targets.python.text import Prose, docstring, literal
from ionapi_codegen.targets.python.views import Field, Method, Model

_TEXTS = {Kind.DATE: "DateText", Kind.DECIMAL_STRING: "NumberText"}
_CONTEXT = frozenset({"cono", "divi", "lanc"})
"""Options that fields of a transaction may be called like."""


def declare(operation: Operation, name: str, call: str, scene: Scene) -> tuple[Method, OperationEntry]:
    """The view of one transaction, and how the manifest lists it; `call` is the way to it from the client."""
    imports = scene.speller.imports
    found = _named(operation.parameters)
    wires = {name: each.name for name, each in found.items() if _derived(name) != each.name.raw}
    decorator: list[Code] = [literal(operation.path)]
    if wires:
        decorator.append(Keyed("wires=", _mapping(wires)))
    decorator += [
        f"{name}={length}" for name, each in found.items() if (length := _length(each.type)) is not None
    ]
    kind = "reads" if operation.effect is Effect.READ else "writes"
    start = _start(operation, found)
    if start is not None:
        decorator.insert(1, f'"{start}"')
    called = layout.call(imports.runtime("lists" if start is not None else kind), *decorator)
    imports.runtime("Declared")
    signature = layout.function(name, _signature(found, imports), _result(operation, scene), 4)
    onwards = "" if start is None else "; `iterate` reads on beyond `maxrecs`"
    line: Prose = [f"{kind.capitalize()}: ", Text(operation.method), " ", operation.path, onwards]
    said = [(name, prose) for name, each in found.items() if (prose := _field_prose(each.docs, each.type))]
    view = Method(
        layout.exploded("@", called, "", 4),
        signature,
        docstring([*docs.paragraphs(operation.docs), line], 8, said),
    )
    listed = OperationEntry(
        operation.id.raw if operation.id else None,
        operation.method,
        operation.path.raw,
        call,
        {name: (each.location.value, each.name.raw) for name, each in found.items()},
        None,
        operation.effect.value,
    )
    return view, listed


def draft(record: Schema, names: Mapping[SchemaId, str]) -> Draft:
    """The class of the records that a transaction returns."""
    if not isinstance(record, Record):
        raise TypeError(f"not a record of a transaction: {record.id}")
    imports = Imports()
    called = allocate(RECORD_FIELDS, [wanted(each.name.raw, each.name) for each in record.properties])
    wires = {
        name: each.name
        for each in record.properties
        if _derived(name := called[each.name.raw]) != each.name.raw
    }
    arguments: list[Code] = [imports.runtime("MIRecord")]
    if wires:
        arguments.append(Keyed("wires=", _mapping(wires)))
    fields = tuple(_field(each, called[each.name.raw], imports) for each in record.properties)
    header = layout.statement("class ", layout.call(names[record.id], *arguments), ":", 0)
    return Draft(Model("", header, "", fields, is_class=True), imports, frozenset(), frozenset())


def _named(parameters: Iterable[Parameter]) -> dict[str, Parameter]:
    """The fields by the names of their arguments, the required ones first."""
    found = sorted(parameters, key=lambda each: not each.required)
    names = allocate(TRANSACTION_FIELDS, [wanted(each.name.raw, each.name) for each in found])
    return {names[each.name.raw]: each for each in found}


def _start(operation: Operation, found: Mapping[str, Parameter]) -> str | None:
    """The argument from which on the transaction lists, if it can be read page by page."""
    step = operation.pages.step if operation.pages is not None else None
    if not isinstance(step, ByLastItem):
        return None
    return next((name for name, each in found.items() if each.name == step.parameter), None)


def _derived(name: str) -> str:
    """What the runtime takes a field to be called in M3: see `wire_name` there."""
    bare = name.removeprefix("field_")
    return (bare if bare[:1].isdigit() else name).rstrip("_").upper()


def _signature(found: Mapping[str, Parameter], imports: Imports) -> list[layout.Parameter]:
    value = imports.runtime("Value") if found else ""
    fields = [
        (
            layout.Parameter(name, value)
            if each.required
            else layout.Parameter(name, layout.either(value, "None"), "None")
        )
        for name, each in found.items()
    ]
    options = imports.runtime("CallOptions" if _CONTEXT & found.keys() else "Options")
    return [
        layout.Parameter("self"),
        *([layout.Parameter("*"), *fields] if fields else []),
        layout.Parameter("**options", layout.subscript(imports.use(UNPACK), options)),
    ]


def _result(operation: Operation, scene: Scene) -> Code:
    imports = scene.speller.imports
    listed = [content.type for answer in operation.responses for content in answer.contents]
    records = listed[0].items if listed and isinstance(listed[0], Array) else None
    record = imports.runtime("MIRecord") if records is None else scene.speller.annotation(records)
    return layout.subscript(imports.runtime("MIResult"), record)


def _field(found: Property, name: str, imports: Imports) -> Field:
    kind = found.type.kind if isinstance(found.type, Scalar) else Kind.STRING
    annotation = imports.runtime(_TEXTS[kind]) if kind in _TEXTS else "str"
    code = layout.field(name, annotation, None, 4)
    return Field(code, docstring([_field_prose(found.docs, found.type)], 4))


def _field_prose(said: Docs, type: Type) -> Prose:
    """`Customer number (10).`: what a field is, and how many characters it has."""
    length = _length(type)
    if said.description is None:
        return [f"At most {length} characters."] if length is not None else []
    return [said.description, f" ({length})." if length is not None else "."]


def _length(type: Type) -> int | None:
    return type.constraints.max_length if isinstance(type, Scalar) else None


def _mapping(wires: Mapping[str, Text]) -> Code:
    return layout.mapping([(literal(name), literal(wire)) for name, wire in wires.items()])
