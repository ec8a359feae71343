"""A file to be uploaded: its content, and what the server shall call it."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from typing import IO, TypeAlias

FileContent: TypeAlias = bytes | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
"""Bytes, an open binary file, or pieces of bytes; the last two are read when they are
sent, and not kept in memory."""


class File:
    """The content of a file with its name and media type.

    >>> File(b"a,b", name="lines.csv", content_type="text/csv")
    File(name='lines.csv', content_type='text/csv')

    Args:
        content: what is sent. An iterator can be sent once only, so that a request with it is
            never repeated. Pieces that come asynchronously are for `AsyncClient`.
        name: the file's name; that of an open file where nothing is given.
        content_type: its media type; derived from the name where nothing is given.
        headers: further headers of its part, where it is one of several parts of a body.
    """

    __slots__ = ("content", "content_type", "headers", "name")

    def __init__(
        self,
        content: FileContent,
        *,
        name: str | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.content = content
        self.name = name
        self.content_type = content_type
        self.headers = headers or {}

    def __repr__(self) -> str:
        return f"File(name={self.name!r}, content_type={self.content_type!r})"
