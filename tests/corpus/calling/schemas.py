"""Whether a value is what a schema of the document says, with JSON Schema's own library; and what value a text
of the wire is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft4Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from openapi_schema_validator import OAS30Validator, OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from corpus.calling.described import At, Json
from corpus.calling.spellings import Read

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TRUTH = {"true": True, "false": False}
_BRANCHES = ("allOf", "anyOf", "oneOf")


def problems(value: Json, schema: At, version: tuple[int, int]) -> Iterator[str]:
    """What is wrong with a value that is sent: what only the server sets need not be there."""
    files = schema.files
    wrap = Resource.opaque if version < (3, 1) else DRAFT202012.create_resource
    registry: Registry[Any] = Registry(retrieve=lambda uri: wrap(files.content(uri)))
    checked: Any = _validator(version)
    checked = checked({"$ref": schema.address}, registry=registry, format_checker=checked.FORMAT_CHECKER)
    for error in checked.iter_errors(value):
        yield f"{error.json_path}: {error.message}"


@cache
def _validator(version: tuple[int, int]) -> object:
    basis: Any = Draft4Validator
    if version >= (3, 0):
        basis = OAS30Validator if version == (3, 0) else OAS31Validator
    return extend(
        basis, {"required": _required, "pattern": _pattern, **({"type": _type} if version < (3, 0) else {})}
    )


def _required(validator: Any, required: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict) or not isinstance(required, list):
        return
    properties = schema.get("properties", {})
    for name in required:
        stated = properties.get(name)
        only_read = isinstance(stated, dict) and stated.get("readOnly") is True
        if name not in instance and not only_read:
            yield ValidationError(f"{name!r} is a required property")


def _pattern(validator: Any, pattern: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Python's own `re`, where it understands the pattern."""
    try:
        wrong = isinstance(instance, str) and re.search(pattern, instance) is None
    except re.error:
        return
    if wrong:
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _type(validator: Any, types: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Draft 4's, with Swagger's `file` and the usual `x-nullable`."""
    listed = [types] if isinstance(types, str) else types
    if "file" in listed or (instance is None and schema.get("x-nullable") is True):
        return
    if not any(validator.is_type(instance, each) for each in listed):
        yield ValidationError(f"{instance!r} is not of type {', '.join(map(repr, listed))}")


def problems_of_texts(read: Read, schema: At, version: tuple[int, int]) -> Iterator[str]:
    """What is wrong with a value of which only texts are known. Where a schema allows a text and a number, what
    looks like one may be either."""
    found = list(problems(typed(read, schema), schema, version))
    if found and not list(problems(typed(read, schema, texts_first=False), schema, version)):
        return
    yield from found


def typed(read: Read, schema: At | None, texts_first: bool = True) -> Json:
    """The value that texts stand for where the schema says more than "string"."""
    match read:
        case list():
            items = inner(schema, "items")
            return [typed(member, items, texts_first) for member in read]
        case dict():
            return {
                name: typed(value, property_of(schema, name), texts_first) for name, value in read.items()
            }
        case _:
            return _scalar(read, schema, texts_first)


def _scalar(text: str, schema: At | None, texts_first: bool) -> Json:
    kinds = set(_kinds(schema, frozenset()))
    if not kinds or (texts_first and "string" in kinds):
        return text
    if kinds & {"integer", "number"} and _NUMBER.fullmatch(text):
        return json.loads(text)
    if "boolean" in kinds and text in _TRUTH:
        return _TRUTH[text]
    if "array" in kinds and "object" not in kinds and not text.startswith("["):
        return [typed(text, inner(schema, "items"))]
    if kinds & {"array", "object"}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _kinds(schema: At | None, seen: frozenset[str]) -> Iterator[str]:
    target = schema.target() if schema is not None else None
    if target is None or target.address in seen or not isinstance(target.value, dict):
        return
    stated = target.value.get("type")
    if stated is not None:
        yield from [stated] if isinstance(stated, str) else stated
        return
    members = target.value.get("enum", [target.value["const"]] if "const" in target.value else ())
    yield from (_kind(member) for member in members)
    if "properties" in target.value:
        yield "object"
    for branch in _BRANCHES:
        for each in target.elements(branch):
            yield from _kinds(each, seen | {target.address})


def _kind(value: Json) -> str:
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case list():
            return "array"
        case dict():
            return "object"
        case _:
            return "string"


def inner(schema: At | None, keyword: str, depth: int = 0) -> At | None:
    """What stands at a keyword of a schema, or of one that it is made of."""
    target = schema.target() if schema is not None else None
    if target is None or depth > 8 or not isinstance(target.value, dict):
        return None
    found = target.get(keyword)
    if found is not None:
        return found
    branches = (inner(each, keyword, depth + 1) for branch in _BRANCHES for each in target.elements(branch))
    return next((each for each in branches if each is not None), None)


def property_of(schema: At | None, name: str, depth: int = 0) -> At | None:
    target = schema.target() if schema is not None else None
    if target is None or depth > 8 or not isinstance(target.value, dict):
        return None
    found = target.get("properties", name)
    if found is not None:
        return found
    for branch in _BRANCHES:
        for each in target.elements(branch):
            if (deeper := property_of(each, name, depth + 1)) is not None:
                return deeper
    return target.get("additionalProperties")
