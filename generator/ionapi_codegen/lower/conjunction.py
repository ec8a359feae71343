"""Which plain schemas hold together where a schema has `allOf`, `$ref` with siblings, or a choice of one.

JSON Schema lets every keyword stand beside every other, and all of them hold. A schema is therefore read as a
conjunction of parts, each with its own keywords only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ionapi_codegen.ir.schema import SchemaId
from ionapi_codegen.lower.references import Hint, References, Target, reference
from ionapi_codegen.spec.node import Node

_CONDITIONS = ("then", "else", "dependentSchemas")
"""Keywords whose schemas may hold: what they describe is optional."""

_TYPING = frozenset(
    (
        *("type", "enum", "const", "format", "contentEncoding", "contentMediaType"),
        *("properties", "additionalProperties", "patternProperties", "unevaluatedProperties", "required"),
        *("minProperties", "maxProperties", "propertyNames", "discriminator"),
        *("items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "pattern"),
    )
)
_CONDITIONAL = frozenset(_CONDITIONS)
_OPENING = frozenset(("$ref", "$dynamicRef", "allOf", "oneOf", "anyOf", *_CONDITIONS))
_STRUCTURE = _TYPING | _OPENING
_HOLLOW = frozenset(("required", "minProperties", "maxProperties", "propertyNames"))


@dataclass(frozen=True, slots=True)
class Part:
    """One schema of a conjunction.

    `hint` is what it is named after. `own` is false for what was reached through a reference. `bare` parts
    have been taken apart: only their plain keywords count. `beside_null` parts were the only choice but null.
    `optional` parts need not hold.
    """

    node: Node
    hint: Hint
    own: bool = True
    bare: bool = False
    beside_null: bool = False
    optional: bool = False

    def inside(self, node: Node) -> Part:
        """A schema that is written inside of this one and holds with it."""
        return Part(node, self.hint, self.own, False, self.beside_null, self.optional)


@dataclass(frozen=True, slots=True)
class Choice:
    """A `oneOf` or `anyOf` of at least two members, null left out."""

    part: Part
    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Parts that hold together; `references` are those not followed, `passed` the schemas gone through."""

    plain: tuple[Part, ...]
    choices: tuple[Choice, ...]
    references: tuple[tuple[Target, Part], ...] = ()
    nullable: bool = False
    passed: frozenset[SchemaId] = frozenset()


def take_apart(parts: Iterable[Part], references: References, *, follow: bool) -> Conjunction:
    """Opens every `allOf`, and every reference where `follow`; each schema counts once, so recursion ends.

    Raises Unresolvable for a reference that leads nowhere.
    """
    opened = _Opened(references, follow)
    waiting = list(parts)
    if follow:
        opened.passed.update(part.node.identity for part in waiting)
    waiting.reverse()
    while waiting:
        waiting.extend(reversed(opened.open(waiting.pop())))
    return opened.conjunction()


class _Opened:
    """What has been found so far in a conjunction that is being taken apart."""

    def __init__(self, references: References, follow: bool) -> None:
        self.passed: set[SchemaId] = set()
        self._references = references
        self._follow = follow
        self._plain: list[Part] = []
        self._choices: list[Choice] = []
        self._named: dict[SchemaId, tuple[Target, Part]] = {}
        self._nullable = False

    def conjunction(self) -> Conjunction:
        named = tuple(self._named.values())
        passed = frozenset(self.passed)
        return Conjunction(tuple(self._plain), tuple(self._choices), named, self._nullable, passed)

    def open(self, part: Part) -> list[Part]:
        """Takes the part in; what is inside of it, in the order written, is still to be opened."""
        value = part.node.value
        if not isinstance(value, dict):
            if value is False:
                self._plain.append(part)
            return []
        if part.bare or _OPENING.isdisjoint(value):
            if not _TYPING.isdisjoint(value) or (part.beside_null and not part.own):
                self._plain.append(part)
            return []
        inner = self._referred(part)
        if "allOf" in value:
            inner += [part.inside(element) for element in _elements(part.node, "allOf")]
        for key in ("oneOf", "anyOf"):
            if key in value:
                part, chosen = self._choose(part, _elements(part.node, key))
                inner += chosen
        if not _CONDITIONAL.isdisjoint(value):
            inner += [replace(part, node=schema, optional=True) for schema in _conditional(part.node)]
        if not _TYPING.isdisjoint(value) or part.beside_null:
            inner.append(replace(part, bare=True))
        return inner

    def _referred(self, part: Part) -> list[Part]:
        if reference(part.node) is None:
            return []
        target = self._references.target(part.node)
        if not self._follow:
            self._named.setdefault(target.id, (target, part))
        elif target.id not in self.passed:
            self.passed.add(target.id)
            return [replace(part, node=target.node, hint=target.hint, own=False)]
        return []

    def _choose(self, part: Part, written: list[Node]) -> tuple[Part, list[Part]]:
        """A choice of only one is none; one with a member that says nothing excludes nothing."""
        members = [member for member in written if not is_null(member)]
        if len(members) < len(written):
            self._nullable = self._nullable or part.own
            part = replace(part, beside_null=True)
        if len(members) == 1 and not is_hollow(members[0]):
            return part, [part.inside(members[0])]
        if members and not any(is_hollow(member) for member in members):
            self._choices.append(Choice(part, tuple(members)))
        return part, []


def _conditional(node: Node) -> Iterator[Node]:
    for key in _CONDITIONS:
        condition = node.get(key)
        if condition is not None and key == "dependentSchemas":
            yield from (schema for _, schema in condition.items())
        elif condition is not None:
            yield condition


def _elements(node: Node, key: str) -> list[Node]:
    listed = node.get(key)
    return list(listed.elements()) if listed is not None else []


def is_null(node: Node) -> bool:
    """Whether the schema is null and nothing else."""
    value = node.value
    return isinstance(value, dict) and (
        value.get("type") == "null"
        or value.get("type") == ["null"]
        or ("const" in value and value["const"] is None)
        or value.get("enum") == [None]
    )


def is_hollow(node: Node) -> bool:
    """Whether the schema says nothing of the type: `{}`, `{"required": ["a"]}`, `{"not": …}`."""
    value = node.value
    if not isinstance(value, dict):
        return value is not False
    return _HOLLOW.issuperset(_STRUCTURE.intersection(value))
