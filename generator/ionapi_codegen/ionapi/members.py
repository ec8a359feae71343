"""The members of one JSON object, each with the line and column of its key.

`json` tells positions only of errors; a message about an `.ionapi` file wants that of a key.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, field

_SPACE = re.compile(r"[ \t\n\r]*")


class Malformed(Exception):
    """The text is no JSON object. `reason` is ours and quotes nothing; line and column are from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason, line, column)
        self.reason = reason
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Member:
    """One `"key": value`, both as in the text. The value, often a secret, is not in the `repr`."""

    key: str
    value: object = field(repr=False)
    line: int
    column: int


def members(content: bytes) -> tuple[Member, ...]:
    """The members of the object in the order of the text, keys that are there twice included.

    UTF-8 and UTF-16 with or without a byte order mark. Raises `Malformed`.
    """
    try:
        text = content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        text = ""
    if not text.strip():
        raise Malformed("it is empty" if not content.strip() else "its text is not UTF-8", 1, 1)
    return _Scanner(text).members()


class _Scanner:
    """A place in a text that moves on. Its methods raise `Malformed` only: an error of `json` keeps the
    whole text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def members(self) -> tuple[Member, ...]:
        self._expect("{", "it does not begin with {")
        found: list[Member] = []
        if self._peek() != "}":
            found.append(self._member())
            while self._peek() == ",":
                self._at += 1
                found.append(self._member())
        self._expect("}", "a comma or } is missing")
        if self._peek():
            raise self._malformed("there is more text after the closing }")
        return tuple(found)

    def _member(self) -> Member:
        if self._peek() != '"':
            raise self._malformed("a key in double quotes is missing")
        line, column = self._place()
        key = self._value()
        self._expect(":", "a colon after the key is missing")
        return Member(str(key), self._value(), line, column)

    def _value(self) -> object:
        self._peek()
        value: object = None
        end = -1
        with contextlib.suppress(ValueError, RecursionError):
            value, end = json.JSONDecoder().raw_decode(self._text, self._at)
        if end < 0:
            raise self._malformed("here is no JSON value")
        self._at = end
        return value

    def _peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _expect(self, character: str, reason: str) -> None:
        if self._peek() != character:
            raise self._malformed(reason)
        self._at += 1

    def _malformed(self, reason: str) -> Malformed:
        return Malformed(reason, *self._place())

    def _place(self) -> tuple[int, int]:
        before = self._text[: self._at]
        return before.count("\n") + 1, self._at - before.rfind("\n")
