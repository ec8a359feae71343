"""What a package is called when its user did not say: the words of a document's title, as an import name."""

from __future__ import annotations

import keyword
import re
import sys

_LONGEST = 60
_LONGEST_FOLDER = 100
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
_RESERVED = frozenset(sys.stdlib_module_names) | frozenset(keyword.kwlist) | frozenset(keyword.softkwlist)


def from_title(title: str, file_stem: str) -> str:
    """The import name for a title, or for the file's name where the title has no word that Python can spell.

    >>> from_title("CRS610MI - Customer interface", "InforM3MIv2 (66)")
    'crs610mi'
    >>> from_title("Orders & Returns API", "openapi")
    'orders_returns_api'
    """
    program, dash, _ = title.partition(" - ")
    return (_spelled(program) if dash else "") or _spelled(title) or _spelled(file_stem) or "api"


def objection(name: str) -> str | None:
    """Why this cannot be the name of a package, as the end of a sentence; None where it can."""
    if name.casefold() in _RESERVED or keyword.iskeyword(name):
        return "is a word or a standard module of Python"
    if complaint := no_identifier(name):
        return complaint
    if len(name) > _LONGEST_FOLDER:
        return f"has more than {_LONGEST_FOLDER} letters"
    if name.casefold() in _DEVICES:
        return "is a device and no folder on Windows"
    if name.startswith("__"):
        return "begins with two underscores, which Python keeps for itself"
    return None


def no_identifier(name: str) -> str | None:
    """Why nothing in Python can have this name, as the end of a sentence; None where it can."""
    if not name.isidentifier() or not name.isascii():
        return "is not a Python identifier (letters, digits and _, no digit first)"
    return "is a word of Python" if keyword.iskeyword(name) else None


def is_segment(text: str) -> bool:
    """Whether this can stand between two slashes of an address as it is."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.~-]*", text) is not None


def _spelled(words: str) -> str:
    """Lower-case words joined by underscores; empty where there are none."""
    name = "_".join(re.findall(r"[a-z0-9]+", words.lower()))[:_LONGEST].rstrip("_")
    if name[:1].isdigit():
        name = f"api_{name}"
    return f"{name}_api" if name in _RESERVED or name in _DEVICES else name
