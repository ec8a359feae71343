"""What an API and its parts are called in sentences of our own."""

from __future__ import annotations

import re

from ionapi_codegen.ir.api import Api
from ionapi_codegen.targets.python.text import comment

_UNUSUAL = re.compile(r"[^\w .,&()'/+-]+")
_LONGEST = 60
"""Characters of a title in a sentence; of a longer one the first words."""


def title(api: Api, otherwise: str) -> str:
    """The document's title in one line; of `CRS610MI - Customer interface` the part before the dash.

    Only letters, digits and usual punctuation are kept: it stands on the second line of modules, where Python
    looks for the encoding.
    """
    plain = _UNUSUAL.sub(" ", comment(api.title, len(api.title.raw)).partition(" - ")[0])
    return _first_words(" ".join(plain.split())) or otherwise


def _first_words(line: str) -> str:
    """Whole words, none of which opens what is not closed or only leads on."""
    if len(line) <= _LONGEST:
        return line
    words = line[: _LONGEST + 1].rpartition(" ")[0] or line[:_LONGEST]
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")]
    return words.rstrip(" ,&(/+-")


def called(api: Api, otherwise: str) -> str:
    """`the Orders API`."""
    name = title(api, otherwise)
    return f"the {name}" if name.lower().endswith("api") else f"the {name} API"
