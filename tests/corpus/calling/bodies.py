"""Whether the body of a request is what its document asks for and what its caller gave."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus
from xml.etree import ElementTree

from corpus.calling import schemas, spellings
from corpus.calling.described import At, Content, Described, Document, Encoding, Json
from corpus.calling.given import is_empty, is_same, plain, shape_of
from corpus.calling.spellings import Read, Unreadable

_SEQUENCES = ("application/jsonl", "application/x-ndjson", "application/json-seq", "application/x-jsonlines")
_PLAIN = Encoding()


def complaints(
    document: Document,
    described: Described,
    headers: Mapping[str, str],
    body: bytes,
    media_type: str | None,
    given: object,
) -> Iterator[str]:
    """What is wrong with it; `media_type` is that of the content that was given, None where none was."""
    written = headers.get("content-type")
    if media_type is None:
        if body or written is not None:
            yield "nobody gave one"
        if described.body_required:
            yield "it is required"
        return
    if written is None:
        yield "there is no Content-Type"
        return
    essence = written.partition(";")[0].strip().lower()
    content = _content(described.bodies, essence)
    if content is None:
        yield f"{essence} is none of {sorted(described.bodies)}"
        return
    try:
        yield from _judged(document, content, essence, written, body, given)
    except (Unreadable, ValueError, ElementTree.ParseError) as unreadable:
        yield f"{body[:200]!r} cannot be read as {essence}: {unreadable}"


def _content(contents: Mapping[str, Content], essence: str) -> Content | None:
    if essence in contents:
        return contents[essence]
    ranges = (kind for kind in contents if "*" in kind and fnmatch.fnmatchcase(essence, kind))
    return next((contents[kind] for kind in sorted(ranges, key=len, reverse=True)), None)


def _judged(
    document: Document, content: Content, essence: str, written: str, body: bytes, given: object
) -> Iterator[str]:
    version = document.version
    if essence in _SEQUENCES:
        yield from _sequence(document, content, essence, body, given)
    elif essence == "application/x-www-form-urlencoded" and isinstance(given, dict):
        yield from _fields(
            document, content, [_pair(each) for each in body.decode().split("&") if each], given
        )
    elif essence.startswith("multipart/") and isinstance(given, dict):
        yield from _parts(document, content, _split(body, written), given)
    elif essence.endswith(("/json", "+json")):
        value = json.loads(body)
        if value != plain(given):
            yield f"{value!r} is sent for {given!r}"
        if content.schema is not None:
            yield from schemas.problems(value, content.schema, version)
    else:
        expected = given.encode() if isinstance(given, str) else given
        if body != expected:
            yield f"{body[:200]!r} is sent for {given!r}"
        if essence.endswith(("/xml", "+xml")):
            ElementTree.fromstring(body)
        elif essence == "text/plain" and content.schema is not None:
            yield from schemas.problems(schemas.typed(body.decode(), content.schema), content.schema, version)


def _sequence(
    document: Document, content: Content, essence: str, body: bytes, given: object
) -> Iterator[str]:
    """A JSON value on each line; RFC 7464 begins each with a record separator."""
    lines = [line for line in body.decode().split("\n") if line]  # `splitlines` splits at separators, too
    if "seq" in essence:
        if any(not line.startswith("\x1e") for line in lines):
            yield "a text does not begin with a record separator"
        lines = [line.removeprefix("\x1e") for line in lines]
    values = [json.loads(line) for line in lines]
    if values != plain(given):
        yield f"{values!r} is sent for {given!r}"
    if content.item is not None:
        for value in values:
            yield from schemas.problems(value, content.item, document.version)
    elif content.schema is not None:
        target = content.schema.target()
        listed = target.text("type") == "array"
        for value in [values] if listed else values:
            yield from schemas.problems(value, target, document.version)


# -- forms -------------------------------------------------------------------------------------------


def _fields(
    document: Document, content: Content, fields: list[tuple[str, str]], given: Mapping[str, object]
) -> Iterator[str]:
    read: dict[str, Json] = {}
    left = list(fields)
    for name, value in given.items():
        if _is_undeclared(content, name):
            yield f"{name} is not declared"
        encoding = content.encoding.get(name, _PLAIN)
        mine = [field for field in left if _belongs(unquote_plus(field[0]), name, value, encoding)]
        left = [field for field in left if field not in mine]
        if not mine:
            if value is not None and not is_empty(value):
                yield f"{name}: {value!r} is not sent"
            continue
        decode = spellings.reserved if encoding.allow_reserved else spellings.strict
        if encoding.style is not None:
            text = spellings.in_fields(mine, name, encoding.style, encoding.explode, shape_of(value), decode)
        else:
            texts: list[Read] = [decode(each) for _, each in mine]
            repeats = isinstance(value, list) and not _is_json(encoding)
            if len(texts) > 1 and not repeats:
                yield f"{name} stands there {len(texts)} times"
            text = texts if repeats else texts[0]
        if not is_same(text, value):
            yield f"{name}: {text!r} is sent for {value!r}"
        read[name] = _whole(text, value, _schema(content, name))
    for key, value in left:
        yield f"nobody gave {key}={value}"
    yield from _whole_form(document, content, read)


def _belongs(key: str, name: str, value: object, encoding: Encoding) -> bool:
    if encoding.style == "deepObject" and isinstance(value, (dict, list)):
        return key.partition("[")[0] == name
    if encoding.style is not None and encoding.explode and isinstance(value, dict):
        return key in value
    return key == name


def _whole_form(document: Document, content: Content, read: Mapping[str, Json]) -> Iterator[str]:
    if content.schema is not None:
        yield from schemas.problems(dict(read), content.schema, document.version)
    for name, stated in (content.fields or {}).items():
        if name in read:
            for each in schemas.problems(read[name], stated, document.version):
                yield f"{name}: {each}"
        elif name in content.required:
            yield f"{name} is required"


def _is_undeclared(content: Content, name: str) -> bool:
    """Whether the document lists fields, and this one is not among them."""
    lists = content.fields is not None or schemas.inner(content.schema, "properties") is not None
    return lists and _schema(content, name) is None


def _schema(content: Content, name: str) -> At | None:
    if content.fields is not None:
        return content.fields.get(name)
    return schemas.property_of(content.schema, name)


def _whole(read: Read, value: object, schema: At | None) -> Json:
    """The value; an array or object whose text is JSON is that of the JSON."""
    if isinstance(read, str) and isinstance(value, (dict, list)):
        return json.loads(read)
    if isinstance(read, list) and isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return [json.loads(each) if isinstance(each, str) else each for each in read]
    return schemas.typed(read, schema)


def _pair(field: str) -> tuple[str, str]:
    key, _, value = field.partition("=")
    return key, value


def _is_json(encoding: Encoding) -> bool:
    return any("json" in kind for kind in encoding.kinds)


# -- parts -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    file_name: str | None
    media_type: str | None
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


def _split(body: bytes, written: str) -> list[_Part]:
    """The parts, by RFC 2046 section 5.1 to the letter."""
    boundary = re.search(r'boundary="?([^";]+)"?', written)
    if boundary is None:
        raise Unreadable("there is no boundary")
    mark = b"--" + boundary[1].encode()
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if (
        pieces[0]
        or pieces[-1].rstrip(b"\r\n") != b"--"
        or not all(one[:2] == b"\r\n" for one in pieces[1:-1])
    ):
        raise Unreadable("the parts are not kept apart as RFC 2046 wants it")
    return [_part(piece[2:]) for piece in pieces[1:-1]]


def _part(piece: bytes) -> _Part:
    head, end, content = piece.partition(b"\r\n\r\n")
    if not end:
        raise Unreadable("a part has no headers")
    headers = dict(line.decode().split(": ", 1) for line in head.split(b"\r\n"))
    named = {name.lower(): value for name, value in headers.items()}
    disposition = named.get("content-disposition", "")
    name = re.search(r'; name="([^"]*)"', disposition)
    if not disposition.startswith("form-data") or name is None:
        raise Unreadable(f"a part has no name: {headers}")
    file_name = re.search(r'; filename="([^"]*)"', disposition)
    return _Part(name[1], file_name[1] if file_name else None, named.get("content-type"), content)


def _parts(
    document: Document, content: Content, parts: list[_Part], given: Mapping[str, object]
) -> Iterator[str]:
    read: dict[str, Json] = {}
    left = list(parts)
    for name, value in given.items():
        if _is_undeclared(content, name):
            yield f"{name} is not declared"
        encoding = content.encoding.get(name, _PLAIN)
        mine = [part for part in left if _belongs(part.name, name, value, encoding)]
        left = [part for part in left if part not in mine]
        if not mine:
            if value is not None and not is_empty(value):
                yield f"{name}: {value!r} is not sent"
            continue
        schema = _schema(content, name)
        if encoding.style is not None and not _is_file(value):
            if any(part.media_type is not None for part in mine):
                yield f"{name}: a part in a style has no media type"
            texts = [(part.name, part.text) for part in mine]
            shape = shape_of(value)
            text = spellings.in_fields(
                texts, name, encoding.style, encoding.explode, shape, spellings.verbatim
            )
            if not is_same(text, value):
                yield f"{name}: {text!r} is sent for {value!r}"
            read[name] = _whole(text, value, schema)
            continue
        values = value if isinstance(value, list) else [value]
        if len(values) != len(mine):
            yield f"{name}: {len(mine)} parts are sent for {value!r}"
        items = schemas.inner(schema, "items") if isinstance(value, list) else schema
        found: list[Json] = []
        for part, each in zip(mine, values, strict=False):
            one = yield from _of_part(part, each, encoding, items)
            found.append(one)
        read[name] = found if isinstance(value, list) else found[0]
    for part in left:
        yield f"nobody gave the part {part.name}"
    yield from _whole_form(document, content, read)


def _of_part(part: _Part, value: object, encoding: Encoding, schema: At | None) -> Generator[str, None, Json]:
    """What is wrong with a part; returns its value."""
    kind = (part.media_type or "text/plain").partition(";")[0].strip().lower()
    if encoding.kinds and not any(fnmatch.fnmatchcase(kind, each) for each in encoding.kinds):
        yield f"{part.name}: {kind} is none of {', '.join(encoding.kinds)}"
    if _is_file(value):
        expected = getattr(value, "content", value)
        if part.content != expected:
            yield f"{part.name}: {part.content!r} is sent for {expected!r}"
        if part.file_name is None or part.media_type is None:
            yield f"{part.name}: a file has a name and a media type"
        return part.content.decode("latin-1")
    if isinstance(value, (dict, list)) or "json" in kind:
        if "json" not in kind:
            yield f"{part.name}: JSON is sent as {kind}"
        found = json.loads(part.content)
        if found != plain(value):
            yield f"{part.name}: {found!r} is sent for {value!r}"
        return found
    if not is_same(part.text, value):
        yield f"{part.name}: {part.text!r} is sent for {value!r}"
    return schemas.typed(part.text, schema)


def _is_file(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(map(_is_file, value))
    return isinstance(value, bytes) or hasattr(value, "content")
