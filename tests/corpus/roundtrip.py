"""Whether an example comes back from a generated client as it went in."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, assert_never

import httpx2

from corpus.examples import Example, OfModel, OfProperty, OfResponse
from corpus.json_compare import differences, parsed


class Client:
    """A generated package that is imported, seen from the outside: operations by method and path, models by
    name."""

    def __init__(self, name: str, calls: Mapping[tuple[str, str], str]) -> None:
        self._package = import_module(name)
        self._runtime = f"{name}._runtime"
        self._client = self._package.Client(base_url="http://127.0.0.1:9", auth=None)
        self._calls = calls

    def runtime(self, module: str) -> ModuleType:
        """A module of its runtime."""
        return import_module(f"{self._runtime}.{module}")

    def operation(self, method: str, path: str) -> Any:
        """The declaration behind a method of the client. Raises AttributeError where there is none."""
        *groups, name = self._calls[method, path].split(".")
        owner = self._client
        for group in groups:
            owner = getattr(owner, group)
        assert callable(getattr(owner, name))
        return inspect.getattr_static(owner, name)

    def model(self, name: str) -> Any:
        """A class or an alias of its models."""
        return getattr(self._package.models, name)

    def codec(self, name: str) -> Any:
        """What reads and writes the values of a class or an alias."""
        return self.runtime("codecs").codec(f"models.{name}", vars(self._package))

    def written(self, value: object) -> str:
        """The JSON text of a value that was received."""
        return str(self.runtime("jsontext").spell(self.runtime("values").prepare(value)))


def problems(client: Client, example: Example) -> Iterator[str]:
    """What is not the same after decoding and encoding: of the value as it came, and of one of which every field
    was read."""
    reading = _reading(client, example)
    if reading is None:
        return
    before = parsed(reading.text)
    for how, look in (("untouched", _leave), ("read", touch)):
        value = reading.decode()
        look(value)
        after = reading.text if _is_whole(value, reading.text) else client.written(value)
        found = list(differences(before, parsed(after), value))
        yield from (f"{each} ({how})" for each in found)
        if found:
            return


def _is_whole(value: object, body: str) -> bool:
    """Whether the value is the body as it came: an answer that is text or bytes to the client."""
    return value == (body.encode() if isinstance(value, bytes) else body)


def misfit(client: Client, example: Example) -> str | None:
    """Why the example is not of the shape that the document gives it; None where it is."""
    reading = _reading(client, example)
    try:
        if reading is not None:
            reading.check()
    except client.runtime("errors").DecodeError as error:
        return str(error)
    return None


def touch(value: object) -> None:
    """Read every field, at every depth."""
    if isinstance(value, (list, tuple)):
        for item in value:
            touch(item)
    elif isinstance(value, dict):
        for item in value.values():
            touch(item)
    elif (record := getattr(type(value), "__record__", None)) is not None:
        for name in record.fields:
            touch(getattr(value, name, None))
        touch(dict(getattr(value, "extra", {})))


def _leave(_: object) -> None:
    """Nothing is read."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How an example is read: what is decoded, leniently, and what says whether it has the declared shape."""

    text: str
    decode: Callable[[], object]
    check: Callable[[], object]


def _reading(client: Client, example: Example) -> _Reading | None:
    """None for what no client reads: the answers of streams, and errors of which the document says nothing."""
    text, decode = example.text, client.runtime("jsontext").decode_json
    match example.of:
        case OfModel(name):
            codec = client.codec(name)
            return _Reading(text, lambda: decode(text, codec), lambda: decode(text, codec, True))
        case OfProperty(name, wire):
            model = client.model(name)
            codec = model.__record__.by_wire_name[wire].resolve()
            whole = f"{{{json.dumps(wire)}: {text}}}"
            return _Reading(whole, lambda: model.from_json(whole), lambda: decode(text, codec, True))
        case OfResponse() as of:
            results = client.operation(of.method, of.path).plan.results
            answer = httpx2.Response(
                of.status, headers={"content-type": of.media_type}, content=text.encode()
            )
            if results.items is not None or not (of.typed or results.succeeds(of.status)):
                return None
            if results.succeeds(of.status):
                return _Reading(
                    text, lambda: results.value(answer, False), lambda: results.value(answer, True)
                )
            return _Reading(text, lambda: results.error(answer).error, lambda: None)
        case _:
            assert_never(example.of)
