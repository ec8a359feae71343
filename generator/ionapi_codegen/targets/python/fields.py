"""The fields of a class: each property's annotation, what stands behind it, and its docstring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ionapi_codegen.ir.schema import Access, Enumeration, Kind, Property, SchemaId, Type
from ionapi_codegen.targets.python import docs, layout
from ionapi_codegen.targets.python.imports import Imports
from ionapi_codegen.targets.python.layout import Code
from ionapi_codegen.targets.python.text import docstring, literal
from ionapi_codegen.targets.python.types import Speller
from ionapi_codegen.targets.python.views import Field

INDENT = 4
_CONST_KINDS = frozenset({Kind.STRING, Kind.INTEGER, Kind.BOOLEAN})

_Key: TypeAlias = tuple[str, str, bool, int, int, int, int, "Surroundings"]


class Surroundings(NamedTuple):
    """What an annotation depends on besides its type: see `Speller`."""

    hidden: frozenset[str]
    files: bool
    texts: bool
    later: frozenset[SchemaId] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    """A field, and what the module must import that it stands in: symbols, and the schemas that it names.
    `told` are those among them that a discriminator names."""

    field: Field
    imports: Imports
    named: frozenset[SchemaId]
    told: frozenset[SchemaId]
    _of: Property  # kept, so that nothing else gets the identities that the field is found by


class Fields:
    """The fields of a document's records. Documents write a property out in many places: those that share
    all that it says share the text, too."""

    def __init__(self, names: Mapping[SchemaId, str], aliases: frozenset[SchemaId]) -> None:
        self._names = names
        self._aliases = aliases
        self._known: dict[_Key, Written] = {}

    def written(self, found: Property, name: str, around: Surroundings) -> Written:
        """The field of this name in the class of a record."""
        said = id(found.access), id(found.type), id(found.docs), id(found.default)
        key = (name, found.name.raw, found.required, *said, around)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._write(found, name, around)
        return known

    def _write(self, found: Property, name: str, around: Surroundings) -> Written:
        named: set[SchemaId] = set()

        def refer(schema_id: SchemaId) -> str:
            named.add(schema_id)
            return self._names[schema_id]

        imports = Imports()
        quoted = self._aliases | around.later
        speller = Speller(imports, refer, around.hidden, around.files, around.texts, quoted)
        code = _field(found, name, speller)
        return Written(code, imports, frozenset(named), frozenset(speller.told), found)


def const(type: Type) -> str | None:
    """The literal of a type that has one value only, None for any other."""
    if isinstance(type, Enumeration) and len(type.values) == 1 and type.kinds <= _CONST_KINDS:
        return literal(type.values[0])
    return None


def _field(found: Property, name: str, speller: Speller) -> Field:
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
    code = layout.field(name, annotation, _value(found, name, default, speller), INDENT)
    return Field(code, docstring([docs.value_prose(found.docs, found.type, found.default)], INDENT))


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
