"""A whole answer: the value with what came around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

R = TypeVar("R")
T = TypeVar("T")


class Response(Generic[R]):
    """An answer with a success status.

    Attributes:
        value: the body as the type that the operation returns.
        status: the HTTP status.
        headers: the headers; names in any case.
        content: the body as it came, decompressed; empty where the value is a stream,
            which reads it.
        method: the HTTP method of the request.
        path: the path of the request as the document has it.
    """

    __slots__ = ("content", "headers", "method", "path", "status", "value")

    def __init__(
        self,
        value: R,
        *,
        status: int,
        headers: Mapping[str, str],
        content: bytes,
        method: str,
        path: str,
    ) -> None:
        self.value = value
        self.status = status
        self.headers = headers
        self.content = content
        self.method = method
        self.path = path

    def header(self, name: str, kind: type[T]) -> T | None:
        """A header as a value: `response.header("X-Rate-Limit", int)`, `list[str]`,
        `dt.datetime`, a model of JSON; None where the answer lacks it.

        Raises:
            DecodeError: its text is no such value.
        """
        from .header_values import header_value

        return header_value(self.headers, name, kind)

    def __repr__(self) -> str:
        return f"<Response {self.status} of {self.method} {self.path}>"
