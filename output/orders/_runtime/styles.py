"""How scalars, arrays and objects are written outside of JSON: OpenAPI's styles, which
are RFC 6570's expansions and some older ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from . import quoting
from .quoting import Quote
from .texts import (
    is_absent,
    is_list,
    is_map,
    members,
    plain,
    properties,
    spread,
    text,
)

Expansion = Callable[[object], list[str]]
"""Turns a value into the pieces that the style's separator joins; of an empty array or
object there is none."""


class Style:
    """One row of RFC 6570 appendix A.

    Attributes:
        first: stands before the first piece.
        separator: stands between pieces.
        named: whether pieces bear the parameter's name.
        if_empty: stands after the name where the value is empty.
        delimiter: stands between the members of one piece.
    """

    def __init__(
        self,
        first: str = "",
        separator: str = ",",
        named: bool = False,
        if_empty: str = "=",
        delimiter: str = ",",
    ) -> None:
        self.first = first
        self.separator = separator
        self.named = named
        self.if_empty = if_empty
        self.delimiter = delimiter

    def delimited(self, delimiter: str) -> Style:
        """The same style with another delimiter."""
        return Style(self.first, self.separator, self.named, self.if_empty, delimiter)


STYLES = {
    "simple": Style(),
    "label": Style(".", "."),
    "matrix": Style(";", ";", named=True, if_empty=""),
    "form": Style(separator="&", named=True),
    "spaceDelimited": Style(separator="&", named=True, delimiter="%20"),
    "pipeDelimited": Style(separator="&", named=True, delimiter="%7C"),
    "tabDelimited": Style(separator="&", named=True, delimiter="%09"),
    "cookie": Style(separator="; ", named=True),
}


def in_place(name: str) -> Style:
    """The style where values stand without the parameter's name: in a segment of a path,
    in a header. Swagger 2.0 has its delimiters there, too."""
    style = STYLES[name]
    return (
        style if style.first else Style("", ",", False, style.if_empty, style.delimiter)
    )


def expansion(
    name: str,
    style: Style,
    *,
    explode: bool,
    quote: Quote,
    quote_name: Quote = quoting.strict,
) -> Expansion:
    """The expansion of the parameter `name`, whose values are quoted by `quote`.

    An array in an object that is exploded repeats its key; any other container inside a
    container is written as JSON, since no style has a form for it.

    >>> expansion("id", STYLES["form"], explode=False, quote=str)([1, 2])
    ['id=1,2']
    """
    key = quote_name(name)
    prefix = key + "="
    empty = key + style.if_empty
    delimiter = style.delimiter

    def piece(value: str) -> str:
        if not style.named:
            return value
        return prefix + value if value else empty

    def expand(value: object) -> list[str]:
        if isinstance(value, str):
            return [piece(quote(value))]
        value = plain(value)
        if is_list(value):
            quoted = [quote(member) for member in members(value)]
            if explode:
                return [piece(member) for member in quoted]
            return [piece(delimiter.join(quoted))] if quoted else []
        if is_map(value):
            if explode:
                return [
                    f"{quote_name(key)}={quote(item)}" for key, item in spread(value)
                ]
            flat = [
                part
                for key, item in properties(value)
                for part in (quote_name(key), quote(item))
            ]
            return [piece(delimiter.join(flat))] if flat else []
        return [piece(quote(text(value)))]

    return expand


def deep_object(name: str, *, quote: Quote) -> Expansion:
    """The style `deepObject`: `filter[state]=new`, brackets percent-encoded.

    Objects nest, and the members of an array are numbered, `ids[0]=7`: OpenAPI leaves
    both open, and this is what servers that know brackets read.
    """

    def expand(value: object) -> list[str]:
        return [
            f"{quoting.name(key)}={quote(text(item))}"
            for key, item in _leaves(name, value)
        ]

    return expand


def fields(
    name: str, value: object, *, style: str, explode: bool
) -> Iterator[tuple[str, str]]:
    """The names and texts that a value becomes where nothing is percent-encoded: in
    the parts of a body (OpenAPI 3.1, "Encoding Object").

    >>> list(fields("id", [1, 2], style="pipeDelimited", explode=False))
    [('id', '1|2')]
    """
    value = plain(value)
    delimiter = unquote(STYLES.get(style, STYLES["form"]).delimiter)
    if style == "deepObject":
        yield from ((key, text(item)) for key, item in _leaves(name, value))
    elif explode:
        yield from spread(value if is_map(value) else {name: value})
    elif texts := _texts(value):
        yield name, delimiter.join(texts)


def _texts(value: object) -> list[str]:
    """The members of an array, the names and values of an object in turn, a scalar."""
    if is_list(value):
        return members(value)
    if is_map(value):
        return [each for pair in properties(value) for each in pair]
    return [text(value)]


def _leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    value = plain(value)
    if is_map(value):
        for key, item in value.items():
            yield from _leaves(f"{name}[{key}]", item)
    elif is_list(value):
        for place, item in enumerate(value):
            yield from _leaves(f"{name}[{place}]", item)
    elif not is_absent(value):
        yield name, value
