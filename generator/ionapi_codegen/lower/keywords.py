"""What the parts of a conjunction say together: one set of keywords, conflicts resolved by intersection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ionapi_codegen.ir.schema import Kind
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import enums, scalars
from ionapi_codegen.lower.conjunction import Choice, Conjunction, Part
from ionapi_codegen.lower.references import References, Unresolvable, reference
from ionapi_codegen.spec.node import Node

TYPES = ("object", "array", "string", "integer", "number", "boolean", "file")
"""JSON types but null, and 2.0's `file`."""

_OBJECT = frozenset(
    ("properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties")
)
_ARRAY = frozenset(("items", "prefixItems", "minItems", "maxItems", "uniqueItems"))
_STRING = frozenset(("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"))
_NUMBER = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"))


@dataclass(slots=True)
class Keywords:
    """The merged keywords of a schema.

    `types` are the declared ones without null, None where none is declared; where no type is left that all
    parts allow, it `contradicts` itself, and has the types of all. A property has the parts that
    hold for it together in `properties`; `maybe` has those of schemas that need not hold. `additional`
    describes properties that are not named (`anything`: any value); `closed` means that there are none.
    """

    types: tuple[str, ...] | None = None
    nullable: bool = False
    impossible: bool = False
    contradicts: bool = False
    properties: dict[str, list[Part]] = field(default_factory=dict)
    maybe: dict[str, list[Part]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    additional: list[Part] = field(default_factory=list)
    patterned: list[Part] = field(default_factory=list)
    anything: bool = False
    closed: bool = False
    items: list[Part] = field(default_factory=list)
    prefix: list[Part] = field(default_factory=list)
    ends: bool = False
    listed: enums.Listed | None = None
    format: str | None = None
    content: Kind | None = None
    discriminator: Part | None = None
    choices: tuple[Choice, ...] = ()
    schemas: list[Mapping[str, object]] = field(default_factory=list)

    def kinds(self) -> tuple[str, ...]:
        """The declared types, or the one that the other keywords can only mean; empty for any."""
        if self.types is not None:
            return self.types
        said = frozenset(key for schema in self.schemas for key in schema)
        if not _OBJECT.isdisjoint(said) or self.maybe:
            return ("object",)
        if not _ARRAY.isdisjoint(said):
            return ("array",)
        named = scalars.type_of_format(self.format) if self.format is not None else None
        if named is not None:
            return (named,)
        if not _STRING.isdisjoint(said):
            return ("string",)
        return ("number",) if not _NUMBER.isdisjoint(said) else ()

    def is_record(self) -> bool:
        """Whether the schema is an object with named properties, or one that forbids all."""
        if self.impossible or self.listed is not None or self.choices or self.kinds() != ("object",):
            return False
        return bool(self.properties or self.maybe or self.required) or (self.closed and not self.patterned)


def merge(conjunction: Conjunction, references: References) -> Keywords:
    """The keywords of all parts together. Raises Unresolvable where telling takes a reference that leads
    nowhere."""
    said = Keywords()
    votes: list[tuple[bool, bool]] = []
    for part in conjunction.plain:
        value = part.node.value
        if not isinstance(value, dict):
            said.impossible = said.impossible or not part.optional
            continue
        if not part.optional:
            _merge_types(said, part, value, votes)
            _merge_values(said, value)
            if "required" in value:
                said.required.update(dict.fromkeys(_strings(value["required"])))
            said.schemas.append(value)
        _merge_object(said, part, value)
        _merge_array(said, part, value)
        if "discriminator" in value:
            said.discriminator = part
    said.nullable = (
        conjunction.nullable
        or any(null and own for null, own in votes)
        or (bool(votes) and all(null for null, _ in votes))
        or (said.listed is not None and None in said.listed.values)
    )
    said.choices = tuple(_open_choices(conjunction, references))
    return said


def _merge_types(
    said: Keywords, part: Part, value: Mapping[str, object], votes: list[tuple[bool, bool]]
) -> None:
    declared = declared_types(value)
    if part.beside_null:
        votes.append((True, part.own))
    elif declared is not None:
        votes.append(("null" in declared, part.own))
    if declared is None:
        return
    types = tuple(name for name in declared if name != "null")
    if said.types is None:
        said.types = types
        return
    both = tuple(name for name in said.types if name in types)
    if "integer" not in both and {"integer", "number"} <= {*said.types, *types} and "number" not in both:
        both = (*both, "integer")
    if said.contradicts or (not both and said.types and types):
        said.contradicts = True
        both = tuple(dict.fromkeys((*said.types, *types)))
    said.types = both


def declared_types(value: Mapping[str, object]) -> tuple[str, ...] | None:
    """The known names in `type`, null included; None where there are none."""
    written = value.get("type")
    if isinstance(written, str):
        return (written,) if written in TYPES or written == "null" else None
    names = written if isinstance(written, list) else []
    known = tuple(dict.fromkeys(str(name) for name in names if name in TYPES or name == "null"))
    return known or None


def _merge_values(said: Keywords, value: Mapping[str, object]) -> None:
    listed = enums.listed(value)
    if listed is not None:
        said.listed = listed if said.listed is None else enums.both(said.listed, listed)
    written = value.get("format")
    if said.format is None and isinstance(written, str) and written:
        said.format = written
    if "contentEncoding" in value or "contentMediaType" in value:
        said.content = scalars.content_kind(value.get("contentEncoding"), value.get("contentMediaType"))


def _merge_object(said: Keywords, part: Part, value: Mapping[str, object]) -> None:
    into = said.maybe if part.optional else said.properties
    properties = part.node.get("properties") if "properties" in value else None
    if properties is not None:
        for name, schema in properties.items():
            into.setdefault(name, []).append(_below(part, schema, Text(name)))
    if part.optional:
        return
    patterns = part.node.get("patternProperties") if "patternProperties" in value else None
    if patterns is not None:
        said.patterned += [_below(part, schema, _VALUE) for _, schema in patterns.items()]
    for key in ("additionalProperties", "unevaluatedProperties"):
        if key not in value:
            continue
        additional = part.node.get(key)
        if value[key] is False:
            said.closed = True
        elif additional is not None:
            if isinstance(additional.value, dict) and additional.value:
                said.additional.append(_below(part, additional, _VALUE))
            else:
                said.anything = True
        break


def _merge_array(said: Keywords, part: Part, value: Mapping[str, object]) -> None:
    if part.optional:
        return
    prefix = part.node.get("prefixItems") if "prefixItems" in value else None
    items = part.node.get("items") if "items" in value else None
    if items is not None and isinstance(items.value, list):  # draft 4 wrote tuples so
        prefix, items = items, part.node.get("additionalItems")
    if prefix is not None and not said.prefix:
        said.prefix = [
            _below(part, each, Text(f"item {place}")) for place, each in enumerate(prefix.elements(), 1)
        ]
    if items is None:
        return
    if items.value is False:
        said.ends = True
    else:
        said.items.append(_below(part, items, _ITEM))


def _open_choices(conjunction: Conjunction, references: References) -> Iterable[Choice]:
    """The choices that are still to be made: one is made already where the schema is itself a member, since a
    parent may list its children in `oneOf`, and each child take the parent in by `allOf`."""
    for choice in conjunction.choices:
        if choice.part.optional:
            continue
        if not conjunction.passed:
            yield choice
            continue
        left = tuple(member for member in choice.members if not _passed(member, conjunction, references))
        if len(left) == len(choice.members) or (choice.part.own and left):
            yield replace(choice, members=left)


def _passed(member: Node, conjunction: Conjunction, references: References) -> bool:
    if reference(member) is None:
        return False
    try:
        return references.target(member).id in conjunction.passed
    except Unresolvable:
        return False


def _below(part: Part, node: Node, word: Text) -> Part:
    return Part(node, (*part.hint, word))


def _strings(value: object) -> list[str]:
    """The names of a list; YAML reads the property `200` as a number where it stands without quotes."""
    names = value if isinstance(value, list) else []
    return [str(name) for name in names if isinstance(name, (str, int)) and not isinstance(name, bool)]


_ITEM = Text("item")
_VALUE = Text("value")
