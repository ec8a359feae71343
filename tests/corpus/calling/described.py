"""What a document says of the request of one operation, read from its text and from nothing that we made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import yaml

Json: TypeAlias = Any
"""JSON as it is parsed."""

_MULTIPART, _FORM = "multipart/form-data", "application/x-www-form-urlencoded"
_DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_COLLECTIONS = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
_NOT_PARAMETERS = frozenset(("accept", "content-type", "authorization"))
"""Headers whose description OpenAPI ignores ("Parameter Object")."""


class _Yaml(yaml.SafeLoader):
    """YAML's JSON schema: dates are texts, and `on` is no truth value."""


_LEFT_OUT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Yaml.yaml_implicit_resolvers = {
    letter: [each for each in known if each[0] not in _LEFT_OUT]
    for letter, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Yaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a document, by their addresses; each is parsed once."""

    parsed: dict[str, Json] = field(default_factory=dict)

    def content(self, address: str) -> Json:
        """What the file holds."""
        if address not in self.parsed:
            path = Path(unquote(urlsplit(address).path))
            text = path.read_text("utf-8")
            self.parsed[address] = json.loads(text) if path.suffix == ".json" else yaml.load(text, _Yaml)
        return self.parsed[address]


@dataclass(frozen=True, slots=True)
class At:
    """A value of the document; `address` is that of its file, with the JSON pointer to it behind `#`."""

    value: Json
    address: str
    files: Files = field(repr=False, compare=False)

    def target(self) -> At:
        """What it stands for: where its `$ref` leads, itself without one."""
        found = self
        while isinstance(found.value, dict) and isinstance(found.value.get("$ref"), str):
            file, pointer = urldefrag(urljoin(found.address, found.value["$ref"]))
            found = At(self.files.content(file), file + "#", self.files)
            for token in unquote(pointer).split("/")[1:]:
                found = found.member(token.replace("~1", "/").replace("~0", "~"))
        return found

    def member(self, name: str) -> At:
        """The member of an object, or the element of an array."""
        value = self.value[int(name)] if isinstance(self.value, list) else self.value[name]
        token = quote(name.replace("~", "~0").replace("/", "~1"))
        return At(value, f"{self.address}/{token}", self.files)

    def get(self, *names: str) -> At | None:
        """What is found on this way, references followed."""
        found = self.target()
        for name in names:
            if not isinstance(found.value, dict) or name not in found.value:
                return None
            found = found.member(name).target()
        return found

    def text(self, name: str) -> str | None:
        """The member, where it is a text."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return value if isinstance(value, str) else None

    def elements(self, name: str) -> Iterator[At]:
        """The elements of the array that is the member `name`, references followed."""
        found = self.get(name)
        if found is not None and isinstance(found.value, list):
            for place in range(len(found.value)):
                yield found.member(str(place)).target()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One that is no body. With a `media_type` its value is a document of that type, in no style."""

    name: str
    place: str
    required: bool
    style: str
    explode: bool
    allow_reserved: bool
    media_type: str | None
    schema: At | None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one field of a form is written; `style` is None where media types say how."""

    kinds: tuple[str, ...] = ()
    style: str | None = None
    explode: bool = False
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A body of one media type. `fields` are those of a form of 2.0, which has no schema of its own."""

    schema: At | None
    item: At | None = None
    encoding: Mapping[str, Encoding] = field(default_factory=dict)
    fields: Mapping[str, At] | None = None
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Described:
    """The request of one operation."""

    path: str
    parameters: tuple[Parameter, ...]
    bodies: Mapping[str, Content]
    body_required: bool


class Document:
    """A document in its own words.

    Args:
        file: its (first) file.
    """

    def __init__(self, file: Path) -> None:
        self.files = Files()
        address = file.resolve().as_uri()
        self._root = At(self.files.content(address), address + "#", self.files)

    @cached_property
    def version(self) -> tuple[int, int]:
        """Of OpenAPI: (2, 0), (3, 0), (3, 1), (3, 2)."""
        written = str(self._root.value.get("openapi") or self._root.value.get("swagger"))
        major, minor = written.split(".")[:2]
        return int(major), int(minor)

    def operation(self, method: str, path: str) -> Described:
        """What an operation's request consists of.

        Raises:
            LookupError: there is no such operation.
        """
        item = self._root.get("paths", path)
        operation = item.get(method.lower()) if item is not None else None
        if item is None or operation is None:
            raise LookupError(f"{method} {path} is no operation of the document")
        stated: dict[tuple[str, str], At] = {}
        for level in (item, operation):
            for each in level.elements("parameters"):
                place, name = each.text("in") or "", each.text("name") or ""
                stated[place, name.lower() if place == "header" else name] = each
        if self.version < (3, 0):
            return self._older(path, operation, list(stated.values()))
        body = operation.get("requestBody")
        content = body.get("content") if body is not None else None
        media = {} if content is None else {kind: content.member(kind) for kind in content.value}
        bodies = {_essence(kind): self._content(kind, each.target()) for kind, each in media.items()}
        required = body is not None and body.value.get("required") is True
        parameters = tuple(_parameter(each) for each in stated.values() if _counts(each))
        return Described(path, parameters, bodies, required)

    def _content(self, kind: str, media: At) -> Content:
        encoding = media.get("encoding")
        styled = _essence(kind) == _FORM or (self.version >= (3, 1) and _essence(kind) == _MULTIPART)
        stated = {} if encoding is None else {name: encoding.member(name) for name in encoding.value}
        told = {name: _encoding(each.target(), styled) for name, each in stated.items()}
        return Content(media.get("schema"), media.get("itemSchema"), told)

    def _older(self, path: str, operation: At, stated: list[At]) -> Described:
        consumes = operation.get("consumes") or self._root.get("consumes")
        kinds = [_essence(kind) for kind in (consumes.value if consumes is not None else ())]
        bodies: dict[str, Content] = {}
        required = False
        for each in stated:
            if each.text("in") == "body":
                required = each.value.get("required") is True
                bodies = {kind: Content(each.get("schema")) for kind in kinds or ["application/json"]}
        form = [each for each in stated if each.text("in") == "formData"]
        if form:
            fields = {each.value["name"]: each for each in form}
            needed = frozenset(name for name, each in fields.items() if each.value.get("required") is True)
            encoding = {name: _collection(each, "form") for name, each in fields.items()}
            content = Content(None, None, encoding, fields, needed)
            required = bool(needed)
            has_file = any(each.text("type") == "file" for each in form)
            possible = [
                kind for kind in kinds if kind.startswith("multipart/") or (kind == _FORM and not has_file)
            ]
            bodies = dict.fromkeys(possible or [_MULTIPART if has_file else _FORM], content)
        parameters = tuple(_older_parameter(each) for each in stated if _counts(each))
        return Described(path, parameters, bodies, required)


def _counts(stated: At) -> bool:
    place, name = stated.text("in"), stated.text("name") or ""
    return place in _DEFAULT_STYLES and not (place == "header" and name.lower() in _NOT_PARAMETERS)


def _essence(kind: str) -> str:
    return kind.partition(";")[0].strip().lower()


def _parameter(stated: At) -> Parameter:
    value, place = stated.value, stated.value["in"]
    content = stated.get("content")
    media_type = next(iter(content.value)) if content is not None else None
    written = stated.text("style")
    style = written or _DEFAULT_STYLES[place]
    explode = value.get("explode")
    schema = stated.get("schema")
    if content is not None and media_type is not None:
        schema = content.member(media_type).get("schema")
    return Parameter(
        name=value["name"],
        place=place,
        required=value.get("required") is True or place == "path",
        style=style,
        explode=explode if isinstance(explode, bool) else style in ("form", "cookie"),
        allow_reserved=value.get("allowReserved") is True,
        media_type=media_type,
        schema=schema,
    )


def _older_parameter(stated: At) -> Parameter:
    place = stated.value["in"]
    encoding = _collection(stated, _DEFAULT_STYLES[place])
    return Parameter(
        name=stated.value["name"],
        place=place,
        required=stated.value.get("required") is True or place == "path",
        style=encoding.style or _DEFAULT_STYLES[place],
        explode=encoding.explode,
        allow_reserved=False,
        media_type=None,
        schema=stated,
    )


def _collection(stated: At, usual: str) -> Encoding:
    """The `collectionFormat` of 2.0 in the words of 3.0; `csv` where there is none."""
    written = stated.text("collectionFormat")
    if stated.text("type") != "array":
        return Encoding(style=usual, explode=True)
    if written == "multi":
        return Encoding(style=usual, explode=True)
    return Encoding(style=_COLLECTIONS.get(written or "csv", usual), explode=False)


def _encoding(stated: At, styled: bool) -> Encoding:
    value = stated.value
    kinds = tuple(_essence(kind) for kind in (stated.text("contentType") or "").split(",") if kind.strip())
    says = styled and any(name in value for name in ("style", "explode", "allowReserved"))
    if not says:
        return Encoding(kinds)
    style = stated.text("style") or "form"
    explode = value.get("explode")
    reserved = value.get("allowReserved") is True
    return Encoding(kinds, style, explode if isinstance(explode, bool) else style == "form", reserved)
