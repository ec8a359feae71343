"""Made-up arguments for an operation: all of them, and only those that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import HypothesisException
from hypothesis.strategies import from_regex

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Content, Operation, Parameter
from ionapi_codegen.ir.schema import Alias, Array, Kind, Nullable, Record, Ref, Scalar, Type
from ionapi_codegen.sandbox import samples
from ionapi_codegen.targets.python.bodies import is_without_fields
from ionapi_codegen.targets.python.media import Family, family

_SETTINGS = settings(
    database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """`said` tells which arguments these are; `content` is what the body is of, None where there is none."""

    said: str
    values: dict[str, object]
    content: Content | None


class Maker:
    """Makes arguments for one document's operations.

    Args:
        api: the document.
        package: its client.
    """

    def __init__(self, api: Api, package: ModuleType) -> None:
        self._api = api
        self._file: Any = package.File
        self._samples = samples.Sampler(api, _text)

    def of(
        self, operation: Operation, names: Mapping[tuple[str, str], str], choice: bool
    ) -> Iterator[Arguments]:
        """Arguments by what the client calls them; `names` are those names by location and wire name.
        `choice` says whether the client lets the caller choose the body's media type."""
        given = {
            names[each.location.value, each.name.raw]: (each.required, self._parameter(each))
            for each in operation.parameters
        }
        every = {name: value for name, (_, value) in given.items()}
        least = {name: value for name, (required, value) in given.items() if required}
        contents = operation.body.contents if operation.body is not None else ()
        if operation.body is None or not operation.body.required:
            yield Arguments("all", every, None)
            yield Arguments("required", least, None)
        for content in contents:
            body = {"body": self.body(content)}
            if choice and "*" not in content.media_type:
                body["content_type"] = content.media_type
            yield Arguments(f"all, {content.media_type}", {**every, **body}, content)
            yield Arguments(f"required, {content.media_type}", {**least, **body}, content)

    def body(self, content: Content) -> object:
        """A body of a media type."""
        media = content.media_type
        if is_without_fields(content, self._api):
            return (
                {"file": self._file(b"\0\xff", name="a.bin")} if media.startswith("multipart/") else {"a": 1}
            )
        if family(content) is Family.BINARY:
            return samples.BINARY
        if media.startswith("multipart/") and content.type is not None:
            return self._parts(content.type)
        is_json = media.endswith(("/json", "+json")) or "*" in media
        if not is_json and (media.startswith("text/") or media.endswith(("/xml", "+xml"))):
            return "<a/>" if "xml" in media else "text"
        if content.item is not None:
            return [self._samples.sent(content.item)] * 2
        if content.type is None or not (is_json or media == "application/x-www-form-urlencoded"):
            return {} if is_json else samples.BINARY
        value = self._samples.sent(content.type)
        return value if is_json else self._lengthened(value, self._behind(content.type))

    def _parameter(self, parameter: Parameter) -> object:
        value = self._samples.sent(parameter.type)
        value = self._longer(value, parameter.type)
        return value if value not in ("", None) else "text"

    def _longer(self, value: object, type_: Type) -> object:
        """An array of two members instead of one, so that it shows what stands between them."""
        array = self._behind(type_)
        if not isinstance(array, Array) or not isinstance(value, list) or len(value) != 1:
            return value
        constraints = array.constraints
        may = not constraints.unique_items and (constraints.max_items is None or constraints.max_items > 1)
        return value * 2 if may else value

    def _lengthened(self, value: object, record: Type | Record) -> object:
        """A form whose arrays have two members."""
        if not isinstance(value, dict) or not isinstance(record, Record):
            return value
        types = {prop.name.raw: prop.type for prop in record.properties}
        return {
            name: self._longer(each, types[name]) if name in types else each for name, each in value.items()
        }

    def _parts(self, type_: Type) -> object:
        value, record = self._samples.sent(type_), self._behind(type_)
        if not isinstance(value, dict) or not isinstance(record, Record):
            return value
        value = self._lengthened(value, record)
        parts: dict[str, object] = dict(value) if isinstance(value, dict) else {}
        for prop in record.properties:
            found, name = self._behind(prop.type), prop.name.raw
            if name in parts and _is_file(found):
                parts[name] = self._file(b"\0\xff", name="a.bin")
            elif name in parts and isinstance(found, Array) and _is_file(self._behind(found.items)):
                parts[name] = [self._file(b"\0", name="a.bin"), self._file(b"\xff", name="b.png")]
        return parts

    def _behind(self, type_: Type) -> Type | Record:
        while True:
            match type_:
                case Nullable(of):
                    type_ = of
                case Ref(target):
                    schema = self._api.schemas[target]
                    if not isinstance(schema, Alias):
                        return schema
                    type_ = schema.type
                case _:
                    return type_


def _is_file(type_: Type | Record) -> bool:
    return isinstance(type_, Scalar) and type_.kind is Kind.BINARY


def _text(scalar: Scalar) -> str:
    """A text that its pattern matches, where Python understands the pattern."""
    plain = samples.string(scalar)
    pattern = scalar.constraints.pattern
    if pattern is None:
        return plain
    least, most = scalar.constraints.min_length or 0, scalar.constraints.max_length or 1000
    try:
        expression = re.compile(pattern.raw, re.ASCII)
        if expression.search(plain):
            return plain
        strategy = from_regex(expression, alphabet="abcdefghijABCDEFGHIJ0123456789-_./:@ +")
        return find(strategy, lambda text: least <= len(text.strip()) <= most, settings=_SETTINGS).strip()
    except (re.error, HypothesisException):
        return plain
