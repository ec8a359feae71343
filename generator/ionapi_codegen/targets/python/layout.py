"""How code is broken into lines: as black lays it out, for the few kinds of code that a client consists of.

Code is a string, or one of three nodes whose places to break are known. What fits on a line stays on it.
Otherwise a bracket opens, its items go on one line, or else on one line each with a comma after the last;
a union breaks before each `|`, in parentheses where nothing else holds it together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ionapi_codegen.targets.python.text import WIDTH

_STEP = 4


@dataclass(frozen=True, slots=True)
class Bracketed:
    """`opening`, items with commas between them, closing bracket: `wire("customerId", default=UNSET)`.

    A display (`{...}` and `[...]` on their own) never has several items on a line of its own.
    """

    opening: str
    items: tuple[Code, ...]
    closing: str

    @property
    def display(self) -> bool:
        return len(self.opening) == 1


@dataclass(frozen=True, slots=True)
class Either:
    """`A | B | C`, at least two."""

    members: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Keyed:
    """`prefix` and a value: `default=UNSET`, `"card": CardPayment`, `lambda: {...}`."""

    prefix: str
    value: Code


Code: TypeAlias = str | Bracketed | Either | Keyed


def flat(code: Code) -> str:
    """The code on one line."""
    match code:
        case str():
            return code
        case Keyed(prefix, value):
            return prefix + flat(value)
        case Either(members):
            return " | ".join(map(flat, members))
        case Bracketed(opening, items, closing):
            return opening + ", ".join(map(flat, items)) + closing


def call(function: str, *items: Code) -> Bracketed:
    """`function(items)`."""
    return Bracketed(function + "(", items, ")")


def subscript(name: str, *items: Code) -> Bracketed:
    """`name[items]`."""
    return Bracketed(name + "[", items, "]")


def mapping(pairs: Sequence[tuple[str, Code]]) -> Bracketed:
    """`{key: value}`; keys are ready literals."""
    return Bracketed("{", tuple(Keyed(f"{key}: ", value) for key, value in pairs), "}")


def either(*members: Code) -> Code:
    """The union of the members, flattened, each once; a single member alone."""
    flattened: dict[str, Code] = {}
    for member in members:
        parts = member.members if isinstance(member, Either) else (member,)
        for part in parts:
            flattened.setdefault(flat(part), part)
    found = tuple(flattened.values())
    return found[0] if len(found) == 1 else Either(found)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name: annotation = default` of a function; the marker `*` has a name only."""

    name: str
    annotation: Code | None = None
    default: str | None = None

    @property
    def before(self) -> str:
        return self.name if self.annotation is None else f"{self.name}: "

    @property
    def after(self) -> str:
        return "" if self.default is None else f" = {self.default}"

    @property
    def flat(self) -> str:
        return self.before + flat(self.annotation or "") + self.after


def alias(name: str, code: Code) -> str:
    """`name: TypeAlias = code`, at the left margin."""
    head = f"{name}: TypeAlias = "
    if _fits(head + flat(code), 0):
        return head + flat(code)
    if isinstance(code, Bracketed) and not _fits(head + code.opening, 0):
        return _text([f"{head}(", *_deeper("", code, "", 0), ")"], 0)
    return _text(_held(head, code, "", 0), 0)


def field(name: str, annotation: Code, value: Code | None, indent: int) -> str:
    """`name: annotation = value` in a class. The value breaks first, where its bracket still fits."""
    head = f"{name}: {flat(annotation)}"
    if _fits(head if value is None else f"{head} = {flat(value)}", indent):
        return _text([head if value is None else f"{head} = {flat(value)}"], indent)
    if isinstance(value, Bracketed) and _fits(f"{head} = {value.opening}", indent):
        return _text(_broken(f"{head} = ", value, "", indent), indent)
    if value is not None and _fits(f"{head} = (", indent):
        return _text([f"{head} = (", *_deeper("", value, "", indent), ")"], indent)
    *lines, last = _held(f"{name}: ", annotation, "", indent)
    if value is None:
        return _text([*lines, last], indent)
    return _text([*lines, *_item(f"{last} = ", value, "", indent)], indent)


def function(name: str, parameters: Sequence[Parameter], result: Code, indent: int) -> str:
    """`def name(parameters) -> result:`."""
    inner = ", ".join(parameter.flat for parameter in parameters)
    line = f"def {name}({inner}) -> {flat(result)}:"
    if _fits(line, indent):
        return _text([line], indent)
    end = f") -> {flat(result)}:"
    ending = [end] if _fits(end, indent) else _held(") -> ", result, ":", indent)
    # A comma that black would keep makes it break the result only; past a mapping's colon it sees none.
    keeps = any(line.endswith(",") for line in ending) and not _has_mapping(result)
    if keeps and _fits(f"def {name}({inner}{ending[0]}", indent):
        return _text([f"def {name}({inner}{ending[0]}", *ending[1:]], indent)
    if len(parameters) > 1 and _fits(inner, indent + _STEP):
        lines = [_shift(inner)]
    else:
        lines = [_shift(line) for each in parameters for line in _parameter(each, indent + _STEP)]
    return _text([f"def {name}(", *lines, *ending], indent)


def statement(prefix: str, code: Bracketed, suffix: str, indent: int) -> str:
    """A bracket that is a line of its own: a class header."""
    if _fits(prefix + flat(code) + suffix, indent):
        return _text([prefix + flat(code) + suffix], indent)
    return _text(_broken(prefix, code, suffix, indent), indent)


def exploded(prefix: str, code: Bracketed, suffix: str, indent: int) -> str:
    """As `statement`, but an item a line as soon as one line is not enough: decorators."""
    if _fits(prefix + flat(code) + suffix, indent):
        return _text([prefix + flat(code) + suffix], indent)
    return one_a_line(prefix, code, suffix, indent)


def one_a_line(prefix: str, code: Bracketed, suffix: str, indent: int) -> str:
    """An item a line, even where one line would be enough."""
    lines = [line for item in code.items for line in _deeper("", item, ",", indent)]
    return _text([prefix + code.opening, *lines, code.closing + suffix], indent)


def _fits(line: str, indent: int) -> bool:
    return indent + (len(line) if line.isascii() else sum(map(_columns, line))) <= WIDTH


def _columns(char: str) -> int:
    """How wide a terminal shows a character: two columns for most of Chinese and Japanese."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _has_mapping(code: Code) -> bool:
    match code:
        case str():
            return False
        case Keyed(prefix, value):
            return ":" in prefix or _has_mapping(value)
        case Bracketed(_, items, _) | Either(items):
            return any(map(_has_mapping, items))


def _shift(line: str) -> str:
    return " " * _STEP + line


def _text(lines: Sequence[str], indent: int) -> str:
    """Lines below the first at their column; the first goes where the template puts it."""
    return ("\n" + " " * indent).join(lines)


def _item(prefix: str, code: Code, suffix: str, indent: int) -> list[str]:
    """An item inside a bracket."""
    line = prefix + flat(code) + suffix
    if isinstance(code, str) or _fits(line, indent):
        return [line]
    match code:
        case Keyed(key, value):
            return _item(prefix + key, value, suffix, indent)
        case Bracketed():
            return _broken(prefix, code, suffix, indent)
        case Either(members):
            lines: list[str] = []
            for member in members:
                end = suffix if member is members[-1] else ""
                lines += _item("| " if lines else prefix, member, end, indent)
            return lines


def _parameter(parameter: Parameter, indent: int) -> list[str]:
    """A parameter on lines of its own: a union as annotation is held together by parentheses."""
    line = parameter.flat + ","
    if isinstance(parameter.annotation, str | None) or _fits(line, indent):
        return [line]
    return _held(parameter.before, parameter.annotation, parameter.after + ",", indent)


def _broken(prefix: str, code: Bracketed, suffix: str, indent: int) -> list[str]:
    """The bracket opened: its items on one line, or one line each."""
    inner = ", ".join(map(flat, code.items))
    alone = len(code.items) == 1
    if _fits(inner, indent + _STEP) and (alone or not code.display):
        lines = [_shift(inner)]
    else:
        comma = "" if alone else ","
        lines = [line for item in code.items for line in _deeper("", item, comma, indent)]
    return [prefix + code.opening, *lines, code.closing + suffix]


def _held(prefix: str, code: Code, suffix: str, indent: int) -> list[str]:
    """Code that may only break inside brackets: its own, or parentheses around it."""
    if isinstance(code, Bracketed):
        return _broken(prefix, code, suffix, indent)
    return [f"{prefix}(", *_deeper("", code, "", indent), f"){suffix}"]


def _deeper(prefix: str, code: Code, suffix: str, indent: int) -> list[str]:
    return [_shift(line) for line in _item(prefix, code, suffix, indent + _STEP)]
