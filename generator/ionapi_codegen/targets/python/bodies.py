"""What is passed as `body`, and how the decorator says in which media type it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Body, Content, Part
from ionapi_codegen.ir.schema import (
    Alias,
    Array,
    Enumeration,
    Kind,
    Map,
    Nullable,
    Record,
    Ref,
    Scalar,
    TupleOf,
    Type,
    Union,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.fields import const
from ionapi_codegen.targets.python.imports import BINARY_IO, ITERABLE, LITERAL, MAPPING
from ionapi_codegen.targets.python.layout import Bracketed, Code, Keyed, Parameter
from ionapi_codegen.targets.python.media import PREFERENCE, Family, family
from ionapi_codegen.targets.python.text import literal
from ionapi_codegen.targets.python.types import Speller
from ionapi_codegen.targets.python.values import behind, takes_text

_DEFAULT = "application/json"


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """How one body is passed.

    `annotation` is the argument's; `spec` is for the decorator, None where it is plain JSON; `media` is the
    media type that comes first; `choice` is the argument that picks one of several.
    """

    annotation: Code
    spec: Code | None
    media: str
    choice: Parameter | None


def plan_body(body: Body, api: Api, speller: Speller) -> BodyPlan | None:
    """How a body is passed; None where the document lists no media type."""
    contents = sorted(body.contents, key=lambda content: PREFERENCE.index(family(content)) > 0)
    if not contents:
        return None
    annotations = [_annotation(content, api, speller) for content in passed(contents, api)]
    media = [_concrete(content) for content in contents]
    if media == [_DEFAULT]:
        return BodyPlan(annotations[0], None, media[0], None)
    specs = {media: _spec(content, api, speller) for media, content in zip(media, contents, strict=True)}
    annotation = layout.either(*annotations)
    if len(specs) == 1:
        return BodyPlan(annotation, specs[media[0]], media[0], None)
    types = layout.subscript(speller.imports.use(LITERAL), *map(literal, specs))
    choice = Parameter("content_type", layout.either(types, "None"), "None")
    ordered = dict.fromkeys(_concrete(content) for content in _by_claim(contents, api))
    tried = tuple(specs[each] for each in ordered)
    return BodyPlan(annotation, Bracketed("[", tried, "]"), media[0], choice)


def _by_claim(contents: list[Content], api: Api) -> list[Content]:
    """The contents in the order in which they are tried for a value: a str is text, such as XML, unless the
    document's JSON may be a string."""
    json = [content.type for content in contents if family(content) is Family.JSON]
    if any(found is None or takes_text(found, api) for found in json):
        return contents
    return sorted(contents, key=lambda content: family(content) is not Family.TEXT)


def passed(contents: Sequence[Content], api: Api) -> list[Content]:
    """The contents whose types say what may be passed as the body: not those of forms without fields where
    the same body is JSON as well."""
    is_json = any(family(content) is Family.JSON for content in contents)
    return [content for content in contents if not (is_json and is_without_fields(content, api))]


def is_without_fields(content: Content, api: Api) -> bool:
    """Whether it is a form that the document describes as a single value or a list: its fields have no names
    that are known."""
    if family(content) not in (Family.FORM, Family.MULTIPART) or content.type is None:
        return False
    return isinstance(behind(content.type, api), Scalar | Enumeration | Array | TupleOf)


def is_object(type: Type, api: Api) -> bool:
    """Whether a mapping may stand for a value of the type: a model, or a union that has one."""
    match type:
        case Ref(target):
            schema = api.schemas[target]
            return isinstance(schema, Record) or (isinstance(schema, Alias) and is_object(schema.type, api))
        case Nullable(of):
            return is_object(of, api)
        case Union(members):
            return any(is_object(member, api) for member in members if not isinstance(member, Map))
        case _:
            return False


def _annotation(content: Content, api: Api, speller: Speller) -> Code:
    match family(content):
        case Family.BINARY:
            chunks = layout.subscript(speller.imports.use(ITERABLE), "bytes")
            file = speller.imports.runtime("File")
            return layout.either(file, "bytes", speller.imports.use(BINARY_IO), chunks)
        case Family.TEXT | Family.EVENTS:
            return layout.either("str", "bytes")
        case Family.JSON_LINES:
            item = "object" if content.item is None else _accepted(content.item, api, speller)
            return layout.subscript(speller.imports.use(ITERABLE), item)
        case Family.FORM | Family.MULTIPART if is_without_fields(content, api):
            return layout.subscript(speller.imports.use(MAPPING), "str", "object")
        case Family.JSON | Family.FORM | Family.MULTIPART:
            return "object" if content.type is None else _accepted(content.type, api, speller)


def _accepted(type: Type, api: Api, speller: Speller) -> Code:
    annotation = speller.annotation(type)
    if not is_object(type, api):
        return annotation
    return layout.either(annotation, layout.subscript(speller.imports.use(MAPPING), "str", "object"))


def _spec(content: Content, api: Api, speller: Speller) -> Code:
    kind = family(content)
    name = speller.imports.runtime("Text" if kind is Family.EVENTS else kind.value)
    usual = {
        Family.JSON: _DEFAULT,
        Family.FORM: "application/x-www-form-urlencoded",
        Family.MULTIPART: "multipart/form-data",
    }
    media = _concrete(content)
    arguments: list[Code] = [] if usual.get(kind) == media else [literal(media)]
    spelled = set(_in_base64(content.type, api)) if kind is Family.MULTIPART and content.type else set()
    told = {part.name: part for part in content.parts}
    listed = (*content.parts, *(Part(name) for name in sorted(spelled - told.keys())))
    parts = [
        (literal(part.name), code)
        for part in listed
        if (code := _part(part, kind, part.name in spelled, speller))
    ]
    if parts:
        arguments.append(Keyed("parts=", layout.mapping(parts)))
    return layout.call(name, *arguments)


def _in_base64(type: Type, api: Api) -> Iterator[Text]:
    """The properties of an object whose bytes are written as text, or whose elements' are."""
    found = behind(type, api)
    record = api.schemas[found.target] if isinstance(found, Ref) else None
    if not isinstance(record, Record):
        return
    for base in record.bases:
        yield from _in_base64(base, api)
    for each in record.properties:
        value = behind(each.type, api)
        item = behind(value.items, api) if isinstance(value, Array) else value
        if isinstance(item, Scalar) and item.kind is Kind.BASE64:
            yield each.name


def _part(part: Part, kind: Family, in_base64: bool, speller: Speller) -> Code | None:
    """What the document says of one part and its value does not."""
    arguments: list[Code] = []
    if part.media_types and (kind is Family.MULTIPART or "json" in part.media_types[0]):
        arguments.append(f"content_type={literal(', '.join(part.media_types))}")
    if headers := [
        (literal(header.name), value) for header in part.headers if (value := const(header.type)) is not None
    ]:
        arguments.append(Keyed("headers=", layout.mapping(headers)))
    if part.style is not None:
        arguments.append(f"style={literal(part.style)}")
    if part.explode is not None:
        arguments.append(f"explode={part.explode}")
    if part.allow_reserved:
        arguments.append("allow_reserved=True")
    if in_base64:
        arguments.append("base64=True")
    return layout.call(speller.imports.runtime("Part"), *arguments) if arguments else None


def _concrete(content: Content) -> str:
    """The media type to send. A range such as `image/*` stays: the caller's file says more."""
    if not content.media_type.startswith(("*", "application/*")):
        return content.media_type
    return _DEFAULT if family(content) is Family.JSON else "application/octet-stream"
