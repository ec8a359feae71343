"""What a docstring says: the document's words, then what the schema adds (limits, a default, an example)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from ionapi_codegen.ir.schema import (
    NO_DEFAULT,
    Alias,
    Array,
    Constraints,
    Docs,
    Enumeration,
    Json,
    Map,
    NoDefault,
    Nullable,
    Scalar,
    Type,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.text import Prose, begins_with, is_paragraph, is_short, sentence
from ionapi_codegen.targets.python.types import fits_literal

_LONGEST_PATTERN = 40
_LONGEST = 62
_TOO_LONG = "…" * (_LONGEST + 1)
_MOST_VALUES = 20
_DEFAULT = re.compile(
    r"\bdefaults?(?: value)?(?: is| to)?[\s:=\"'`*(]{1,4}(-?\w(?:[\w.+:/-]*\w)?)", re.IGNORECASE
)
_PLACEHOLDERS = frozenset(("string", "text", "null", "none", "true", "false", "0"))


def paragraphs(docs: Docs) -> list[Prose]:
    """Summary and description with full stops, once where they are the same; a line for what is
    deprecated."""
    blocks: list[Prose] = []
    if docs.summary and not (docs.description and begins_with(docs.description, docs.summary)):
        blocks.append(sentence(docs.summary))
    if docs.description:
        blocks.append(sentence(docs.description))
    if docs.deprecated:
        blocks.append(["Deprecated."])
    return blocks


def value_prose(docs: Docs, type: Type, default: Json | NoDefault = NO_DEFAULT) -> Prose:
    """A parameter or a field in a sentence or two, then what each value of an enumeration means; empty where
    the document says nothing but its type.

    `How many customers a page holds. 1 to 200, default 50.`
    """
    stated: list[list[Text | str]] = [["deprecated"]] if docs.deprecated else []
    stated += _limits(type)
    text = docs.description or docs.summary or Text("")
    if default is not NO_DEFAULT and not _says_default(text, default) and (shown := _shown(default)):
        stated.append(["default ", *shown])
    said = _with_example(text, stated, _example(docs, type, default))
    meanings = _meanings(_inner(type))
    return [*said, *(["\n\n"] if said and meanings else []), *meanings]


def _says_default(text: Text, default: Json) -> bool:
    """Whether a description names the default itself: `Default: 50`, `defaults to "asc"`."""
    match default:
        case Text() if default.raw.strip():
            value = default.raw
        case bool() | int() | float():
            value = str(default)
        case _:
            return False
    return value.casefold() in map(str.casefold, _DEFAULT.findall(text.raw))


def _with_example(text: Text, stated: list[list[Text | str]], example: list[Text | str]) -> Prose:
    if not stated and example:
        if is_paragraph(text):
            return sentence(text, ["such as ", *example, "."], joined=True)
        return sentence(text, ["Example: ", *example, "."])
    return sentence(text, _sentence([*stated, ["such as ", *example] if example else []]))


def alias_prose(alias: Alias) -> list[Prose]:
    """A named type: its description, its limits, and what each value of an enumeration means."""
    example = _example(alias.docs, alias.type, NO_DEFAULT)
    facts = _with_example(Text(""), _limits(alias.type), example)
    blocks = [*paragraphs(alias.docs), facts, _meanings(_inner(alias.type))]
    return [block for block in blocks if block]


def _inner(type: Type) -> Type:
    return type.of if isinstance(type, Nullable) else type


def _example(docs: Docs, type: Type, default: Json | NoDefault) -> list[Text | str]:
    """The first example that says more than the type; empty where there is none."""
    inner = _inner(type)
    known: list[Json | NoDefault] = [default]
    if isinstance(inner, Enumeration):
        known += inner.values
    telling = (value for value in docs.examples if value not in known and _is_telling(value))
    return next((shown for value in telling if (shown := _shown(value))), [])


def _is_telling(value: Json) -> bool:
    """Whether somebody has thought of this example: "string", 0, and lists of these are made by tools."""
    match value:
        case Text():
            return bool(value.raw.strip()) and value.raw.casefold() not in _PLACEHOLDERS
        case None | bool():
            return False
        case int() | float():
            return value != 0
        case Mapping():
            return any(map(_is_telling, value.values()))
        case _:
            return any(map(_is_telling, value))


def _meanings(enumeration: Type) -> Prose:
    """A list of the values that the document explains; a name counts where it is not the value itself. What
    is said of the only value has been said already."""
    lines: list[Text | str] = []
    if not isinstance(enumeration, Enumeration) or len(enumeration.values) == 1:
        return lines
    for n, value in enumerate(enumeration.values):
        said = enumeration.descriptions[n] if n < len(enumeration.descriptions) else Text("")
        if not said and n < len(enumeration.names) and enumeration.names[n] != value:
            said = enumeration.names[n]
        shown = _shown(value)
        if said and shown:
            lines += ["\n" if lines else "", "- ", *shown, ": ", said]
    return lines


def _sentence(parts: Sequence[Sequence[Text | str]]) -> Prose:
    """Parts with commas between them, a capital at the start and a full stop at the end."""
    said = [part for part in parts if part]
    if not said:
        return []
    joined: list[Text | str] = []
    for part in said:
        joined += [", ", *part] if joined else part
    first = joined[0]
    if isinstance(first, str):
        joined[0] = first[:1].upper() + first[1:]
    return [*joined, "."]


def _limits(type: Type) -> list[list[Text | str]]:
    """What the constraints of a type say, in a few words each."""
    match type:
        case Nullable(of):
            return _limits(of)
        case Scalar(_, _, constraints):
            return _scalar_limits(constraints)
        case Array(items, constraints):
            counted = _range(constraints.min_items, constraints.max_items, " item", " items")
            if constraints.unique_items:
                counted.append(["no two alike"])
            return [*counted, *_each(items)]
        case Map(values, constraints):
            return [*_range(constraints.min_items, constraints.max_items, " key", " keys"), *_each(values)]
        case Enumeration(values) if not all(map(fits_literal, values)):
            # The annotation does not tell them.
            listed = ", ".join(repr(value) for value in values[:_MOST_VALUES] if not isinstance(value, Text))
            return [[f"one of {listed}{', …' if len(values) > _MOST_VALUES else ''}"]]
        case _:
            return []


def _each(items: Type) -> list[list[Text | str]]:
    """What holds for every element."""
    limits = _scalar_limits(items.constraints) if isinstance(items, Scalar) else []
    return [["each ", *limit] if n == 0 else limit for n, limit in enumerate(limits)]


def _scalar_limits(found: Constraints) -> list[list[Text | str]]:
    said = _range(found.minimum, found.maximum, "", "")
    if found.exclusive_minimum is not None:
        said.append([f"more than {found.exclusive_minimum}"])
    if found.exclusive_maximum is not None:
        said.append([f"less than {found.exclusive_maximum}"])
    if found.multiple_of is not None:
        said.append([f"a multiple of {found.multiple_of}"])
    said += _range(found.min_length or None, found.max_length, " character", " characters")
    if found.pattern is not None and is_short(found.pattern, _LONGEST_PATTERN):
        said.append(["matching `", found.pattern, "`"])
    return said


def _range(
    least: int | float | None, most: int | float | None, one: str, many: str
) -> list[list[Text | str]]:
    def counted(number: int | float) -> str:
        return f"{number}{one if number == 1 else many}"

    if least is None and most is None:
        return []
    if most is None:
        return [[f"at least {counted(least or 0)}"]]
    if least is None:
        return [[f"at most {counted(most)}"]]
    return [[counted(most)]] if least == most else [[f"{least} to {counted(most)}"]]


def _shown(value: Json) -> list[Text | str]:
    """A value as it reads in Python, where it is short; empty for what does not fit into a sentence."""
    pieces = list(_pieces(value))
    return (
        pieces
        if sum(len(each.raw if isinstance(each, Text) else each) for each in pieces) <= _LONGEST
        else []
    )


def _pieces(value: Json) -> Iterator[Text | str]:
    match value:
        case Text():
            yield from ('"', value, '"') if not value.raw or is_short(value) else [_TOO_LONG]
        case None | bool() | int() | float():
            yield repr(value)
        case Mapping():
            yield "{"
            for n, (key, item) in enumerate(islice(value.items(), _LONGEST)):
                yield from (", " if n else "", *_pieces(key), ": ", *_pieces(item))
            yield "}"
        case _:
            yield "["
            for n, item in enumerate(value[:_LONGEST]):
                yield from (", " if n else "", *_pieces(item))
            yield "]"
