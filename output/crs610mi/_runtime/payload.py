"""The body of a request: bytes, files and iterables, streamed and never held as a
whole."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import IO, TypeGuard

import httpx2

_CHUNK = 65_536


class Source:
    """A file or an iterable of bytes that a body is read from.

    Attributes:
        length: its bytes, where they are known beforehand.
        repeatable: whether it can be read once more, from where it stood.
    """

    __slots__ = ("_content", "_start", "length", "repeatable")

    def __init__(
        self, content: IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
    ) -> None:
        self._content = content
        self._start = 0
        self.length: int | None = None
        if _is_file(content):
            self.repeatable = content.seekable()
            if self.repeatable:
                self._start = content.tell()
                self.length = content.seek(0, 2) - self._start
                content.seek(self._start)
        else:
            self.repeatable = not isinstance(content, (Iterator, AsyncIterator))

    def __iter__(self) -> Iterator[bytes]:
        content = self._content
        if isinstance(content, AsyncIterable):
            raise TypeError("an asynchronous iterable is sent by AsyncClient only")
        if _is_file(content):
            if self.repeatable:
                content.seek(self._start)
            while chunk := content.read(_CHUNK):
                if isinstance(chunk, str):
                    raise TypeError("the file to send is not opened in binary mode")
                yield chunk
        else:
            yield from content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if isinstance(self._content, AsyncIterable):
            async for chunk in self._content:
                yield chunk
        else:
            for chunk in self:
                yield chunk


class Payload(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body with its media type.

    Attributes:
        content_type: the value of the header.
        length: its bytes, None where they are not known beforehand.
        repeatable: whether it can be sent once more.
        failure: what the caller's file or iterable raised when it was read. It is kept
            here, so that the HTTP library's frames, which hold the request's headers,
            are not part of its traceback.
    """

    def __init__(self, content_type: bytes, *parts: bytes | Source) -> None:
        self.content_type = content_type
        self._parts = parts
        self.length: int | None = 0
        self.repeatable = True
        self.failure: Exception | None = None
        for part in parts:
            if isinstance(part, bytes):
                length: int | None = len(part)
            else:
                length = part.length
                self.repeatable = self.repeatable and part.repeatable
            known = self.length is not None and length is not None
            self.length = (self.length or 0) + (length or 0) if known else None

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
                continue
            try:
                yield from part
            except Exception as error:
                self.failure = error
                raise httpx2.WriteError("the body could not be read") from error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
                continue
            try:
                async for chunk in part:
                    yield chunk
            except Exception as error:
                self.failure = error
                raise httpx2.WriteError("the body could not be read") from error


def content_of(value: object) -> bytes | Source | None:
    """The value as something to send as it is; None where it is no bytes, file or
    iterable of bytes."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    return Source(value) if _is_streamed(value) else None


def _is_streamed(
    value: object,
) -> TypeGuard[IO[bytes] | Iterator[bytes] | AsyncIterable[bytes]]:
    return _is_file(value) or isinstance(value, (Iterator, AsyncIterable))


def _is_file(value: object) -> TypeGuard[IO[bytes]]:
    return callable(getattr(value, "read", None))
