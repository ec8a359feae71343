"""What an operation returns, and which errors of the document have a type."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Response
from ionapi_codegen.ir.schema import Kind, Nullable, Ref, Scalar, SchemaId, Type
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.layout import Code
from ionapi_codegen.targets.python.media import Family, family, preferred
from ionapi_codegen.targets.python.text import literal
from ionapi_codegen.targets.python.types import Speller, references


def returned(responses: Iterable[Response], speller: Speller) -> tuple[Code, list[tuple[str, Code]]]:
    """The return annotation, and the type by status where statuses differ (else nothing)."""
    found = [(response.status, _content(response, speller)) for response in _successes(responses)]
    if not found:
        return "None", []
    types = {layout.flat(code) for _, code in found}
    if len(types) == 1:
        return found[0][1], []
    named = [code for _, code in found if code != "None"]
    annotation = layout.either(*named, *(["None"] if len(named) < len(found) else []))
    return annotation, [(_status(status), code) for status, code in found]


def failed(
    responses: Iterable[Response], api: Api, recursive: frozenset[SchemaId], speller: Speller
) -> list[tuple[str, Code]]:
    """The type of each error response that has one, by status."""
    successes = {response.status for response in _successes(responses)}
    errors: list[tuple[str, Code]] = []
    for response in responses:
        content = preferred(response.contents)
        if response.status in successes or content is None or content.type is None:
            continue
        if family(content) is Family.JSON:
            errors.append((_status(response.status), _executable(content.type, recursive, speller)))
    return errors


def _successes(responses: Iterable[Response]) -> list[Response]:
    """2XX; in a document that knows none, redirections, or what it says of every status."""
    listed = list(responses)
    for start in ("2", "3", "default"):
        if found := [response for response in listed if response.status.startswith(start)]:
            return found
    return []


def _content(response: Response, speller: Speller) -> Code:
    content = preferred(response.contents)
    if content is None or response.status in ("204", "205"):
        return "None"
    match family(content):
        case Family.JSON:
            return "object" if content.type is None else speller.annotation(content.type)
        case Family.EVENTS:
            item = _item(content)
            event = speller.imports.runtime("Event") if item is None else speller.annotation(item)
            return layout.subscript(speller.imports.runtime("Stream"), event)
        case Family.JSON_LINES:
            item = _item(content)
            line = "object" if item is None else speller.annotation(item)
            return layout.subscript(speller.imports.runtime("Stream"), line)
        case Family.TEXT:
            return "bytes" if _is_binary(content.type) else "str"
        case Family.FORM:
            return "str"
        case Family.MULTIPART | Family.BINARY:
            return "bytes"


def _item(content: Content) -> Type | None:
    """The type of one element; a schema of plain text describes the stream, not its elements."""
    plain = isinstance(content.type, Scalar)
    return content.item if content.item is not None else None if plain else content.type


def _is_binary(type: Type | None) -> bool:
    return isinstance(type, Scalar) and type.kind is Kind.BINARY


def _executable(type: Type, recursive: frozenset[SchemaId], speller: Speller) -> Code:
    """An annotation that is executed as it stands: the string of a recursive alias cannot join a union."""
    of = type.of if isinstance(type, Nullable) else type
    if not isinstance(type, Ref) and any(target in recursive for target in references(of)):
        return "object"
    return speller.annotation(type)


def _status(status: str) -> str:
    return status if status.isdigit() else literal(status)
