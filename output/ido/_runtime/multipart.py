"""A body of several parts (RFC 7578)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from . import headers
from .codecs import encode_json
from .files import File
from .model import Model
from .payload import Payload, Source, content_of
from .styles import fields as styled
from .texts import is_absent, is_list, is_map, text


class Part:
    """How one field of a form, or one part of a multipart body, is written.

    Args:
        content_type: its media type, or several with commas between them: that of a
            file is then the one that its name or the caller says.
        base64: whether bytes are written in base64, and are no file.
        headers: further headers of the part.
        style: a style of query parameters, instead of a media type.
        explode: whether each member of an array or object stands for itself.
        allow_reserved: whether reserved characters stay as they are, in forms.
    """

    __slots__ = (
        "allow_reserved",
        "base64",
        "content_type",
        "explode",
        "headers",
        "style",
    )

    def __init__(
        self,
        content_type: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        style: str | None = None,
        explode: bool | None = None,
        allow_reserved: bool = False,
        base64: bool = False,
    ) -> None:
        self.base64 = base64
        self.content_type = content_type
        self.headers = headers or {}
        self.style = style
        self.explode = explode
        self.allow_reserved = allow_reserved

    @property
    def is_styled(self) -> bool:
        """Whether it is written as a query parameter is. Any of the three says so
        (OpenAPI, "Encoding Object")."""
        said = self.style is not None or self.explode is not None
        return said or self.allow_reserved

    @property
    def is_json(self) -> bool:
        """Whether it is a JSON text whatever its value is."""
        kinds = self.kinds
        return bool(kinds) and "json" in kinds[0]

    @property
    def kinds(self) -> list[str]:
        """The media types that the document lists."""
        return [kind.strip() for kind in (self.content_type or "").split(",") if kind]


_PLAIN = Part()


def multipart(
    fields: Mapping[str, object], media_type: str, parts: Mapping[str, Part]
) -> Payload:
    """The fields as parts: text as it is, objects as JSON, files streamed.

    An array becomes a part for each member, unless a style says otherwise. The boundary
    is random and always of the same length.
    """
    boundary = os.urandom(16).hex().encode()
    pieces: list[bytes | Source] = []
    for name, value in fields.items():
        part = parts.get(name, _PLAIN)
        for key, item, how in _items(name, value, part):
            head, content = _part(key, item, how)
            pieces += [b"--", boundary, b"\r\n", head, b"\r\n", content, b"\r\n"]
    pieces += [b"--", boundary, b"--\r\n"]
    content_type = (
        headers.encoded(media_type, "content_type") + b"; boundary=" + boundary
    )
    return Payload(content_type, *_joined(pieces))


def _items(name: str, value: object, part: Part) -> Iterator[tuple[str, object, Part]]:
    """What stands in a part of its own: its name, its value, and how it is written."""
    listed = value if is_list(value) else (value,)
    items = [each for each in listed if not is_absent(each)]
    if not part.is_styled or any(_is_file(each, part) for each in items):
        yield from ((name, item, part) for item in items)
        return
    plain_part = Part(headers=part.headers)
    style = part.style or "form"
    explode = style == "form" if part.explode is None else part.explode
    if items:
        for key, each in styled(name, value, style=style, explode=explode):
            yield key, each, plain_part


def _is_file(value: object, part: Part) -> bool:
    if isinstance(value, bytes) and part.base64:
        return False
    return isinstance(value, File) or content_of(value) is not None


def _part(name: str, value: object, part: Part) -> tuple[bytes, bytes | Source]:
    """The headers of a part, and what follows them."""
    is_text = part.base64 and isinstance(value, bytes)
    content = None if is_text else _file_content(value)
    file_name: str | None = None
    more: Mapping[str, str] = part.headers
    media_type = next((kind for kind in part.kinds if "*" not in kind), None)
    if content is not None:
        file_name = _file_name(value) or name
        media_type = _type_of_file(value, file_name, part.kinds)
        more = {**more, **value.headers} if isinstance(value, File) else more
    elif isinstance(value, Model) or is_map(value) or is_list(value):
        media_type = media_type or "application/json"
        if "json" not in media_type:
            raise TypeError(f"{name}: {media_type} is written by the caller, as str")
        content = encode_json(value)
    elif part.is_json:
        content = encode_json(value)
    else:
        content = text(value).encode()
    disposition = f'form-data; name="{_quoted(name)}"'
    if file_name is not None:
        disposition += f'; filename="{_quoted(file_name)}"'
    lines = [b"Content-Disposition: " + disposition.encode("utf-8", "replace")]
    if media_type is not None:
        lines.append(b"Content-Type: " + headers.encoded(media_type, name))
    lines += [key + b": " + written for key, written in headers.table(more).values()]
    return b"".join(line + b"\r\n" for line in lines), content


def _file_content(value: object) -> bytes | Source | None:
    if not isinstance(value, File):
        return content_of(value)
    content = value.content
    return bytes(content) if isinstance(content, bytes) else Source(content)


def _file_name(value: object) -> str | None:
    """What a file says that it is called; of a path only the last part."""
    name: object = getattr(value, "name", None)
    if name is None and isinstance(value, File):
        name = getattr(value.content, "name", None)
    return os.path.basename(name) if isinstance(name, str) and name else None


def _type_of_file(value: object, file_name: str, kinds: list[str]) -> str:
    """What the caller says, else what the document says; of several types or a range
    the one that the file's name tells."""
    if isinstance(value, File) and value.content_type is not None:
        return value.content_type
    if len(kinds) == 1 and "*" not in kinds[0]:
        return kinds[0]
    guessed = _guess(file_name)
    if any(guessed.startswith(kind.partition("*")[0]) for kind in kinds):
        return guessed
    return next((kind for kind in kinds if "*" not in kind), guessed)


def _guess(file_name: str) -> str:
    import mimetypes

    return mimetypes.guess_type(file_name)[0] or "application/octet-stream"


def _quoted(name: str) -> str:
    """A name between quotation marks, as HTML forms write it."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _joined(pieces: list[bytes | Source]) -> Iterator[bytes | Source]:
    """The same with neighbouring bytes put together."""
    run: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            run.append(piece)
        else:
            yield b"".join(run)
            yield piece
            run = []
    yield b"".join(run)
