"""Which words a name of the document consists of: `customerID` and `Customer-Id` are the same two."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ionapi_codegen.ir.text import Text

_WORD = re.compile(
    r"""
      OAuth[0-9]* | IPv[46]               # capitals inside what everybody reads as one word
    | [A-Z]{2,}s(?![a-z])                 # IDs, URLs
    | [A-Z][A-Z0-9]*(?=[A-Z][a-z])        # the HTTP of HTTPServer, the S3 of S3Bucket
    | [A-Z][A-Z0-9]*(?![a-z])             # CRS610MI, ID
    | [A-Z]?[a-z]+[0-9]*
    | [0-9]+[A-Z]+(?![a-z]) | [0-9]+[a-z]*
    """,
    re.VERBOSE,
)
_LATIN = re.compile(r"(?:LATIN|GREEK|CYRILLIC) (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]+)(?: ([A-Z]))?")
_SIGNS = {
    "!": "not",
    "#": "number",
    "$": "dollar",
    "%": "percent",
    "&": "and",
    "*": "star",
    "+": "plus",
    "-": "minus",
    ".": "dot",
    "/": "slash",
    ":": "colon",
    "<": "less",
    "=": "equal",
    ">": "greater",
    "@": "at",
    "_": "underscore",
    "~": "tilde",
}


def words(name: Text) -> tuple[str, ...]:
    """The words of a name in lower case, ASCII letters and digits only; empty where there are none.

    >>> words(Text("getHTTPStatus"))
    ('get', 'http', 'status')
    >>> words(Text("Größe (m²)"))
    ('grosse', 'm2')
    """
    return _words(name.raw)


@lru_cache(maxsize=1 << 15)
def _words(name: str) -> tuple[str, ...]:
    """Cached, since a document has few names and uses each of them many times."""
    return tuple([found.lower() for found in _WORD.findall(_ascii(name))])


def words_with_signs(name: Text) -> tuple[str, ...]:
    """As `words`, with signs spelled out too: what tells `+1` from `-1` and `_id` from `id`.

    >>> words_with_signs(Text("+1"))
    ('plus', '1')
    """
    spelled = "".join(f" {_SIGNS[sign]} " if sign in _SIGNS else sign for sign in name.raw)
    return words(Text(spelled))


def snake(parts: tuple[str, ...]) -> str:
    """`("order", "line")` as `order_line`."""
    return "_".join(parts)


def pascal(parts: tuple[str, ...]) -> str:
    """`("order", "line")` as `OrderLine`; a digit after a digit keeps an underscore between them."""
    name = ""
    for part in parts:
        between = "_" if name[-1:].isdigit() and part[0].isdigit() else ""
        name += between + part[0].upper() + part[1:]
    return name


def singular(word: str) -> str:
    """What one of them is called, naively; the word itself where the plural is not recognised.

    >>> [singular(word) for word in ("lines", "entries", "addresses", "sizes", "statuses", "status", "data")]
    ['line', 'entry', 'address', 'size', 'status', 'status', 'data']
    """
    if word in _BOTH:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-1] if word in _IN_IE else word[:-3] + "y"
    if word.endswith("zzes"):
        return word[:-3]
    if word.endswith(("sses", "shes", "ches", "xes")) or word[:-2] in _BOTH:
        return word[:-2]
    if word.endswith("uses") and word[-5:-4] not in ("", "a", "o"):
        return word[:-2]  # statuses, bonuses; not causes and houses
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


_BOTH = frozenset(("alias", "atlas", "bias", "canvas", "gas", "lens", "news", "series", "species"))
"""What ends like a plural and is none, or is both."""

_IN_IE = frozenset(("calories", "cookies", "movies", "selfies", "zombies"))


def _ascii(name: str) -> str:
    if name.isascii():
        return name
    return "".join(_transliterated(char) for char in unicodedata.normalize("NFKD", name))


def _transliterated(char: str) -> str:
    """One character in ASCII: letters by what Unicode calls them, other scripts by their number."""
    if char.isascii():
        return char
    if unicodedata.combining(char):
        return ""
    if char == "ß":
        return "ss"
    if letter := _LATIN.match(unicodedata.name(char, "")):
        spelled = letter[1].lower()
        return spelled if char.islower() else spelled.capitalize()
    return f" U{ord(char):X} " if char.isalnum() else " "
