"""How the body of an answer becomes a value of one annotation."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from contextlib import suppress

from .annotations import OneOf, Quoted
from .codecs import codec, decode_json
from .errors import DecodeError
from .redaction import excerpt


class Reader:
    """Reads bodies of one type: JSON, text or bytes, by the type and by what the answer
    says that it is.

    Args:
        annotation: the type: anything that `codec` takes; `str` and `bytes` in it also
            stand for a body that is no JSON.
        names: the globals of the module that the annotation stands in.
    """

    def __init__(self, annotation: object, names: Mapping[str, object]) -> None:
        members = set(_members(annotation))
        self.is_nothing = members <= {types.NoneType}
        self.is_bytes = members <= {bytes, types.NoneType} and not self.is_nothing
        self.is_text = members <= {str, types.NoneType} and not self.is_nothing
        self._takes_bytes = bytes in members
        self._takes_text = str in members
        self._takes_null = types.NoneType in members
        self._codec = codec(annotation, names)

    def read(self, content: bytes, content_type: str, strict: bool) -> object:
        """The value in a body.

        Args:
            content: the body.
            content_type: the header of this name, or an empty text.
            strict: whether the body must be what the document says.

        Raises:
            DecodeError: it is no JSON where JSON was expected, or, when strict, of
                another shape.
        """
        if self.is_nothing:
            return None
        if self.is_bytes:
            return self._read_bytes(content, content_type)
        if not content:
            return self._read_empty(strict)
        is_json = _is_json(content_type)
        if self._takes_bytes and not is_json:
            return content
        if self._takes_text and not is_json:
            return decode_text(content, content_type)
        unreadable: DecodeError | None = None
        try:
            value = decode_json(_utf8(content, content_type), self._codec, strict)
        except DecodeError as error:
            unreadable = error
        else:
            if self.is_text and not (value is None or isinstance(value, str)):
                return decode_text(content, content_type)
            return value
        if self._takes_text and not strict:
            return decode_text(content, content_type)
        if is_json or unreadable.path != "$":
            raise unreadable
        kind = essence(content_type) or "a body of no declared type"
        raise DecodeError("$", f"expected JSON, found {kind}: {excerpt(content)}")

    def _read_bytes(self, content: bytes, content_type: str) -> bytes:
        """The body, or what it holds in base64 where it is a JSON text."""
        if content[:1] == b'"' and _is_json(content_type):
            with suppress(DecodeError):
                value = decode_json(_utf8(content, content_type), self._codec)
                return value if isinstance(value, bytes) else content
        return content

    def _read_empty(self, strict: bool) -> object:
        if self.is_text:
            return ""
        if strict and not self._takes_null:
            raise DecodeError("$", "expected JSON, found an empty body")
        return None


def essence(content_type: str) -> str:
    """The media type without its parameters, in lower case.

    >>> essence("Application/JSON; charset=utf-8")
    'application/json'
    """
    return content_type.partition(";")[0].strip().lower()


def decode_text(content: bytes, content_type: str) -> str:
    """The body as text, in the encoding that the answer names or else UTF-8; what
    cannot be read becomes U+FFFD."""
    try:
        return content.decode(encoding_of(content_type), "replace")
    except UnicodeError:
        return content.decode("utf-8-sig", "replace")


def encoding_of(content_type: str) -> str:
    """Python's name of the encoding that an answer names; UTF-8 where it names none
    that is known."""
    charset = _charset(content_type) or "utf-8-sig"
    try:
        # Refuses what is no encoding of texts, too.
        b" ".decode(charset, "replace")
    except (LookupError, UnicodeError):
        return "utf-8-sig"
    return charset


def _is_json(content_type: str) -> bool:
    kind = essence(content_type)
    return kind.endswith(("/json", "+json"))


def _utf8(content: bytes, content_type: str) -> str | bytes:
    """The body for a JSON reader, which knows the encodings of Unicode by itself."""
    charset = _charset(content_type)
    if charset is None or charset.startswith("utf"):
        return content
    return decode_text(content, content_type)


def _charset(content_type: str) -> str | None:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or None
    return None


def _members(annotation: object) -> Iterator[object]:
    """The members of a union, seen through aliases; the type itself if it is none."""
    if isinstance(annotation, Quoted):
        yield from _members(annotation.names.evaluate(annotation.text))
    elif isinstance(annotation, OneOf):
        for member in annotation.members:
            yield from _members(member)
    elif typing.get_origin(annotation) is typing.Annotated:
        yield from _members(typing.get_args(annotation)[0])
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
        for member in typing.get_args(annotation):
            yield from _members(member)
    elif annotation is None:
        yield types.NoneType
    elif typing.get_origin(annotation) is not typing.Literal:
        yield annotation
