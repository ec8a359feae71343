"""What an operation returns, and which errors of the document have a type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Response
from ionapi_codegen.ir.schema import Nullable, Ref, Scalar, SchemaId, Type
from ionapi_codegen.targets.python import layout
from ionapi_codegen.targets.python.layout import Code
from ionapi_codegen.targets.python.media import STREAMS, Family, family, is_binary, preferred
from ionapi_codegen.targets.python.text import literal
from ionapi_codegen.targets.python.types import Speller, references


@dataclass(frozen=True, slots=True)
class Returned:
    """What comes back: the return annotation; the type by status, where statuses differ or are no usual
    successes (else nothing); the media type to ask for, where the annotation does not tell."""

    annotation: Code
    statuses: list[tuple[str, Code]]
    accept: str | None = None


def returned(responses: Iterable[Response], recursive: frozenset[SchemaId], speller: Speller) -> Returned:
    """What an operation returns."""
    successes = successful(responses)
    found = [(response.status, _content(response, speller)) for response in successes]
    if not found:
        return Returned("None", [])
    listed = [
        (_status(response.status), _by_status(response, code, recursive))
        for response, (_, code) in zip(successes, found, strict=True)
    ]
    accept = _accept(successes)
    types = {layout.flat(code) for _, code in found}
    if len(types) == 1:
        redirected = found[0][0].startswith("3")
        return Returned(found[0][1], listed if redirected else [], accept)
    named = [code for _, code in found if code != "None"]
    annotation = layout.either(*named, *(["None"] if len(named) < len(found) else []))
    return Returned(annotation, listed, accept)


def offered_stream(responses: Iterable[Response]) -> Content | None:
    """The stream that an operation offers beside another answer; None where it offers none, or nothing
    else."""
    for response in successful(responses):
        main = preferred(response.contents)
        for content in response.contents:
            if main is not None and family(main) not in STREAMS and family(content) in STREAMS:
                return content
    return None


def streamed(responses: Iterable[Response], speller: Speller) -> Code | None:
    """The annotation of that stream."""
    content = offered_stream(responses)
    return None if content is None else _read(content, speller)


def failed(
    responses: Iterable[Response], api: Api, recursive: frozenset[SchemaId], speller: Speller
) -> list[tuple[str, Code]]:
    """The type of each error response that has one, by status. `default` is one even where no other
    response is listed."""
    successes = {response.status for response in successful(responses)} - {"default"}
    errors: list[tuple[str, Code]] = []
    for response in responses:
        content = preferred(response.contents)
        if response.status in successes or content is None or content.type is None:
            continue
        if family(content) is Family.JSON:
            errors.append((_status(response.status), _executable(content.type, recursive, speller)))
    return errors


def successful(responses: Iterable[Response]) -> list[Response]:
    """2XX; in a document that knows none, redirections, or what it says of every status."""
    listed = list(responses)
    for start in ("2", "3", "default"):
        if found := [response for response in listed if response.status.startswith(start)]:
            return found
    return []


def _accept(successes: Iterable[Response]) -> str | None:
    """The media type of the answers that are read, where the document offers others that a server might
    choose instead."""
    for response in successes:
        main = preferred(response.contents)
        if main is None or len(response.contents) == 1 or "*" in main.media_type:
            continue
        usual = {Family.JSON: "application/json", Family.TEXT: "text/plain"}.get(family(main))
        if family(main) not in STREAMS and main.media_type != usual:
            return main.media_type
    return None


def _content(response: Response, speller: Speller) -> Code:
    content = preferred(response.contents)
    if content is None or response.status in ("204", "205"):
        return "None"
    return _read(content, speller)


def _read(content: Content, speller: Speller) -> Code:
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
            return "bytes" if is_binary(content.type) else "str"
        case Family.FORM:
            return "str"
        case Family.MULTIPART | Family.BINARY:
            return "bytes"


def _item(content: Content) -> Type | None:
    """The type of one element; a schema of plain text describes the stream, not its elements."""
    plain = isinstance(content.type, Scalar)
    return content.item if content.item is not None else None if plain else content.type


def _executable(type: Type, recursive: frozenset[SchemaId], speller: Speller) -> Code:
    """An annotation that is executed as it stands: the string of a recursive alias cannot join a union."""
    if isinstance(type, Ref) and type.target in recursive:
        return _quoted(speller.annotation(type))
    of = type.of if isinstance(type, Nullable) else type
    if not isinstance(type, Ref) and any(target in recursive for target in references(of)):
        return "object"
    return speller.annotation(type)


def _by_status(response: Response, code: Code, recursive: frozenset[SchemaId]) -> Code:
    content = preferred(response.contents)
    types = (content.type, content.item) if content is not None else ()
    named = (target for each in types if each is not None for target in references(each))
    return _quoted(code) if any(target in recursive for target in named) else code


def _quoted(code: Code) -> Code:
    """A recursive alias is a string, which would be read where it is executed and not where it was written;
    its name in quotes is read in both."""
    return literal(layout.flat(code))


def _status(status: str) -> str:
    return status if status.isdigit() else literal(status)
