"""Known edits of a document, chosen at random: what a comparison must find, and at which level.

What an edit means is decided here from the text of the document alone, by the rules of `docs/changes.md`.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Json = Any  # JSON as it was read

METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})
_OURS = "quite_new"
_PAGING = ("page", "cursor", "before", "after", "limit", "offset", "next", "since", "skip", "token", "count")
"""What makes parameters and properties part of how pages are asked for, which is a change of its own. `_OURS` are
those that an edit has added."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done: the kind of the change, the JSON pointer that it is told at, how much it weighs."""

    kind: str
    pointer: str
    level: str


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be edited, and where it stands."""

    pointer: str
    node: Json
    above: Json
    name: str


class Mutator:
    """Edits a copy of a document. No part of it is edited twice, so that every edit can be told apart."""

    def __init__(self, document: Json, seed: int) -> None:
        self.document = copy.deepcopy(document)
        self._random = random.Random(seed)
        self._used: set[str] = set()
        self._old = document
        self._sent = self._reached("requestBody")
        self._received = self._reached("responses")
        self._mixed = set(_in_conjunctions(document))
        self._number = 0

    def edit(self, count: int) -> list[Edit]:
        """So many edits, of every kind in turn as long as there is something to edit."""
        done: list[Edit] = []
        kinds = list(EDITS)
        while len(done) < count and kinds:
            for kind in list(kinds):
                if len(done) == count:
                    break
                found = EDITS[kind](self)
                if found is None:
                    kinds.remove(kind)
                else:
                    done.append(Edit(kind, *found))
        return done

    # -- what there is to edit

    def operations(self) -> list[Target]:
        return [
            Target(f"/paths/{_escaped(path)}/{method}", operation, item, method)
            for path, item in self.document.get("paths", {}).items()
            for method, operation in item.items()
            if method in METHODS and path in self._old["paths"] and operation.get("operationId")
        ]

    def parameters(self) -> list[Target]:
        return [
            Target(f"{one.pointer}/parameters/{number}", parameter, one.node["parameters"], str(number))
            for one in self.operations()
            for number, parameter in enumerate(one.node.get("parameters", ()))
            if parameter.get("in") == "query" and not _pages(parameter["name"]) and "schema" in parameter
        ]

    def schemas(self) -> list[Target]:
        found = self.document.get("components", {}).get("schemas", {})
        return [
            Target(f"/components/schemas/{_escaped(name)}", schema, found, name)
            for name, schema in found.items()
            if name in self._sent | self._received and name not in self._mixed
        ]

    def records(self) -> list[Target]:
        return [
            one
            for one in self.schemas()
            if one.node.get("type") == "object"
            and "properties" in one.node
            and not {"allOf", "oneOf", "anyOf", "discriminator", "additionalProperties", "nullable"}
            & set(one.node)
        ]

    def properties(self) -> list[Target]:
        return [
            Target(f"{one.pointer}/properties/{_escaped(name)}", schema, one.node, name)
            for one in self.records()
            for name, schema in one.node["properties"].items()
            if not _pages(name)
            and isinstance(schema, dict)
            and "readOnly" not in schema
            and "writeOnly" not in schema
        ]

    def pick(self, targets: list[Target], fits: Callable[[Target], bool] = lambda one: True) -> Target | None:
        """One that was not edited, nor anything above or below it."""
        free = [one for one in targets if self._is_free(one.pointer) and fits(one)]
        if not free:
            return None
        found = self._random.choice(free)
        self._used.add(found.pointer)
        return found

    def _is_free(self, pointer: str) -> bool:
        if pointer in self._used or any(pointer.startswith(f"{used}/") for used in self._used):
            return False
        return not any(used.startswith(f"{pointer}/") for used in self._used)

    def number(self) -> int:
        self._number += 1
        return self._number

    def sends(self, one: Target) -> bool:
        return _component(one.pointer) in self._sent

    def receives(self, one: Target) -> bool:
        return _component(one.pointer) in self._received

    def _reached(self, part: str) -> set[str]:
        """The components that bodies or answers need."""
        waiting = [name for one in self.operations() for name in _named(one.node.get(part))]
        if part == "requestBody":
            waiting += [name for one in self.operations() for name in _named(one.node.get("parameters"))]
        reached: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in reached:
                continue
            reached.add(name)
            kind, _, last = name.partition("/")
            waiting.extend(_named(self.document.get("components", {}).get(kind, {}).get(_unescaped(last))))
        return {_unescaped(name.partition("/")[2]) for name in reached if name.startswith("schemas/")}


Made = tuple[str, str] | None
"""Where the change is told, and its level."""


def _level(breaks: bool) -> str:
    return "breaking" if breaks else "compatible"


def _operation_removed(m: Mutator) -> Made:
    if (one := m.pick(m.operations())) is None:
        return None
    del one.above[one.name]
    return one.pointer, "breaking"


def _operation_added(m: Mutator) -> Made:
    if (one := m.pick(m.operations())) is None:
        return None
    number = m.number()
    path = f"/quite-new-{number}"
    operation = {"operationId": f"quite/new-{number}", "responses": {"204": {"description": "Done."}}}
    m.document["paths"][path] = {
        "get": operation | ({"tags": one.node["tags"]} if "tags" in one.node else {})
    }
    return f"/paths/{_escaped(path)}/get", "compatible"


def _operation_renamed(m: Mutator) -> Made:
    if (one := m.pick(m.operations())) is None:
        return None
    one.node["operationId"] += f"-otherwise-{m.number()}"
    return one.pointer, "breaking"


def _operation_path_changed(m: Mutator) -> Made:
    # A template without variables: those of others may be shared by all operations of a path.
    one = m.pick(m.operations(), lambda one: "{" not in one.pointer and set(one.above) <= {one.name})
    if one is None:
        return None
    path = next(path for path, item in m.document["paths"].items() if item is one.above)
    m.document["paths"][f"{path}-elsewhere"] = m.document["paths"].pop(path)
    return one.pointer, "breaking"


def _operation_deprecated(m: Mutator) -> Made:
    if (one := m.pick(m.operations(), lambda one: not one.node.get("deprecated"))) is None:
        return None
    one.node["deprecated"] = True
    return one.pointer, "compatible"


def _operation_docs(m: Mutator) -> Made:
    if (one := m.pick(m.operations())) is None:
        return None
    one.node["summary"] = f"{one.node.get('summary', '')} In other words {m.number()}"
    return one.pointer, "documentation"


def _parameter(required: bool) -> Callable[[Mutator], Made]:
    def edit(m: Mutator) -> Made:
        if (one := m.pick(m.operations())) is None:
            return None
        added = {
            "name": f"quite_new_{m.number()}",
            "in": "query",
            "required": required,
            "schema": {"type": "string"},
        }
        one.node.setdefault("parameters", []).append(added)
        return one.pointer + f"/parameters/{len(one.node['parameters']) - 1}", _level(required)

    return edit


def _parameter_removed(m: Mutator) -> Made:
    # The last one: what follows would stand elsewhere.
    if (one := m.pick(m.parameters(), lambda one: int(one.name) == len(one.above) - 1)) is None:
        return None
    one.above.pop()
    m._used.add(one.pointer.rpartition("/parameters")[0])
    return one.pointer, "breaking"


def _on_parameter(
    fits: Callable[[Json], bool], change: Callable[[Json, int], None], level: str
) -> Callable[[Mutator], Made]:
    def edit(m: Mutator) -> Made:
        if (one := m.pick(m.parameters(), lambda one: fits(one.node))) is None:
            return None
        change(one.node, m.number())
        return one.pointer, level

    return edit


def _on_property(
    fits: Callable[[Target], bool],
    change: Callable[[Target, int], None],
    level: Callable[[Mutator, Target], str],
) -> Callable[[Mutator], Made]:
    def edit(m: Mutator) -> Made:
        if (one := m.pick(m.properties(), fits)) is None:
            return None
        told = level(m, one)
        change(one, m.number())
        return one.pointer, told

    return edit


def _property_added(m: Mutator) -> Made:
    if (one := m.pick(m.properties())) is None:
        return None
    name = f"quite_new_{m.number()}"
    one.above["properties"][name] = {"type": "string"}
    return f"{one.pointer.rpartition('/')[0]}/{name}", "compatible"


def _schema_added(m: Mutator) -> Made:
    name = f"quite-new-{m.number()}"
    m.document.setdefault("components", {}).setdefault("schemas", {})[name] = {
        "type": "object",
        "properties": {name: {"type": "null"}},
    }
    return f"/components/schemas/{name}", "compatible"


def _error_added(m: Mutator) -> Made:
    if (one := m.pick(m.operations(), lambda one: "418" not in one.node["responses"])) is None:
        return None
    one.node["responses"]["418"] = {"description": "A teapot."}
    return f"{one.pointer}/responses/418", "compatible"


def _error_removed(m: Mutator) -> Made:
    def last(one: Target) -> str | None:
        return next((status for status in one.node["responses"] if status.startswith("4")), None)

    if (one := m.pick(m.operations(), lambda one: last(one) is not None)) is None:
        return None
    response = one.node["responses"].pop(str(last(one)))
    pointer = response.get("$ref", f"#{one.pointer}").removeprefix("#")
    m._used.add(one.pointer)
    return (pointer if "$ref" in response else f"{one.pointer}/responses"), "compatible"


def _plain(schema: Json, kind: str) -> bool:
    return (
        isinstance(schema, dict)
        and schema.get("type") == kind
        and not set(schema) & {"enum", "format", "nullable", "default", "pattern"}
    )


def _enumerated(schema: Json) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "string" and len(schema.get("enum", ())) > 2


def _remove(one: Target, _: int) -> None:
    del one.above["properties"][one.name]
    if one.name in one.above.get("required", ()):
        one.above["required"].remove(one.name)


def _make_null(schema: Json, version: str) -> None:
    if version.startswith("3.0"):
        schema["nullable"] = True
    else:
        schema["type"] = [schema["type"], "null"]


def _nullable(m: Mutator) -> Made:
    if (one := m.pick(m.properties(), lambda one: _plain(one.node, "string"))) is None:
        return None
    _make_null(one.node, m.document["openapi"])
    return one.pointer, _level(m.receives(one))


EDITS: dict[str, Callable[[Mutator], Made]] = {
    "operation-removed": _operation_removed,
    "operation-added": _operation_added,
    "operation-renamed": _operation_renamed,
    "operation-path-changed": _operation_path_changed,
    "operation-deprecated": _operation_deprecated,
    "operation-docs-changed": _operation_docs,
    "parameter-added": _parameter(False),
    "parameter-added-required": _parameter(True),
    "parameter-removed": _parameter_removed,
    "parameter-required": _on_parameter(
        lambda node: not node.get("required"), lambda node, _: node.update(required=True), "breaking"
    ),
    "parameter-type-changed": _on_parameter(
        lambda node: _plain(node["schema"], "string"),
        lambda node, _: node["schema"].update(type="boolean"),
        "breaking",
    ),
    "parameter-value-added": _on_parameter(
        lambda node: _enumerated(node["schema"]),
        lambda node, number: node["schema"]["enum"].append(f"quite-new-{number}"),
        "compatible",
    ),
    "parameter-value-removed": _on_parameter(
        lambda node: _enumerated(node["schema"]), lambda node, _: node["schema"]["enum"].pop(), "breaking"
    ),
    "parameter-tightened": _on_parameter(
        lambda node: _plain(node["schema"], "string") and "maxLength" not in node["schema"],
        lambda node, _: node["schema"].update(maxLength=7),
        "breaking",
    ),
    "parameter-docs-changed": _on_parameter(
        lambda node: "description" in node,
        lambda node, number: node.update(description=f"In other words {number}"),
        "documentation",
    ),
    "parameter-deprecated": _on_parameter(
        lambda node: not node.get("deprecated"), lambda node, _: node.update(deprecated=True), "compatible"
    ),
    "property-added": _property_added,
    "property-removed": _on_property(
        lambda one: len(one.above["properties"]) > 2, _remove, lambda m, one: "breaking"
    ),
    "property-required": _on_property(
        lambda one: one.name not in one.above.get("required", ()) and "enum" not in one.node,
        lambda one, _: one.above.setdefault("required", []).append(one.name),
        lambda m, one: _level(m.sends(one)),
    ),
    "property-optional": _on_property(
        lambda one: one.name in one.above.get("required", ()),
        lambda one, _: one.above["required"].remove(one.name),
        lambda m, one: _level(m.receives(one)),
    ),
    "property-type-changed": _on_property(
        lambda one: _plain(one.node, "string"),
        lambda one, _: one.node.update(type="boolean"),
        lambda m, one: "breaking",
    ),
    "property-nullable": _nullable,
    "property-docs-changed": _on_property(
        lambda one: "description" in one.node and "$ref" not in one.node,
        lambda one, number: one.node.update(description=f"In other words {number}"),
        lambda m, one: "documentation",
    ),
    "property-value-added": _on_property(
        lambda one: _enumerated(one.node),
        lambda one, number: one.node["enum"].append(f"quite-new-{number}"),
        lambda m, one: "compatible",
    ),
    "property-deprecated": _on_property(
        lambda one: "$ref" not in one.node and not one.node.get("deprecated"),
        lambda one, _: one.node.update(deprecated=True),
        lambda m, one: "compatible",
    ),
    "schema-added": _schema_added,
    "error-response-added": _error_added,
    "error-response-removed": _error_removed,
}


def _pages(name: str) -> bool:
    return name.startswith(_OURS) or any(word in name.lower() for word in _PAGING)


def _named(node: Json) -> Iterator[str]:
    """The components that a part of a document refers to, as `schemas/Order`."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case {"$ref": str(target)} as found:
                yield target.removeprefix("#/components/")
                waiting.extend(value for key, value in found.items() if key != "$ref")
            case dict() as found:
                mapping = found.get("discriminator", {})
                if isinstance(mapping, dict) and isinstance(mapping.get("mapping"), dict):
                    yield from (
                        str(each).removeprefix("#/components/") for each in mapping["mapping"].values()
                    )
                waiting.extend(value for key, value in found.items() if key not in ("example", "examples"))
            case list() as found:
                waiting.extend(found)
            case _:
                continue


def _in_conjunctions(document: Json) -> Iterator[str]:
    """Components that others are merged with, whose properties are so told in several places."""
    waiting = [document]
    while waiting:
        match waiting.pop():
            case dict() as found:
                for part in found.get("allOf", ()) if isinstance(found.get("allOf"), list) else ():
                    yield from (_unescaped(name.rpartition("/")[2]) for name in _named(part))
                if "$ref" in found and {"properties", "required", "type"} & set(found):
                    yield _unescaped(str(found["$ref"]).rpartition("/")[2])
                waiting.extend(found.values())
            case list() as found:
                waiting.extend(found)
            case _:
                continue


def _component(pointer: str) -> str:
    return _unescaped(pointer.split("/")[3])


def _escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def _unescaped(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")
