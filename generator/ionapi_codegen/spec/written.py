"""Numbers that know how the text spells them: where a string belongs, `1.10` without quotes is not 1.1."""

from __future__ import annotations


class WrittenInt(int):
    """An integer whose text is not the usual one, such as `0777` or `0x1F`; `str` gives the text."""

    text: str

    def __new__(cls, value: int, text: str = "") -> WrittenInt:
        made = super().__new__(cls, value)
        made.text = text
        return made

    def __str__(self) -> str:
        return self.text


class WrittenFloat(float):
    """A number whose text is not the usual one, such as `1.10` or `1e3`; `str` gives the text."""

    text: str

    def __new__(cls, value: float, text: str = "") -> WrittenFloat:
        made = super().__new__(cls, value)
        made.text = text
        return made

    def __str__(self) -> str:
        return self.text


def integer(value: int, text: str) -> int:
    """The integer; with its text where that says more."""
    return value if repr(value) == text else WrittenInt(value, text)


def number(value: float, text: str) -> float:
    """The number; with its text where that says more."""
    return value if repr(value) == text else WrittenFloat(value, text)
