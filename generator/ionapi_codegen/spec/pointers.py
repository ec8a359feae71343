"""JSON pointers (RFC 6901) and their form in the fragment of a URI."""

from __future__ import annotations

from urllib.parse import unquote


def tokens(pointer: str) -> list[str]:
    """The keys and indexes of `/paths/~1orders/get`: paths, /orders, get."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def escape(token: str) -> str:
    """One key as it stands in a pointer."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def unquoted(fragment: str) -> str:
    """The pointer or name that a fragment of a URI spells with percent signs."""
    return unquote(fragment) if "%" in fragment else fragment
