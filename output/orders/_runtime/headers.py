"""What a header can hold."""

from __future__ import annotations

from collections.abc import Mapping

HeaderTable = dict[str, tuple[bytes, bytes]]
"""Name and value of headers as they are sent, by their name in lower case: a later one
takes the place of an earlier one."""

FRAMING = ("content-length", "transfer-encoding")
"""The headers that say where a body ends. Two that disagree let a server and a proxy see
different requests, so that none of them is taken from a caller."""

_SEPARATORS = frozenset('"(),/:;<=>?@[\\]{} \t')


def objection(value: str) -> str | None:
    """Why a text cannot be the value of a header, as the end of a sentence; None where
    it can. The value itself is not quoted."""
    if not value.isprintable() and any(
        (letter < " " and letter != "\t") or letter == "\x7f" for letter in value
    ):
        return "a header cannot hold a line break or another control character"
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return "a header can hold the characters of ISO 8859-1 only"
    return None


def encoded(value: str, argument: str) -> bytes:
    """The bytes of a header's value; blanks around it do not count.

    Raises:
        ValueError: a header cannot hold it; the message names the argument.
    """
    reason = objection(value)
    if reason is not None:
        raise ValueError(f"{argument}: {reason}")
    return value.strip(" \t").encode("latin-1")


def table(headers: Mapping[str, str]) -> HeaderTable:
    """The headers that a caller gives for all calls.

    Raises:
        ValueError: a name or a value cannot be sent; the message names the header.
    """
    made: HeaderTable = {}
    for name in headers:
        if not name or not name.isascii() or not name.isprintable():
            raise ValueError(f"headers: {name!a} is no name of a header")
        if _SEPARATORS & set(name):
            raise ValueError(f"headers: {name!a} is no name of a header")
        if name.lower() in FRAMING:
            raise ValueError(f"headers: {name} follows from the body of each call")
        made[name.lower()] = (name.encode(), encoded(headers[name], f"headers: {name}"))
    return made
