"""What value a JSON text holds, and where in the text a member of it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from ionapi_codegen.spec.syntax import (
    MOST_DEPTH,
    Spot,
    SyntaxFault,
    duplicate_key,
    number_too_long,
    too_deep,
)

_CONTAINERS = (dict, list)
_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = r'"(?:[^"\\]|\\.)*"'
_BRACKETS = re.compile(rf"{_STRING}|([\[{{])|([\]}}])", re.DOTALL)
_CONSTANTS = re.compile(rf"{_STRING}|(-?Infinity|NaN)", re.DOTALL)
_LONG_NUMBERS = re.compile(rf"{_STRING}|(-?\d{{4000,}})", re.DOTALL)

_CORRECT = "correct it there, or download or export the document again"
_MISTAKES = (
    ("Extra data", "there is more text after its end", "remove it: a file holds one document"),
    ("Expecting property name", "a key in double quotes is missing", _CORRECT),
    ("Expecting value", "a value is missing", "JSON has no comments either; " + _CORRECT),
    ("Expecting ':'", "the colon after the key is missing", _CORRECT),
    ("Expecting ','", "a comma or a closing bracket is missing", _CORRECT),
    (
        "Invalid control character",
        "a line break or control character is inside a text",
        r"write \n or \u00XX",
    ),
    ("Invalid \\", "this is no escape of JSON", r"write a backslash as \\"),
)
"""What the decoder says, by its first words, for people."""


def load_json(text: str) -> object:
    """The value of the text. Raises SyntaxFault for what is no JSON (RFC 8259; NaN and Infinity are not),
    for a key that one object has twice, and for what is nested more deeply than `MOST_DEPTH`."""
    try:
        value: object = _STRICT.decode(text)
    except json.JSONDecodeError as failure:
        reason, offset, advice = _explained(text, failure)
        raise SyntaxFault(
            "json-syntax", f"this is not valid JSON: {reason}", Spot.of(text, offset), advice
        ) from None
    except _DuplicateKey:
        raise _duplicate(text) from None
    except _NoNumber as failure:
        spot = Spot.of(text, _first(_CONSTANTS, text))
        raise SyntaxFault(
            "json-syntax", f"{failure} is no JSON value", spot, "write null or a number"
        ) from None
    except RecursionError:
        raise too_deep(Spot.of(text, _first_too_deep(text))) from None
    except ValueError:  # more digits than the interpreter converts
        raise number_too_long(Spot.of(text, _first(_LONG_NUMBERS, text))) from None
    if _depth_exceeds(value, MOST_DEPTH):
        raise too_deep(Spot.of(text, _first_too_deep(text)))
    return value


def locate_json(text: str, path: Sequence[str]) -> Spot:
    """Where the member stands to which the keys and indexes lead: its key, or the element of an array. A
    path that leads nowhere is followed as far as it goes. The text is one that `load_json` reads."""
    found = value = _skip_space(text, 0)
    for step in path:
        for key, start, member in _members(text, value):
            if key == step:
                found, value = start, member
                break
        else:
            break
    return Spot.of(text, found)


def locate_all_json(text: str, paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Spot]:
    """The same for many paths, each object or array on their way being gone through once."""
    offsets: dict[tuple[str, ...], int] = {}
    start = _skip_space(text, 0)
    waiting: list[tuple[int, int, tuple[str, ...], list[tuple[str, ...]]]] = [
        (start, start, (), list(dict.fromkeys(paths)))
    ]
    while waiting:
        found, value, above, below = waiting.pop()
        steps: dict[str, list[tuple[str, ...]]] = {}
        for path in below:
            offsets[path] = found
            if len(path) > len(above):
                steps.setdefault(path[len(above)], []).append(path)
        if not steps:
            continue
        for key, at, member in _members(text, value):
            if key in steps:
                waiting.append((at, member, (*above, key), steps.pop(key)))
                if not steps:
                    break
    spots: dict[tuple[str, ...], Spot] = {}
    line, last = 1, 0
    for path, offset in sorted(offsets.items(), key=lambda each: each[1]):
        line += text.count("\n", last, offset)
        last = offset
        spots[path] = Spot(line, offset - text.rfind("\n", 0, offset))
    return spots


def _explained(text: str, failure: json.JSONDecodeError) -> tuple[str, int, str]:
    """What is wrong, where, and what to do; the same with every version of Python."""
    at = failure.pos
    before = text[: at + failure.msg.startswith("Illegal trailing comma")].rstrip()
    if not text[at:].strip() or failure.msg.startswith("Unterminated string"):
        return "it ends too early", at, "a quote or bracket is missing, or it was cut off: download it again"
    if before.endswith(",") and text[len(before) :].lstrip()[:1] in ("}", "]"):
        return "there is a comma before the closing bracket", len(before) - 1, "remove the comma"
    if text[at] == "'":
        return "there is a single quote", at, "put keys and texts in double quotes"
    for beginning, reason, advice in _MISTAKES:
        if failure.msg.startswith(beginning):
            return reason, at, advice
    return failure.msg[:1].lower() + failure.msg[1:], at, _CORRECT


def _members(text: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """Of the object or array at the offset: key or index, where the member starts, and where its value does.

    Values that are passed over are read by the decoder, which is far faster than any scanner written in
    Python.
    """
    opening = text[offset]
    if opening not in "{[":
        return
    offset = _skip_space(text, offset + 1)
    index = 0
    while text[offset] not in "}]":
        start = offset
        key: object = str(index)
        if opening == "{":
            key, offset = _LENIENT.raw_decode(text, offset)
            offset = _skip_space(text, _skip_space(text, offset) + 1)
        yield str(key), start, offset
        _, offset = _LENIENT.raw_decode(text, offset)
        offset = _skip_space(text, offset)
        if text[offset] == ",":
            offset = _skip_space(text, offset + 1)
        index += 1


def _skip_space(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def _duplicate(text: str) -> SyntaxFault:
    """The first key that an object has twice: in this object, or else in the first member in which there is
    one."""
    offset = _skip_space(text, 0)
    while True:
        seen: dict[str, int] = {}
        inside: int | None = None
        for key, start, value in _members(text, offset):
            if key in seen:
                return duplicate_key(key, Spot.of(text, seen[key]), Spot.of(text, start))
            seen[key] = start
            if inside is None and _has_duplicate(text, value):
                inside = value
        if inside is None:
            raise AssertionError("the decoder found a key that is there twice")
        offset = inside


def _has_duplicate(text: str, offset: int) -> bool:
    try:
        _STRICT.raw_decode(text, offset)
    except _DuplicateKey:
        return True
    return False


def _first(pattern: re.Pattern[str], text: str) -> int:
    """Where the first match is that is no string."""
    return next((found.start() for found in pattern.finditer(text) if found.group(1)), 0)


def _first_too_deep(text: str) -> int:
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += bool(found.group(1)) - bool(found.group(2))
        if depth > MOST_DEPTH:
            return found.start()
    return 0


def _depth_exceeds(value: object, most: int) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(most):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if child.__class__ in _CONTAINERS
        ]
        if not level:
            return False
    return True


class _DuplicateKey(Exception):
    """Some object has a key twice."""


class _NoNumber(Exception):
    """NaN or Infinity, which Python's decoder takes for JSON."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _DuplicateKey
    return value


def _refuse(constant: str) -> NoReturn:
    raise _NoNumber(constant)


_STRICT = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)
_LENIENT = json.JSONDecoder()
