"""How a string of the document becomes text of a Python file: as a literal, in a docstring, in a comment.

Besides the allocator of identifiers, these are the only ways from `Text` to output. Each is checked by
reading back what it wrote.
"""

from __future__ import annotations

import ast
import math
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from ionapi_codegen.ir.text import Text

WIDTH = 88
"""Columns of a line: black's default, which generated code is formatted to."""

Prose: TypeAlias = "Sequence[Text | str]"
"""A paragraph or more: pieces of the document's text and of our own, joined."""

_FENCE = re.compile(r"^\s*(```|~~~)")
_ITEM = re.compile(r"^(\s*)([-*+•]|\d+[.)])\s+")
_QUOTE = re.compile(r"\s{0,3}>[> ]*")
_VERBATIM = re.compile(r"^(\s{4,}|\s*\||\s*#{1,6}\s|\s*>|\s*[-=]{3,}\s*$)")
_NO_WORDS = re.compile(r"[#<>|`~\[]|!\[|[-=*_]{3,}$")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PRINTABLE = re.compile(r"[\n -~]*").fullmatch
_LINE = re.compile(r"[ -~]*").fullmatch
_PLAIN = re.compile(r"[ !#-\[\]-~]*").fullmatch
"""Text that is the same inside quotes."""

_INVISIBLE = frozenset("\xad\u200b\ufeff")
"""Marks that only tell where a line may break: they say nothing in a docstring."""


def literal(value: Text | str | bool | int | float | None) -> str:
    """A Python literal that evaluates to the value, quoted as black quotes.

    >>> literal(Text('say "hi"'))
    "'say "hi"'"
    """
    match value:
        case Text():
            return _quoted(value.raw)
        case str():
            return _quoted(value)
        case float() if not math.isfinite(value):
            return f'float("{value}")'
        case _:
            return repr(value)


def docstring(prose: Sequence[Prose], indent: int, arguments: Sequence[tuple[str, Prose]] = ()) -> str:
    """A docstring at this column: blocks of prose with a blank line between them, wrapped at 88 columns.

    Paragraphs are filled; lists keep their items, code blocks, tables and headings their lines. The text
    stands on one line with its quotes where it fits. `arguments` come last, under "Args:". Nothing to say
    gives an empty string.
    """
    blocks = [block for raw in prose if (block := _joined(raw))]
    # Black keeps the closing quotes on a line that is alone: a line without room for them is wrapped.
    alone = len(blocks) == 1 and not arguments and "\n" not in blocks[0]
    lines: list[str] = []
    for block in blocks:
        lines += (
            ["", *_wrapped(block, WIDTH - indent)]
            if lines
            else _wrapped(block, WIDTH - indent, 6 if alone else 3)
        )
    if len(lines) == 1 and not arguments:
        return _checked('"""' + _padded(_safe(lines[0]), closing=True) + '"""', lines)
    if arguments:
        lines += ["", "Args:"] if lines else ["Args:"]
    for name, meaning in arguments:
        said = _joined(meaning)
        found = _wrapped(f"{name}: {said}", WIDTH - indent - 8, -4)
        lines += [" " * (8 if n else 4) + line if line else "" for n, line in enumerate(found)]
    if not lines:
        return ""
    lines[1:] = textwrap.dedent("\n".join(lines[1:])).split("\n") if lines[1:] else []
    margin = " " * indent
    body = [
        _padded(_safe(lines[0]), closing=False),
        *(margin + _safe(line) if line else "" for line in lines[1:]),
    ]
    return _checked('"""' + "\n".join(body) + f'\n{margin}"""', lines)


def comment(text: Text, limit: int = 60) -> str:
    """Text for one line of a message or a heading: printable, no line breaks, cut at `limit` characters."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text.raw).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def first_line(text: Text) -> Text:
    """The first line of plain words, still unsafe: headings, markup, tables and pictures are passed over."""
    lines = (line.strip() for line in text.raw.splitlines())
    return Text(next((line for line in lines if line and not _NO_WORDS.match(line)), ""))


def _joined(prose: Prose) -> str:
    """The pieces as one text; those of the document tidied, ours as they are."""
    return "".join(_tidy(piece.raw) if isinstance(piece, Text) else piece for piece in prose)


def _quoted(raw: str) -> str:
    """The string in double quotes, or in single ones where that saves backslashes."""
    if _PLAIN(raw):
        return f'"{raw}"'
    quote = "'" if raw.count('"') > raw.count("'") else '"'
    # A double quote in front makes `repr` choose single quotes, and leave double ones alone.
    body = f"\\{quote}".join(_escaped(part, quote) for part in raw.split(quote))
    text = f"{quote}{body}{quote}"
    if ast.literal_eval(text) != raw:
        raise AssertionError("a literal does not read back as its value")
    return text


def _escaped(part: str, quote: str) -> str:
    other = "'" if quote == '"' else '"'
    return (
        other.join(repr('"' + piece)[2:-1] for piece in part.split(other)) if other in part else _plain(part)
    )


def _plain(part: str) -> str:
    return repr('"' + part)[2:-1]


def _tidy(raw: str) -> str:
    """The text with line ends and spaces as they print; what does not print is spelled as in a literal."""
    if _LINE(raw):
        return raw.strip()
    text = "\n".join(line.expandtabs(4) for line in _LINE_END.split(raw))
    shown = text if _PRINTABLE(text) else "".join(map(_shown, text))
    return textwrap.dedent("\n".join(map(str.rstrip, shown.split("\n")))).strip()


def _shown(char: str) -> str:
    if char == "\n" or char.isprintable():
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    return "" if char in _INVISIBLE else repr(char)[1:-1]


def _safe(line: str) -> str:
    """The line with everything escaped that could end the docstring."""
    return line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _padded(line: str, *, closing: bool) -> str:
    """As black pads: a quote beside the docstring's own is kept apart by a space."""
    opened = " " + line if line.startswith('"') else line
    return opened + " " if closing and opened.endswith('"') else opened


def _checked(written: str, lines: Sequence[str]) -> str:
    """The docstring, after its value, without indentation, has been compared with what it should say."""
    if "\\" not in written and '"' not in written[3:-3]:
        return written
    value: str = ast.literal_eval(written)
    if [line.strip() for line in value.strip().split("\n")] != [line.strip() for line in lines]:
        raise AssertionError("a docstring does not read back as its text")
    return written


def _wrapped(text: str, width: int, first_indent: int = 0) -> list[str]:
    """The text's lines, none longer than `width` where words allow it; the first has less room."""
    if 0 < len(text) <= width - first_indent and "\n" not in text:
        return [text.rstrip()]
    lines: list[str] = []
    paragraph: list[str] = []
    hanging = ""
    fenced = False

    def flush() -> None:
        if paragraph:
            lines.extend(_filled(" ".join(paragraph), width, hanging, 0 if lines else first_indent))
            paragraph.clear()

    for line in text.split("\n"):
        fence = bool(_FENCE.match(line))
        if fenced or fence or not line or (_VERBATIM.match(line) and not paragraph):
            flush()
            hanging = ""
            quote = _QUOTE.match(line) if not fenced and len(line) > width else None
            if quote is not None:
                told = _filled(line[quote.end() :], width - quote.end(), "", 0)
                lines += [quote[0] + each for each in told]
            elif line or (lines and lines[-1]):
                lines.append(line)
            fenced = fenced != fence
        elif item := _ITEM.match(line):
            flush()
            hanging = " " * min(len(item[0]), 8)
            paragraph.append(line)
        else:
            paragraph.append(line.strip() if paragraph else line)
    flush()
    return lines


def _filled(paragraph: str, width: int, hanging: str, first_indent: int) -> list[str]:
    """The paragraph's lines. `first_indent` columns of the first are taken, or, below zero, given to it."""
    room = width - first_indent
    if len(paragraph) <= room:
        return [paragraph.rstrip()]
    margin = paragraph[: len(paragraph) - len(paragraph.lstrip())]
    text = " ".join(paragraph.split())
    lines: list[str] = []
    start = 0
    least = max(len(hanging), 1)  # An item's mark stays with its first word.
    while len(text) - start > (space := max(room - len(margin), 0)):
        # The last place to break that leaves the line short enough, else the first that there is.
        end = text.rfind(" ", start + least, start + space + 1)
        end = end if end > 0 else text.find(" ", start + least)
        if end < 0:
            break
        lines.append(margin + text[start:end])
        start, margin, room, least = end + 1, hanging or margin, width, 1
    return [*lines, margin + text[start:]]


def sentence(text: Text, more: Prose = (), *, joined: bool = False) -> Prose:
    """The text with its full stop, and more of our own behind: a sentence, or, `joined`, the end of this one.

    Text that ends in a line of its own kind (a list, a code block) stays as it is, and more is a paragraph.
    """
    raw = text.raw.rstrip()
    if not raw:
        return more
    if not is_paragraph(text):
        return [Text(raw), *(["\n\n", *more] if more else [])]
    if joined and more:
        return [Text(raw.rstrip(".")), ", ", *more]
    stop = "." if _lacks_stop(raw) else ""
    return [Text(raw + stop), *([" ", *more] if more else [])]


def _lacks_stop(raw: str) -> bool:
    """Whether a sentence ends without punctuation. An address would lead elsewhere with a full stop, and
    scripts from the Far East have their own."""
    last = raw.rsplit(None, 1)[-1]
    ends = last[-1].isalnum() or last[-1] in "\"')]}%"
    return ends and last[-1] < "\u2e80" and "://" not in last and not _VERBATIM.match(raw.rsplit("\n", 1)[-1])


def is_paragraph(text: Text) -> bool:
    """Whether another sentence may follow: there is no second paragraph, list, code block or table."""
    raw = text.raw.strip()
    last = raw.rsplit("\n", 1)[-1]
    return bool(raw) and "\n\n" not in raw and not _ITEM.match(last) and not raw.endswith(("```", "|"))


def is_short(text: Text, limit: int = 60) -> bool:
    """Whether text is short enough to be quoted within a sentence."""
    return 0 < len(text.raw) <= limit and text.raw.isprintable()


def begins_with(text: Text, start: Text) -> bool:
    """Whether a description repeats the summary it belongs to."""
    return text.raw.strip().startswith(start.raw.strip().rstrip("."))
