"""Text of documents made fit for a page: nothing invisible, nothing that turns the rest around, bounded."""

from __future__ import annotations

import re

from ionapi_codegen.changes.scene import DIGEST, digest
from ionapi_codegen.ir.schema import Docs
from ionapi_codegen.ir.text import Text

_MOST_LETTERS = 300
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff]"
)
"""Control characters, halves of pairs that no encoding has, and marks that reorder what is beside them."""
_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"\[([^][]{1,200})\]\([^()\s]{1,500}\)")
"""Markdown's; the page leads nowhere, so what was linked is enough."""


def plain(text: Text | str) -> str:
    """One line; what cannot be shown, or would change how its surroundings are, is shown as such."""
    raw = text.raw if isinstance(text, Text) else text
    return _SPACES.sub(" ", _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", raw)).strip()


def short(text: Text | str | None, most: int = _MOST_LETTERS) -> str:
    """The same, cut at the end of a word; empty where there is nothing."""
    if text is None:
        return ""
    line = _LINK.sub(r"\1", plain(text))
    if len(line) <= most:
        return line
    return line[:most].rpartition(" ")[0].rstrip(".,;:") + " …" if " " in line[:most] else line[:most] + "…"


def described(docs: Docs) -> str:
    """Summary and description in one paragraph, without saying the same twice."""
    summary, description = short(docs.summary), short(docs.description)
    if not description or description.startswith(summary.rstrip(".")):
        return description or summary
    return f"{summary.rstrip('.')}. {description}" if summary else description


class Words:
    """What documents say of their things. A package keeps digests only: what the same words are is known from
    documents that were asked before."""

    def __init__(self, *, remembers: bool) -> None:
        self._remembers = remembers
        self._known: dict[str, str] = {}

    def said(self, docs: Docs) -> str:
        """As `described`; empty where only a digest is known."""
        if docs.description is not None and docs.description.raw.startswith(DIGEST):
            return self._known.get(digest(docs), "")
        text = described(docs)
        if self._remembers:
            self._known[digest(docs)] = text
        return text
