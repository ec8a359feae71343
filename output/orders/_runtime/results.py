"""What becomes of an operation's answers: a value of the declared type, or an error."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import httpx2

from .annotations import evaluate
from .codecs import Codec, codec
from .errors import DecodeError, StatusError, status_error_class
from .events import Event
from .reading import Reader
from .streams import Body, Items, Stream

if TYPE_CHECKING:
    from .operations import Operation, Statuses

R = TypeVar("R")

_STREAMS = "text/event-stream, application/jsonl, application/x-ndjson"


class Results(Generic[R]):
    """The types of an operation's answers.

    Attributes:
        accept: the value of the header `Accept`.
        items: how a stream of items is read, where the answer is one.
    """

    def __init__(self, operation: Operation[..., R]) -> None:
        declared = operation.declared
        assert isinstance(declared, types.FunctionType)
        self._method = operation.method
        self._path = operation.path
        self._names = declared.__globals__
        self._returns = Table(operation.returns, self._names)
        self._errors = Table(operation.errors, self._names)
        annotation: object = declared.__annotations__["return"]
        if isinstance(annotation, str):
            annotation = evaluate(annotation, self._names)
        self.items: Items | None = None
        if typing.get_origin(annotation) is Stream or annotation is Stream:
            arguments = typing.get_args(annotation)
            self.items = self._items(arguments[0] if arguments else Event)
            annotation = None
        self._reader = Reader(annotation, self._names)
        self.accept = self._acceptable(operation.accept).encode("latin-1")

    def succeeds(self, status: int) -> bool:
        """Whether a status is a success: 2xx, and what the operation declares."""
        return 200 <= status < 300 or self._returns.names(status)

    def value(self, response: httpx2.Response, strict: bool) -> R:
        """The value of a success answer: the stream that reads it, or else what is in
        its body, which was read.

        Raises:
            DecodeError: its body is not what the document says.
        """
        if self.items is not None:
            body = Body(response, self._method, self._path)
            return cast("R", Stream(body, self.items, strict))
        reader = self._returns.reader(response.status_code) or self._reader
        content_type = response.headers.get("content-type", "")
        try:
            return cast("R", reader.read(response.content, content_type, strict))
        except DecodeError as error:
            path, message = error.path, error.message
        raise DecodeError(path, f"{message} ({self._method} {self._path})")

    def error(self, response: httpx2.Response) -> StatusError:
        """The exception for an answer of another status, whose body was read."""
        status = response.status_code
        reader = self._errors.reader(status, default=True)
        model: object = None
        if reader is not None and response.content:
            content_type = response.headers.get("content-type", "")
            try:
                model = reader.read(response.content, content_type, False)
            except DecodeError:
                model = None
        return status_error_class(status)(
            status,
            response.headers,
            response.content,
            model,
            self._method,
            self._path,
        )

    def _items(self, annotation: object) -> Items:
        decoder: Codec | None = None
        if annotation is not Event:
            decoder = codec(annotation, self._names)
        return Items(decoder, self._method, self._path)

    def _acceptable(self, stated: str | None) -> str:
        if stated is not None:
            return f"{stated}, */*;q=0.5"
        if self.items is not None:
            return f"{_STREAMS}, */*;q=0.5"
        if self._reader.is_text:
            return "text/plain, */*;q=0.5"
        if self._reader.is_bytes or self._reader.is_nothing:
            return "*/*"
        return "application/json, */*;q=0.5"


class Table:
    """Types by status, evaluated when the first one is asked for.

    Args:
        statuses: gives the types by status: an int, a range such as `"4XX"`, or
            `"default"`.
        names: the globals of the module that names the types.
    """

    def __init__(self, statuses: Statuses | None, names: Mapping[str, object]) -> None:
        self._statuses = statuses
        self._names = names
        self._types: Mapping[Any, object] | None = None
        self._readers: dict[object, Reader] = {}

    def names(self, status: int) -> bool:
        """Whether the status, or its range, is listed."""
        types = self._listed()
        return status in types or f"{status // 100}XX" in types

    def reader(self, status: int, default: bool = False) -> Reader | None:
        """What reads the answer of a status; None where nothing is listed for it.

        Args:
            status: the status.
            default: whether the entry `"default"` counts for statuses that are not
                listed.
        """
        types = self._listed()
        if not types:
            return None
        for key in (status, f"{status // 100}XX", "default"):
            if key in types and (key != "default" or default):
                reader = self._readers.get(key)
                if reader is None:
                    reader = self._readers[key] = Reader(types[key], self._names)
                return reader
        return None

    def _listed(self) -> Mapping[Any, object]:
        if self._types is None:
            self._types = {} if self._statuses is None else self._statuses()
        return self._types
