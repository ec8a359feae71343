"""The examples of a document: of its responses, of its schemas, and of their properties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.dialects import registry as dialects
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import Record
from ionapi_codegen.lower.document import lower
from ionapi_codegen.sources import find
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.grammar import METHODS
from ionapi_codegen.spec.node import Node
from ionapi_codegen.targets.python.scopes import schema_names


@dataclass(frozen=True, slots=True)
class OfResponse:
    """An example of what an operation answers. `typed` tells whether the document gives a schema for it."""

    method: str
    path: str
    status: int
    media_type: str
    typed: bool


@dataclass(frozen=True, slots=True)
class OfModel:
    """An example of a named schema: `name` is that of the class or alias in the package's `models`."""

    name: str


@dataclass(frozen=True, slots=True)
class OfProperty:
    """An example of one property of the class `name`; `wire` is what the property is called in the document."""

    name: str
    wire: str


@dataclass(frozen=True, slots=True)
class Example:
    """`text` is JSON; `where` tells people where it stands."""

    where: str
    of: OfResponse | OfModel | OfProperty
    text: str


def examples(spec: str) -> Iterator[Example]:
    """Every example that is a JSON value. Of an answer that is given as text, the JSON that it holds."""
    diagnostics = Diagnostics()
    document = find(spec, diagnostics)[0].load(diagnostics)
    api = dialects.apply(lower(document, diagnostics), dialects.AUTO, diagnostics)
    for where, of, value in (*_of_responses(document, diagnostics), *_of_schemas(document, api)):
        try:
            whole = _unpacked(value) if isinstance(of, OfResponse) else value
            yield Example(where, of, json.dumps(whole, allow_nan=False))
        except (TypeError, ValueError):
            continue  # NaN and the like, which YAML has and JSON has not


def _of_responses(
    document: SpecDocument, diagnostics: Diagnostics
) -> Iterator[tuple[str, OfResponse, object]]:
    for method, path, operation in _operations(document, diagnostics):
        responses = operation.get("responses")
        declared = [status for status, _ in responses.items()] if responses is not None else []
        for written, response in responses.items() if responses is not None else ():
            status = _status(written, declared)
            resolved = document.resolve(response, diagnostics)
            content = resolved.get("content") if resolved is not None else None
            for media_type, media in content.items() if content is not None else ():
                found = document.resolve(media, diagnostics)
                if status is None or found is None or not _may_be_json(media_type):
                    continue
                sent = "application/json" if "*" in media_type else media_type
                of = OfResponse(method, path, status, sent, found.get("schema") is not None)
                for value in _of_media_type(document, found, diagnostics):
                    yield f"{method} {path} {written} {media_type}", of, value


def _operations(document: SpecDocument, diagnostics: Diagnostics) -> Iterator[tuple[str, str, Node]]:
    paths = document.root.get("paths")
    for path, item in paths.items() if paths is not None else ():
        resolved = document.resolve(item, diagnostics)
        if resolved is None:
            continue
        more = resolved.get("additionalOperations")
        for method, operation in (*resolved.items(), *(more.items() if more is not None else ())):
            if method in METHODS:
                yield method.upper(), path, operation
            elif more is not None and more.get(method) is not None:
                yield method, path, operation


def _of_media_type(document: SpecDocument, media: Node, diagnostics: Diagnostics) -> Iterator[object]:
    if isinstance(media.value, dict) and "example" in media.value:
        yield media.value["example"]
    named = media.get("examples")
    for _, example in named.items() if named is not None else ():
        found = document.resolve(example, diagnostics)
        if found is not None and isinstance(found.value, dict):
            yield from (found.value[key] for key in ("value", "dataValue") if key in found.value)
    schema = media.get("schema")
    if schema is not None:
        yield from _written(schema.value)


def _of_schemas(document: SpecDocument, api: Api) -> Iterator[tuple[str, OfModel | OfProperty, object]]:
    trees = {
        source.name: value for source, value in zip(document.sources, document.contents.values(), strict=True)
    }
    names = schema_names(api, {})
    for schema_id, schema in api.schemas.items():
        for value in _written(_at(trees, schema.place)):
            yield f"schema {schema_id.partition('#')[2]}", OfModel(names[schema_id]), value
        for one in schema.properties if isinstance(schema, Record) else ():
            for value in _written(_at(trees, one.place)):
                of = OfProperty(names[schema_id], one.name.raw)
                yield f"property {one.name.raw!r} of {schema_id.partition('#')[2]}", of, value


def _at(trees: Mapping[str, object], place: Place | None) -> object:
    """What stands at a place of the document as it was written; None where nothing does."""
    if place is None:
        return None
    value = trees.get(place.file)
    for step in place.pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _written(schema: object) -> Iterator[object]:
    """The examples of one schema object: OpenAPI's `example`, JSON Schema's `examples`."""
    if isinstance(schema, dict):
        if "example" in schema:
            yield schema["example"]
        several = schema.get("examples")
        if isinstance(several, list):
            yield from several


def _unpacked(value: object) -> object:
    if isinstance(value, str) and value.lstrip()[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _status(written: str, declared: list[str]) -> int | None:
    """A status that only this entry is for."""
    if written.isdecimal():
        return int(written)
    if written == "default":
        succeeds = any(one[:1] == "2" for one in declared)
        candidates = range(500, 600) if succeeds else range(200, 300)
    elif written[:1].isdecimal() and written[1:].upper() == "XX":
        candidates = range(int(written[0]) * 100, int(written[0]) * 100 + 100)
    else:
        return None
    return next(one for one in candidates if str(one) not in declared)


def _may_be_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json")) or essence in {"*/*", "application/*"}
