"""What is wrong with a text that is no JSON or YAML, or more of it than is read, and where."""

from __future__ import annotations

from typing import NamedTuple

MOST_DEPTH = 200
"""Arrays and objects inside each other; public documents reach 40."""


class Spot(NamedTuple):
    """A place in a text, both numbers from 1; columns count characters."""

    line: int
    column: int

    @classmethod
    def of(cls, text: str, offset: int) -> Spot:
        return cls(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class SyntaxFault(Exception):
    """The text cannot be read. What it says becomes one diagnostic of the file."""

    def __init__(self, code: str, message: str, spot: Spot, help: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.spot = spot
        self.help = help


def too_deep(spot: Spot) -> SyntaxFault:
    return SyntaxFault(
        "too-deep",
        f"arrays and objects stand inside each other more than {MOST_DEPTH} deep here",
        spot,
        "write what is nested so deeply as components, and refer to them",
    )


def duplicate_key(key: str, first: Spot, second: Spot) -> SyntaxFault:
    return SyntaxFault(
        "duplicate-key",
        f"the key {quoted(key)} stands twice in one object: "
        f"in line {first.line}, column {first.column}, and here",
        second,
        "remove or rename one of them",
    )


def number_too_long(spot: Spot) -> SyntaxFault:
    return SyntaxFault("number-too-long", "this number has thousands of digits", spot, "correct it")


def quoted(text: str, most: int = 80) -> str:
    """Text of a document for a message: in quotes, printable, and not long."""
    return repr(text if len(text) <= most else text[: most - 1] + "…")
