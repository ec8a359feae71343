"""The value that a text on the wire stands for in one of OpenAPI's styles: the tables of 3.0.4, 3.1.1 and 3.2
("Style Examples") read backwards, and Swagger 2.0's `collectionFormat`."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias
from urllib.parse import unquote

Read: TypeAlias = "str | list[Read] | dict[str, Read]"
"""A value of which every scalar is still a text."""

Decode: TypeAlias = Callable[[str], str]
"""Takes off what the place in the request needs: percent-encoding, or nothing."""

_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C", "tabDelimited": "%09"}
_UNRESERVED = re.compile(r"(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})*")
_RESERVED_TOO = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,/:;=?@]|%[0-9A-Fa-f]{2})*")
_IN_COOKIES = re.compile(r"(?:[!#$&-+\--:<-\[\]-~]|%[0-9A-Fa-f]{2})*")  # RFC 6265 section 4.1.1, cookie-octet


class Shape(enum.Enum):
    """What a value is, which its spelling does not tell."""

    SCALAR = "a single value"
    ARRAY = "an array"
    OBJECT = "an object"


class Unreadable(Exception):
    """The text is no spelling of such a value in this style."""


def strict(text: str) -> str:
    """Decodes a text in which everything but RFC 3986's unreserved characters is percent-encoded."""
    return _decoded(text, _UNRESERVED)


def reserved(text: str) -> str:
    """The same where reserved characters may stay (`allowReserved`)."""
    return _decoded(text, _RESERVED_TOO)


def in_cookie(text: str) -> str:
    """Decodes the value of a cookie."""
    return _decoded(text, _IN_COOKIES)


def verbatim(text: str) -> str:
    """In headers and parts nothing is encoded."""
    return text


def _decoded(text: str, allowed: re.Pattern[str]) -> str:
    if allowed.fullmatch(text) is None:
        raise Unreadable(f"{text!r} holds characters that must be percent-encoded")
    return unquote(text, errors="strict")


def in_place(text: str, name: str, style: str, explode: bool, shape: Shape, decode: Decode) -> Read:
    """A value in a path or a header, where the style is `simple`, `label`, `matrix` or one of 2.0's.

    Raises:
        Unreadable: see there.
    """
    if style == "label":
        return _unnamed(_after(".", text), "." if explode else ",", explode, shape, decode)
    if style == "matrix":
        return _matrix(_after(";", text), name, explode, shape, decode)
    delimiter = _DELIMITERS.get(style, ",")
    if decode is verbatim:
        delimiter = unquote(delimiter)
    return _unnamed(text, delimiter, explode, shape, decode)


def in_fields(
    fields: Iterable[tuple[str, str]], name: str, style: str, explode: bool, shape: Shape, decode: Decode
) -> Read:
    """A value in the fields of a query, of a form, of a cookie or of a multipart body that belong to it, as
    they stand there.

    Raises:
        Unreadable: see there.
    """
    found = list(fields)
    if style == "deepObject" and shape is not Shape.SCALAR:
        return _deep(found, name, decode)
    if shape is Shape.OBJECT and explode:
        return _gathered((decode(key), decode(value)) for key, value in found)
    if any(unquote(key) != name for key, _ in found):
        raise Unreadable(f"one of {found} is not called {name}")
    if shape is Shape.ARRAY and explode:
        return [decode(value) for _, value in found]
    if len(found) != 1:
        raise Unreadable(f"{name} stands there {len(found)} times")
    delimiter = _DELIMITERS.get(style, ",")
    delimiter = unquote(delimiter) if decode is verbatim else delimiter
    return _unnamed(found[0][1], delimiter, False, shape, decode)


def _unnamed(text: str, delimiter: str, explode: bool, shape: Shape, decode: Decode) -> Read:
    if shape is Shape.SCALAR:
        return decode(text)
    pieces = text.split(delimiter) if text else []
    if shape is Shape.ARRAY:
        return [decode(piece) for piece in pieces]
    if explode:
        return _gathered(_pair(piece, decode) for piece in pieces)
    if len(pieces) % 2:
        raise Unreadable(f"{text!r} has a name without a value, or a value without a name")
    return {decode(key): decode(value) for key, value in zip(pieces[::2], pieces[1::2], strict=True)}


def _matrix(text: str, name: str, explode: bool, shape: Shape, decode: Decode) -> Read:
    pieces = text.split(";")
    if explode and shape is Shape.OBJECT:
        return _gathered(_pair(piece, decode) for piece in pieces)
    named = [piece.partition("=") for piece in pieces]
    if any(unquote(key) != name for key, _, _ in named):
        raise Unreadable(f"{text!r} does not name {name}")
    if explode and shape is Shape.ARRAY:
        return [decode(value) for _, _, value in named]
    if len(named) != 1:
        raise Unreadable(f"{text!r} names {name} more than once")
    return _unnamed(named[0][2], ",", False, shape, decode)


def _deep(fields: list[tuple[str, str]], name: str, decode: Decode) -> Read:
    """`name[key]=value`; deeper brackets are keys of objects in objects, numbers those of arrays."""
    found: dict[str, Read] = {}
    for key, value in fields:
        whole = unquote(key)
        keys = re.findall(r"\[([^\[\]]*)\]", whole)
        if not keys or whole != name + "".join(f"[{each}]" for each in keys):
            raise Unreadable(f"{whole} is no {name}[…]")
        inner: dict[str, Read] = found
        for each in keys[:-1]:
            deeper = inner.setdefault(each, {})
            if not isinstance(deeper, dict):
                raise Unreadable(f"{whole} is a value and an object")
            inner = deeper
        inner[keys[-1]] = decode(value)
    return {key: _numbered(value) for key, value in found.items()}


def _numbered(value: Read) -> Read:
    if not isinstance(value, dict):
        return value
    members = {key: _numbered(member) for key, member in value.items()}
    if list(members) == [str(place) for place in range(len(members))]:
        return list(members.values())
    return members


def _gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, Read]:
    """An object; a name that stands there several times is an array's."""
    found: dict[str, list[Read]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _pair(piece: str, decode: Decode) -> tuple[str, str]:
    key, equals, value = piece.partition("=")
    if not equals:
        raise Unreadable(f"{piece!r} is no name with a value")
    return decode(key), decode(value)


def _after(first: str, text: str) -> str:
    if not text.startswith(first):
        raise Unreadable(f"{text!r} does not begin with {first!r}")
    return text[1:]
