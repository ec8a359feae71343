"""Answers that are read while they come: bytes, lines, and items of a declared type."""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterator, Iterator, Mapping
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

import httpx2

from .codecs import Codec, decode_json
from .errors import DecodeError
from .events import Event, Events, Lines
from .failures import Failure
from .reading import decode_text, encoding_of, essence

T = TypeVar("T")
V = TypeVar("V")

_LAST = "[DONE]"
"""What some servers send as the data of an event to say that no other follows."""


class Body:
    """The body of an answer, read once, chunk by chunk.

    Args:
        response: the answer, its body unread.
        method: the HTTP method, for messages.
        path: the path as the document has it, for messages.
    """

    __slots__ = ("_method", "_path", "response")

    def __init__(self, response: httpx2.Response, method: str, path: str) -> None:
        self.response = response
        self._method = method
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        """The chunks, decompressed. Raises `TransportError` where the connection
        breaks."""
        chunks = self.response.iter_bytes()
        try:
            while (chunk := self._next(chunks)) is not None:
                yield chunk
        finally:
            self.response.close()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = self.response.aiter_bytes()
        try:
            while (chunk := await self._anext(chunks)) is not None:
                yield chunk
        finally:
            await self.response.aclose()

    def _next(self, chunks: Iterator[bytes]) -> bytes | None:
        try:
            return next(chunks, None)
        except httpx2.RequestError as error:
            failure = Failure(error)
        raise failure.error(self._method, self._path)

    async def _anext(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        try:
            return await anext(chunks, None)
        except httpx2.RequestError as error:
            failure = Failure(error)
        raise failure.error(self._method, self._path)


class _Answer:
    """What is known of an answer before its body is read."""

    def __init__(self, body: Body) -> None:
        self._body = body

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._body.response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names in any case."""
        return self._body.response.headers

    def header(self, name: str, kind: type[V]) -> V | None:
        """A header as a value, as `Response.header` reads it."""
        from .header_values import header_value

        return header_value(self.headers, name, kind)

    def _text(self, content: bytes) -> str:
        return decode_text(content, self.headers.get("content-type", ""))

    def _decoder(self) -> codecs.IncrementalDecoder:
        encoding = encoding_of(self.headers.get("content-type", ""))
        return codecs.getincrementaldecoder(encoding)("replace")


class StreamedResponse(_Answer):
    """An answer whose body the caller reads, once, in the way it likes best."""

    def iter_bytes(self) -> Iterator[bytes]:
        """The body in chunks as they come, decompressed.

        Raises:
            TransportError: the connection broke.
        """
        return iter(self._body)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line, without the line ends."""
        lines = Lines()
        for chunk in self._body:
            for line in lines.feed(chunk):
                yield self._text(line)
        for line in lines.end():
            yield self._text(line)

    def iter_text(self) -> Iterator[str]:
        """The body as text, in chunks as they come."""
        decoder = self._decoder()
        for chunk in self._body:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", True)

    def read(self) -> bytes:
        """The whole body, or what is left of it."""
        return b"".join(self._body)


class AsyncStreamedResponse(_Answer):
    """An answer whose body the caller reads, once, in the way it likes best."""

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body in chunks as they come, decompressed.

        Raises:
            TransportError: the connection broke.
        """
        return aiter(self._body)

    async def aiter_lines(self) -> AsyncIterator[str]:
        """The body line by line, without the line ends."""
        lines = Lines()
        async for chunk in self._body:
            for line in lines.feed(chunk):
                yield self._text(line)
        for line in lines.end():
            yield self._text(line)

    async def aiter_text(self) -> AsyncIterator[str]:
        """The body as text, in chunks as they come."""
        decoder = self._decoder()
        async for chunk in self._body:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", True)

    async def read(self) -> bytes:
        """The whole body, or what is left of it."""
        return b"".join([chunk async for chunk in self._body])


class Stream(Generic[T]):
    """The items of an answer, as they come: server-sent events, or a JSON value on each
    line.

    It is iterated once, by `for` or, from `AsyncClient`, by `async for`. The connection
    is given back at the end, or when a `with` block around it is left.
    """

    def __init__(self, body: Body, items: Items, strict: bool) -> None:
        self._body = body
        self._items = items
        self._strict = strict

    def __iter__(self) -> Iterator[T]:
        items = self._items.reader(self._body.response.headers, self._strict)
        with self:
            for chunk in self._body:
                for item in items.feed(chunk):
                    yield cast("T", item)
                if items.finished:
                    return
            for item in items.end():
                yield cast("T", item)

    async def __aiter__(self) -> AsyncIterator[T]:
        items = self._items.reader(self._body.response.headers, self._strict)
        async with self:
            async for chunk in self._body:
                for item in items.feed(chunk):
                    yield cast("T", item)
                if items.finished:
                    return
            for item in items.end():
                yield cast("T", item)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._body.response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names in any case."""
        return self._body.response.headers

    def close(self) -> None:
        """Give the connection back; what was not read is lost."""
        self._body.response.close()

    async def aclose(self) -> None:
        """The same for `AsyncClient`."""
        await self._body.response.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


class Items:
    """How the items of an operation's streams are read.

    Args:
        decoder: what decodes their JSON; None where the items are events themselves.
        method: the HTTP method, for messages.
        path: the path as the document has it, for messages.
    """

    __slots__ = ("_decoder", "_where")

    def __init__(self, decoder: Codec | None, method: str, path: str) -> None:
        self._decoder = decoder
        self._where = f"{method} {path}"

    def reader(self, headers: Mapping[str, str], strict: bool) -> ItemReader:
        """What reads one stream with these headers."""
        kind = essence(headers.get("content-type", ""))
        events = kind == "text/event-stream" or (not kind and self._decoder is None)
        return ItemReader(self._decoder, events, strict, self._where)


class ItemReader:
    """Makes items of chunks.

    Attributes:
        finished: whether the server has said that no other item follows.
    """

    __slots__ = ("_decoder", "_events", "_lines", "_strict", "_where", "finished")

    def __init__(
        self, decoder: Codec | None, events: bool, strict: bool, where: str
    ) -> None:
        self._decoder = decoder
        self._events = Events() if events else None
        self._lines = Lines()
        self._strict = strict
        self._where = where
        self.finished = False

    def feed(self, chunk: bytes) -> Iterator[object]:
        """The items that the chunk completes."""
        for line in self._lines.feed(chunk):
            yield from self._item(line)

    def end(self) -> Iterator[object]:
        """The last item, where the body ends without a line end; an event that is not
        complete is dropped, as the standard says."""
        for line in self._lines.end():
            yield from self._item(line)

    def _item(self, line: bytes) -> Iterator[object]:
        if self._events is None:
            # A JSON text sequence (RFC 7464) begins each text with a record separator.
            if text := line.strip(b" \t\x1e"):
                yield self._decoded(text)
            return
        event = self._events.feed(line)
        if event is None or self.finished:
            return
        if self._decoder is None:
            yield event
        elif event.data == _LAST:
            self.finished = True
        else:
            yield self._decoded(event.data.encode())

    def _decoded(self, text: bytes) -> object:
        if self._decoder is None:
            return Event(text.decode("utf-8", "replace"))
        try:
            return decode_json(text, self._decoder, self._strict)
        except DecodeError as error:
            path, message = error.path, error.message
        raise DecodeError(path, f"{message} ({self._where})")
