"""Whether a request is what its document asks for and what its caller gave: every byte of it, by our own reading
of the document's text and of the styles that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from corpus.calling import bodies, schemas, spellings
from corpus.calling.described import Described, Document, Json, Parameter
from corpus.calling.given import is_empty, is_same, plain, shape_of
from corpus.calling.spellings import Decode, Unreadable

_TARGET = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+")
"""RFC 3986, path and query; `[` and `]` may stand in neither."""

_NEGOTIATED = ("accept-encoding", "user-agent", "connection")
"""Headers that the HTTP library sends when the caller does not."""

_FRAMING = ("content-length", "transfer-encoding")
"""Headers that say where the body ends: HTTP's own, whatever the document says of them."""

_VARIABLE = re.compile(r"\{(\+?)([^{}]+?)(\+|\*)?\}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it went over the wire; names of headers are in lower case."""

    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller gave: arguments by place and name, and a body with its media type (None is no body)."""

    arguments: Mapping[tuple[str, str], object]
    media_type: str | None
    body: object = None


def complaints(document: Document, method: str, path: str, sent: Sent, given: Given) -> Iterator[str]:
    """What is wrong with a request of an operation. A request that cannot be checked is wrong, too."""
    described = document.operation(method, path)
    if not _TARGET.fullmatch(sent.target):
        yield f"the target {sent.target!r} is none that HTTP allows"
        return
    try:
        texts = _in_path(described, sent.target)
    except Unreadable as unreadable:
        yield str(unreadable)
        return
    query = [_split(field) for field in sent.target.partition("?")[2].split("&") if field]
    cookies = [_split(each) for each in sent.headers.get("cookie", "").split("; ") if each]
    for parameter in described.parameters:
        if parameter.place == "header" and parameter.name.lower() in _FRAMING:
            continue
        argument = given.arguments.get((parameter.place, parameter.name))
        try:
            read = _read(parameter, argument, texts, query, cookies, sent.headers)
        except (Unreadable, ValueError) as unreadable:
            yield f"{parameter.place} {parameter.name}: {unreadable}"
            continue
        for each in _judged(parameter, argument, read, document):
            yield f"{parameter.place} {parameter.name}: {each}"
    for each in bodies.complaints(document, described, sent.headers, sent.body, given.media_type, given.body):
        yield f"body: {each}"


def _judged(parameter: Parameter, argument: object, read: Json, document: Document) -> Iterator[str]:
    if read is None or argument is None:
        if read is not None and not (parameter.place == "header" and parameter.name.lower() in _NEGOTIATED):
            yield f"nobody gave {read!r}"
        elif argument is not None and not is_empty(argument):
            yield f"{argument!r} is not sent"
        elif parameter.required and argument is None:
            yield "it is required"
        return
    is_document = parameter.media_type is not None
    if not (read == plain(argument) if is_document else is_same(read, argument)):
        yield f"{read!r} is sent for {argument!r}"
    if parameter.schema is not None:
        check = schemas.problems if is_document else schemas.problems_of_texts
        yield from check(read, parameter.schema, document.version)


def _read(
    parameter: Parameter,
    argument: object,
    texts: Mapping[str, str],
    query: list[tuple[str, str]],
    cookies: list[tuple[str, str]],
    headers: Mapping[str, str],
) -> Json:
    """The value of a parameter in the request; None where it is not there."""
    name, style = parameter.name, parameter.style
    shape = shape_of(argument)
    match parameter.place:
        case "path" | "header":
            found = texts.get(name) if parameter.place == "path" else headers.get(name.lower())
            decode = spellings.verbatim
            if parameter.place == "path":
                decode = spellings.reserved if parameter.allow_reserved else spellings.strict
            if found is None or (parameter.place == "path" and not found and argument is None):
                return None
            if parameter.media_type is not None:
                return _document(decode(found), parameter.media_type)
            return spellings.in_place(found, name, style, parameter.explode, shape, decode)
        case "query":
            decode = spellings.reserved if parameter.allow_reserved else spellings.strict
            return _of_fields(parameter, argument, query, decode)
        case _:
            decode = spellings.verbatim if style == "cookie" else spellings.in_cookie
            return _of_fields(parameter, argument, cookies, decode)


def _of_fields(parameter: Parameter, argument: object, fields: list[tuple[str, str]], decode: Decode) -> Json:
    name, style, explode = parameter.name, parameter.style, parameter.explode
    spread = isinstance(argument, dict) and explode and style != "deepObject" and parameter.media_type is None
    names = set(argument) if spread and isinstance(argument, dict) else {name}
    mine = [field for field in fields if _is_of(unquote(field[0]), names, style)]
    if not mine:
        return None
    if parameter.media_type is not None:
        return _document(decode(mine[0][1]), parameter.media_type)
    return spellings.in_fields(mine, name, style, explode, shape_of(argument), decode)


def _is_of(key: str, names: set[str], style: str) -> bool:
    return key in names or (style == "deepObject" and key.partition("[")[0] in names)


def _document(text: str, media_type: str) -> Json:
    return json.loads(text) if "json" in media_type else text


def _in_path(described: Described, target: str) -> dict[str, str]:
    """The texts that stand for the variables of the path."""
    template, _, _ = described.path.partition("#")
    template, _, fixed = template.partition("?")
    path, _, query = target.partition("?")
    if fixed and not set(fixed.split("&")) <= set(query.split("&")):
        raise Unreadable(f"the query lacks {fixed}")
    styles = {each.name: each for each in described.parameters if each.place == "path"}
    names: list[str] = []
    pattern = ""
    end = 0
    for found in _VARIABLE.finditer(template):
        pattern += re.escape(template[end : found.start()]) + _segment(found, styles)
        names.append(found[2])
        end = found.end()
    pattern += re.escape(template[end:])
    whole = re.fullmatch(pattern, path) or re.fullmatch(pattern, unquote(path))
    if whole is None:
        raise Unreadable(f"the path {path!r} is none of {template!r}")
    return dict(zip(names, whole.groups(), strict=True))


def _segment(found: re.Match[str], styles: Mapping[str, Parameter]) -> str:
    """`{name+}`, `{+name}` and parameters that keep reserved characters may hold slashes."""
    stated = styles.get(found[2])
    spans = "+" in (found[1], found[3]) or (stated is not None and stated.allow_reserved)
    return "(.*)" if spans else "([^/]*)"


def _split(field: str) -> tuple[str, str]:
    key, _, value = field.partition("=")
    return key, value
