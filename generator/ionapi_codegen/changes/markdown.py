"""Changes for a pull request or a page: headings by weight, a list item for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ionapi_codegen.changes.model import Change, Level, Side
from ionapi_codegen.changes.text import counted
from ionapi_codegen.report import printable

_SPECIAL = re.compile(r"([\\`*_<>|~\[\]])")


def render(changes: Sequence[Change]) -> str:
    """A document that begins with its first heading; what the document of the API says is shown as it is."""
    parts = ["# Changes of the API", f"{counted(changes)}."]
    for level in Level:
        found = [change for change in changes if change.level is level]
        if found:
            parts += [f"## {level.value.capitalize()}", "\n".join(map(_item, found))]
    return "\n\n".join(parts) + "\n"


def _item(change: Change) -> str:
    broken = ", ".join(one.value for one in change.breaks)
    breaks = f" **({broken})**" if broken else ""
    where = printable(change.where).replace("`", "'")
    places = ", ".join(_places(change))
    shown = f" <sub>{places}</sub>" if places else ""
    return f"- `{where}`: {_escaped(change.message)}{breaks}{shown}"


def _places(change: Change) -> Iterator[str]:
    for word, side in (("old", change.old), ("new", change.new)):
        if (place := _place(side)) is not None:
            yield f"{word} {_escaped(place)}"


def _place(side: Side | None) -> str | None:
    return None if side is None else side.place


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", printable(text))
