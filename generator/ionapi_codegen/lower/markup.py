"""HTML in descriptions as Markdown: OpenAPI's descriptions are CommonMark, which may hold HTML ("Rich Text
Formatting"), but nobody reads them through a browser here."""

from __future__ import annotations

import html
import re

_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]+`)", re.DOTALL)
_TABLE = re.compile(r"^[ \t]*\||<table\b", re.MULTILINE | re.IGNORECASE)
_BLOCKS = "p|div|ul|ol|dl|dd|dt|h[1-6]|hr|blockquote|section|note|important|caution"
_INLINE = "b|i|u|em|strong|span|font|small|sup|sub|big|center"
_TAG = re.compile(rf"<(/?)({_BLOCKS}|{_INLINE}|br|li|code|tt|pre|a)(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\s[^<>]{0,500}?href\s*=\s*([\"'])(?P<to>[^\"'<>\s]{1,500})\1[^<>]{0,500}>(?P<said>[^<>]{0,500})</a\s*>",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(<li(?:\s[^<>]{0,500})?>)\s*<p(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_ITEM_END = re.compile(r"</p\s*>\s*(</li\s*>)", re.IGNORECASE)
_BLOCK = re.compile(rf"(?:{_BLOCKS}|pre)\Z", re.IGNORECASE)
_HAS_BLOCK = re.compile(rf"<(?:{_BLOCKS}|li)(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_LISTED = re.compile(r"\n- [ \t]+")
_STRAY = re.compile(r"\n\n[ \t]*[.,;][ \t]*(?=\n\n|\Z)")
"""What stands behind a block as if that were a part of the sentence: `</blockquote>.`"""

_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")


def markdown(text: str) -> str:
    """The text with paragraphs, lists, links and code in Markdown's marks in place of HTML's, and without its
    other tags. What is code already, tables, and tags that HTML does not have stay as they are.

    >>> markdown("<p>An <b>order</b> of <code>lines</code>.</p><ul><li>Open</li><li>Closed</li></ul>")
    'An order of `lines`.\\n\\n- Open\\n- Closed'
    """
    if "<" not in text and "&" not in text:
        return text
    has_tags = _TAG.search(text) is not None and not _TABLE.search(text)
    is_html = has_tags and _HAS_BLOCK.search(text) is not None
    pieces = _CODE.split(text)
    for number in range(0, len(pieces), 2):  # between them is code
        piece = _without_tags(pieces[number], is_html) if has_tags else pieces[number]
        pieces[number] = _ENTITY.sub(lambda found: html.unescape(found[0]), piece)
    joined = "".join(pieces)
    return _STRAY.sub("", _GAP.sub("\n\n", joined)).strip() if has_tags else joined


def _without_tags(text: str, is_html: bool) -> str:
    """`is_html`, line breaks are no more than spaces, and indentation says nothing."""
    if is_html:
        text = "\n".join(line.strip() for line in text.split("\n")) if "\n" in text else text
        text = _ITEM_END.sub(r"\1", _ITEM.sub(r"\1", text))
    return _LISTED.sub("\n- ", _TAG.sub(_mark, _LINK.sub(_link, text)))


def _link(found: re.Match[str]) -> str:
    said, to = " ".join(found["said"].split()), found["to"]
    if not said or said == to:
        return to
    return f"[{said}]({to})" if to.startswith(("http://", "https://")) else said


def _mark(found: re.Match[str]) -> str:
    name = found[2].lower()
    match name:
        case "code" | "tt":
            return "`"
        case "li":
            return "" if found[1] else "\n- "
        case "br":
            return "\n\n"
        case "pre":
            return "\n```\n\n" if found[1] else "\n\n```\n"
        case _:
            return "\n\n" if _BLOCK.match(name) else ""
