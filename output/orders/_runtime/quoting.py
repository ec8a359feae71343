"""Which characters of an argument stand in a URL as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

Quote = Callable[[str], str]

_TRIPLET = re.compile("(%[0-9A-Fa-f]{2})")


def strict(text: str) -> str:
    """Percent-encode all but letters, digits and `-._~`."""
    return quote(text, safe="")


def name(text: str) -> str:
    """The same for the name of a query parameter, but OData's `$` and other characters
    that end no name stay readable."""
    return quote(text, safe="$:@/")


def reserved_in_query(text: str) -> str:
    """For `allowReserved` in a query: reserved characters and percent-encoded bytes
    stay, except for those that would end the value or be read as a blank (`&`, `#`,
    `+`), and brackets, which a query cannot hold (RFC 3986 section 3.4)."""
    return _but_triplets(text, "!$'()*,/:;=?@")


def reserved_in_path(text: str) -> str:
    """For `allowReserved` in a path: what RFC 3986 section 3.3 lets a path hold stays,
    slashes and percent-encoded bytes included."""
    return _but_triplets(text, "!$&'()*+,/:;=@")


def literal(template: str) -> str:
    """The fixed part of a path: written by the document's author as it is to be sent,
    query included; only what no URL may hold is encoded."""
    return _but_triplets(template, "!$&'()*+,/:;=?@")


def unquoted(text: str) -> str:
    """For headers: nothing is encoded."""
    return text


def cookie(text: str) -> str:
    """Percent-encode what a cookie's value cannot hold (RFC 6265 section 4.1.1), and
    `%` itself."""
    return quote(text, safe="!#$&'()*+-./:<=>?@[]^_`{|}~")


def _but_triplets(text: str, safe: str) -> str:
    if "%" not in text:
        return quote(text, safe=safe)
    parts = _TRIPLET.split(text)
    return "".join(
        part if place % 2 else quote(part, safe=safe)
        for place, part in enumerate(parts)
    )
