"""How findings look: for people, the sentence, its place and the lines around it; for programs, one JSON
array."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import click

from ionapi_codegen.diagnostics import Diagnostic, Severity
from ionapi_codegen.excerpt import Excerpt, Excerpts

_MOST_ALIKE = 5
_MOST_COLUMNS = 100
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


def as_text(found: Sequence[Diagnostic], verbose: bool) -> str:
    """The findings in the order given, styled for a terminal; `click.echo` takes the colours out for anything
    else.

        error: '#/components/schemas/Ordr' is not in the document [ref-not-found]
          --> specs/orders.yaml:41:15
           |
        40 |           schema:
        41 |             $ref: '#/components/schemas/Ordr'
           |             ^
        42 |   /orders/{id}:
        help: did you mean '#/components/schemas/Order'?

    Of the findings with one code in one file only the first five are shown, unless `verbose`.
    """
    excerpts = Excerpts()
    kinds = Counter(map(_kind, found))
    shown: Counter[tuple[str, str]] = Counter()
    blocks: list[str] = []
    for one in found:
        kind = _kind(one)
        shown[kind] += 1
        if verbose or shown[kind] <= _MOST_ALIKE:
            blocks.append("\n".join(_block(one, excerpts)))
        elif shown[kind] == kinds[kind]:
            blocks.append(
                f"… and {kinds[kind] - _MOST_ALIKE} more like this [{one.code}]; -v shows all of them"
            )
    return "\n\n".join(blocks)


def as_json(found: Sequence[Diagnostic]) -> str:
    """`[{"severity", "code", "message", "file", "pointer", "line", "column", "help"}]`; what is not known is
    null."""
    excerpts = Excerpts()
    entries: list[dict[str, object]] = []
    for one in found:
        excerpt = excerpts.at(one.place) if one.place else None
        entries.append(
            {
                "severity": one.severity.name.lower(),
                "code": one.code,
                "message": one.message,
                "file": one.place.file if one.place else None,
                "pointer": one.place.pointer if one.place else None,
                "line": excerpt.line if excerpt else None,
                "column": excerpt.column if excerpt else None,
                "help": one.help,
            }
        )
    return json.dumps(entries, indent=2)


def printable(text: str) -> str:
    """The text with every character that a terminal might obey, or show nothing for, replaced by U+FFFD."""
    return "".join(
        one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text.replace("\t", " ")
    )


def _kind(one: Diagnostic) -> tuple[str, str]:
    return one.code, one.place.file if one.place else ""


def _block(one: Diagnostic, excerpts: Excerpts) -> Iterator[str]:
    name = one.severity.name.lower()
    head = click.style(name, fg=_COLOURS[one.severity], bold=True)
    yield f"{head}: {click.style(printable(one.message), bold=True)} [{one.code}]"
    if one.place is not None:
        excerpt = excerpts.at(one.place)
        if excerpt is not None:
            yield f"  --> {printable(one.place.file)}:{excerpt.line}:{excerpt.column}"
            yield from _lines(excerpt)
        else:
            at = f"#{one.place.pointer}" if one.place.pointer else ""
            yield f"  --> {printable(one.place.file + at)}"
    if one.help is not None:
        yield f"{click.style('help', fg='cyan')}: {printable(one.help)}"


def _lines(excerpt: Excerpt) -> Iterator[str]:
    """The line of the excerpt with its neighbours and a caret. Of a long line, such as a document without
    line breaks, the part around the excerpt."""
    if not excerpt.lines:
        return
    first = max(0, excerpt.column - 1 - _MOST_COLUMNS // 2) if excerpt.column > _MOST_COLUMNS else 0
    width = len(str(excerpt.lines[-1][0]))
    bar = click.style("|", fg="blue")
    yield f"{' ' * width} {bar}"
    for number, text in excerpt.lines:
        yield f"{number:>{width}} {bar} {printable(text[first : first + _MOST_COLUMNS])}".rstrip()
        if number == excerpt.line:
            yield f"{' ' * width} {bar} {' ' * (excerpt.column - 1 - first)}^"
