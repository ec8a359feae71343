"""How the argument `body` is written: JSON, a form, several parts, or as it is."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from typing import ClassVar, TypeGuard, cast

from . import headers
from .codecs import encode_json
from .files import File
from .model import Model
from .multipart import Part, multipart
from .parameters import Query
from .payload import Payload, Source, content_of
from .texts import is_absent, is_list, is_map, plain


class Body:
    """One way of writing a body.

    Args:
        media_type: what is sent as `Content-Type`; may be a range such as `image/*`,
            the caller then says which.
    """

    default_media_type: ClassVar[str]

    __slots__ = ("media_type",)

    def __init__(self, media_type: str | None = None) -> None:
        self.media_type = media_type or self.default_media_type

    def suits(self, value: object) -> bool:
        """Whether a value of this type can be written this way."""
        raise NotImplementedError

    def payload(self, value: object, media_type: str) -> Payload:
        """The value as bytes to send.

        Raises:
            TypeError: the value cannot be written this way.
        """
        raise NotImplementedError


class Json(Body):
    """JSON, and every type whose name ends in `+json`."""

    default_media_type = "application/json"

    def suits(self, value: object) -> bool:
        fields = plain(value)
        if is_map(fields):
            return not any(map(_holds_file, fields.values()))
        return not isinstance(value, File) and content_of(value) is None

    def payload(self, value: object, media_type: str) -> Payload:
        return Payload(media_type.encode(), encode_json(value))


class JsonLines(Body):
    """A JSON value on each line, of any iterable; it is sent as it is iterated."""

    default_media_type = "application/jsonl"

    def suits(self, value: object) -> bool:
        return isinstance(value, (list, tuple, Iterator, AsyncIterable))

    def payload(self, value: object, media_type: str) -> Payload:
        # A JSON text sequence (RFC 7464) begins each text with a record separator.
        start = b"\x1e" if "json-seq" in media_type else b""
        if is_list(value):
            return Payload(media_type.encode(), b"".join(_lines(value, start)))
        if isinstance(value, AsyncIterable):
            pieces = _async_lines(cast("AsyncIterable[object]", value), start)
            return Payload(media_type.encode(), Source(pieces))
        if isinstance(value, Iterable):
            lines = _lines(cast("Iterable[object]", value), start)
            return Payload(media_type.encode(), Source(lines))
        raise TypeError(f"body: expected an iterable, not {type(value).__name__}")


class Form(Body):
    """A form (application/x-www-form-urlencoded) of a model or mapping.

    Args:
        parts: how single fields are written: `style`, `explode`, `allow_reserved` as in
            a query, or as JSON where the `content_type` says so. Without it arrays
            repeat their name and objects are JSON.
    """

    default_media_type = "application/x-www-form-urlencoded"

    __slots__ = ("_parts",)

    def __init__(
        self, media_type: str | None = None, *, parts: Mapping[str, Part] | None = None
    ) -> None:
        super().__init__(media_type)
        self._parts = parts or {}

    def suits(self, value: object) -> bool:
        return isinstance(value, (Model, Mapping))

    def payload(self, value: object, media_type: str) -> Payload:
        mapping = plain(value)
        if not is_map(mapping):
            raise _not_a_mapping(value)
        fields = [
            field
            for name, item in mapping.items()
            if not is_absent(item)
            for field in self._query(name, item).writer(name)(item)
        ]
        return Payload(media_type.encode(), "&".join(fields).encode())

    def _query(self, name: str, value: object) -> Query:
        part = self._parts.get(name)
        if part is not None and part.is_styled:
            return Query(
                style=part.style,
                explode=part.explode,
                allow_reserved=part.allow_reserved,
            )
        is_json = is_map(plain(value)) or (part is not None and part.is_json)
        return Query(
            media_type="application/json" if is_json else None,
            allow_reserved=part is not None and part.allow_reserved,
        )


class Multipart(Body):
    """Several parts (multipart/form-data) of a model or mapping: a part for each field,
    or for each member of an array.

    Args:
        parts: media types, headers and styles of single parts.
    """

    default_media_type = "multipart/form-data"

    __slots__ = ("_parts",)

    def __init__(
        self, media_type: str | None = None, *, parts: Mapping[str, Part] | None = None
    ) -> None:
        super().__init__(media_type)
        self._parts = parts or {}

    def suits(self, value: object) -> bool:
        return isinstance(value, (Model, Mapping))

    def payload(self, value: object, media_type: str) -> Payload:
        mapping = plain(value)
        if not is_map(mapping):
            raise _not_a_mapping(value)
        return multipart(mapping, media_type, self._parts)


class Binary(Body):
    """Bytes, a binary file, or an iterable of bytes, as they are."""

    default_media_type = "application/octet-stream"

    def suits(self, value: object) -> bool:
        return isinstance(value, File) or content_of(value) is not None

    def payload(self, value: object, media_type: str) -> Payload:
        content = value.content if isinstance(value, File) else value
        source = content_of(content)
        if source is None and _is_iterable(content):
            source = Source(content)
        if source is None:
            raise TypeError(
                "body: expected bytes, a file opened in binary mode or an iterable of "
                f"bytes, not {type(value).__name__}"
            )
        if isinstance(value, File) and value.content_type is not None:
            media_type = value.content_type
        elif "*" in media_type:
            media_type = self.default_media_type
        return Payload(headers.encoded(media_type, "content_type"), source)


class Text(Body):
    """A text in UTF-8, or its bytes; XML, too."""

    default_media_type = "text/plain"

    def suits(self, value: object) -> bool:
        return isinstance(value, (str, bytes))

    def payload(self, value: object, media_type: str) -> Payload:
        if "*" in media_type:
            media_type = self.default_media_type
        if isinstance(value, bytes):
            return Payload(headers.encoded(media_type, "content_type"), value)
        if not isinstance(value, str):
            raise TypeError(f"body: expected str or bytes, not {type(value).__name__}")
        if media_type.startswith("text/") and "charset" not in media_type:
            media_type += "; charset=utf-8"
        return Payload(headers.encoded(media_type, "content_type"), value.encode())


def choose(
    bodies: tuple[Body, ...], value: object, content_type: str | None
) -> tuple[Body, str]:
    """The way to write a value, and its media type: the one that the caller names, else
    the first that suits the value, else the first. Bytes are text only where nothing
    else takes them.

    Raises:
        ValueError: the caller names a type that the operation does not take.
    """
    if content_type is None:
        suitable = [body for body in bodies if body.suits(value)] or [bodies[0]]
        if isinstance(value, bytes):
            suitable.sort(key=lambda body: isinstance(body, Text))
        return suitable[0], suitable[0].media_type
    essence = content_type.partition(";")[0].strip().lower()
    for body in bodies:
        if body.media_type.partition(";")[0].strip().lower() == essence:
            return body, content_type
    for body in bodies:
        start, star, _ = body.media_type.partition("*")
        if star and essence.startswith(start):
            return body, content_type
    known = ", ".join(body.media_type for body in bodies)
    raise ValueError(f"content_type: {content_type!r} is none of {known}")


def _holds_file(value: object) -> bool:
    return any(
        isinstance(item, File) for item in (value if is_list(value) else [value])
    )


def _is_iterable(value: object) -> TypeGuard[Iterable[bytes]]:
    return isinstance(value, Iterable) and not isinstance(value, (str, Mapping))


def _not_a_mapping(value: object) -> TypeError:
    return TypeError(f"body: expected a model or mapping, not {type(value).__name__}")


def _lines(items: Iterable[object], start: bytes) -> Iterator[bytes]:
    for item in items:
        yield start + encode_json(item) + b"\n"


async def _async_lines(
    items: AsyncIterable[object], start: bytes
) -> AsyncIterator[bytes]:
    async for item in items:
        yield start + encode_json(item) + b"\n"
