"""Strings that come from a document, wrapped so that none of them reaches generated code by accident.

A description, a property name, a path, a media type: whoever wrote the document wrote these, and
whoever wrote the document may be hostile. `Text` carries such a string through the model and the
views. Every way in which a string usually slips into other text raises `TypeError`: `str()`,
f-strings, `+`, iteration, `len()`, Jinja's `{{ }}`. The string itself is had by `raw`, which is
called where text is made safe (identifiers, literals, docstrings) and where it is compared.
"""

from __future__ import annotations

from typing import NoReturn, final


@final
class Text:
    """One string of a document. Equal, hashable and ordered by its value; never printable.

    >>> Text("a'b").raw
    "a'b"
    >>> f"{Text('x')}"
    Traceback (most recent call last):
    ...
    TypeError: a string of the document must pass a filter before it becomes text
    """

    __slots__ = ("raw",)
    raw: str

    def __init__(self, raw: str) -> None:
        object.__setattr__(self, "raw", raw)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("Text is immutable")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __lt__(self, other: Text) -> bool:
        return self.raw < other.raw

    def __bool__(self) -> bool:
        return bool(self.raw)

    def __repr__(self) -> str:
        return "<text of the document>"

    def __reduce__(self) -> tuple[type[Text], tuple[str]]:
        return Text, (self.raw,)

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError("a string of the document must pass a filter before it becomes text")

    __str__ = __format__ = __html__ = __add__ = __radd__ = _refuse
    __mod__ = __rmod__ = __mul__ = __iter__ = __len__ = __getitem__ = __contains__ = _refuse
