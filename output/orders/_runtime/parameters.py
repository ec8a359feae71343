"""Where an argument goes in a request, and in which style it is written there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import unquote

from . import headers, quoting
from .codecs import encode_json
from .quoting import Quote
from .styles import STYLES, Expansion, deep_object, expansion, in_place
from .texts import is_absent, is_map, plain, text


class Parameter:
    """Where and how an argument is sent.

    Args:
        name: its name on the wire; the argument's own where left out.
        style: one of OpenAPI's styles for the location, or `tabDelimited`.
        explode: whether each member of an array or object stands for itself; by
            default so in the styles `form` and `cookie`.
        allow_reserved: whether reserved characters stay as they are.
        media_type: sends the value as one document of this type, in no style.
    """

    default_style = "form"

    __slots__ = ("allow_reserved", "explode", "media_type", "name", "style")

    def __init__(
        self,
        name: str | None = None,
        /,
        *,
        style: str | None = None,
        explode: bool | None = None,
        allow_reserved: bool = False,
        media_type: str | None = None,
    ) -> None:
        self.name = name
        self.style = self.default_style if style is None else style
        self.explode = self.style in ("form", "cookie") if explode is None else explode
        self.allow_reserved = allow_reserved
        self.media_type = media_type

    @property
    def is_json(self) -> bool:
        """Whether the media type is one of JSON's."""
        return self.media_type is not None and "json" in self.media_type

    def document(self, value: object) -> str:
        """The value as a document of the parameter's media type: JSON, or plain
        text."""
        return encode_json(value).decode() if self.is_json else text(value)


class Path(Parameter):
    """In the path of the URL."""

    default_style = "simple"

    def writer(self, name: str) -> Callable[[object], str]:
        """Gives the part of the path that stands for `{name}`."""
        name = self.name or name
        quote = quoting.reserved_in_path if self.allow_reserved else quoting.strict
        if self.media_type is not None:
            return lambda value: quote(self.document(value))
        style = in_place(self.style)
        expand = expansion(name, style, explode=self.explode, quote=quote)

        def write(value: object) -> str:
            pieces = expand(value)
            return style.first + style.separator.join(pieces) if pieces else ""

        return write


class Query(Parameter):
    """In the query of the URL."""

    def writer(self, name: str) -> Expansion:
        """Gives the fields of the query, `name=value`, percent-encoded."""
        wire = self.name or name
        quote = quoting.reserved_in_query if self.allow_reserved else quoting.strict
        if self.media_type is not None:
            key = quoting.name(wire)
            return lambda value: [f"{key}={quote(self.document(value))}"]
        if self.style == "deepObject":
            return deep_object(wire, quote=quote)
        return expansion(
            wire,
            STYLES[self.style],
            explode=self.explode,
            quote=quote,
            quote_name=quoting.name,
        )


class Header(Parameter):
    """A header."""

    default_style = "simple"

    def writer(self, name: str) -> Callable[[object], bytes]:
        """Gives the value of the header.

        The function raises ValueError, which names the argument, for what a header
        cannot hold.
        """
        wire = self.name or name
        style = in_place(self.style)
        expand = expansion(
            wire,
            style.delimited(unquote(style.delimiter)),
            explode=self.explode,
            quote=quoting.unquoted,
        )
        is_document = self.media_type is not None

        def write(value: object) -> bytes:
            if is_document:
                written = self.document(value)
                written = ascii_json(written) if self.is_json else written
            else:
                written = ",".join(expand(value))
            return headers.encoded(written, name)

        return write


class Cookie(Parameter):
    """A cookie."""

    def writer(self, name: str) -> Expansion:
        """Gives the cookies, `name=value`, that the value becomes.

        In the style `cookie` nothing is encoded; the request refuses what a header
        cannot hold.
        """
        wire = self.name or name
        raw = self.style == "cookie"
        quote: Quote = _raw_cookie(name) if raw else quoting.cookie
        if self.media_type is not None:
            return lambda value: [f"{wire}={quote(self.document(value))}"]
        return expansion(
            wire, STYLES["cookie"], explode=self.explode, quote=quote, quote_name=quote
        )


class Querystring(Parameter):
    """The whole query (OpenAPI 3.2): a form of a mapping or model, JSON where the media
    type says so, or a text as it is."""

    def writer(self, name: str) -> Expansion:
        """Gives the fields of the query, percent-encoded."""

        def write(value: object) -> list[str]:
            mapping = plain(value)
            if isinstance(value, str):
                return [quoting.literal(value)] if value else []
            if is_map(mapping) and not self.is_json:
                return [
                    field
                    for key, item in mapping.items()
                    if not is_absent(item)
                    for field in Query(key).writer(key)(item)
                ]
            return [quoting.strict(self.document(value))]

        return write


def ascii_json(document: str) -> str:
    """A JSON text in ASCII: a header cannot hold more."""
    return re.sub(r"[^\x00-\x7f]", lambda found: json.dumps(found[0])[1:-1], document)


def _raw_cookie(argument: str) -> Quote:
    def check(value: str) -> str:
        if any(letter in value for letter in ";\r\n\0"):
            raise ValueError(f"{argument}: a cookie cannot hold a semicolon")
        return value

    return check
