"""What a docstring says: the document's words, then what the schema adds (limits, a default, an example)."""

from __future__ import annotations

from collections.abc import Sequence

from ionapi_codegen.ir.schema import (
    NO_DEFAULT,
    Alias,
    Array,
    Constraints,
    Docs,
    Enumeration,
    Json,
    NoDefault,
    Nullable,
    Scalar,
    Type,
)
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.text import Prose, begins_with, is_paragraph, is_short, sentence

_LONGEST_PATTERN = 40


def paragraphs(docs: Docs) -> list[Prose]:
    """Summary and description, once where they are the same; a line for what is deprecated."""
    blocks: list[Prose] = []
    if docs.summary and not (docs.description and begins_with(docs.description, docs.summary)):
        blocks.append([docs.summary])
    if docs.description:
        blocks.append([docs.description])
    if docs.deprecated:
        blocks.append(["Deprecated."])
    return blocks


def value_prose(docs: Docs, type: Type, default: Json | NoDefault = NO_DEFAULT) -> Prose:
    """A parameter or a field in a sentence or two; empty where the document says nothing but its type.

    `How many customers a page holds. 1 to 200, default 50.`
    """
    stated: list[list[Text | str]] = [["deprecated"]] if docs.deprecated else []
    stated += _limits(type)
    if default is not NO_DEFAULT and (shown := _shown(default)):
        stated.append(["default ", *shown])
    text = docs.description or docs.summary or Text("")
    telling = (value for value in docs.examples if not isinstance(value, bool) and value is not None)
    example = next((shown for value in telling if (shown := _shown(value))), None)
    if not stated and example:
        if is_paragraph(text):
            return sentence(text, ["such as ", *example, "."], joined=True)
        return sentence(text, ["Example: ", *example, "."])
    return sentence(text, _sentence([*stated, ["such as ", *example] if example else []]))


def alias_prose(alias: Alias) -> list[Prose]:
    """A named type: its description, its limits, and what each value of an enumeration means."""
    blocks = paragraphs(alias.docs)
    inner = alias.type.of if isinstance(alias.type, Nullable) else alias.type
    if isinstance(inner, Enumeration):
        meanings = _meanings(inner)
        return [*blocks, meanings] if meanings else blocks
    limits = _sentence(_limits(inner))
    return [*blocks, limits] if limits else blocks


def _meanings(enumeration: Enumeration) -> Prose:
    """A list of the values that the document explains; a name counts where it is not the value itself."""
    lines: list[Text | str] = []
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
        case Array(_, constraints):
            counted = _range(constraints.min_items, constraints.max_items, " item", " items")
            return [*counted, ["no two alike"]] if constraints.unique_items else counted
        case _:
            return []


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
    match value:
        case Text():
            return ['"', value, '"'] if is_short(value) else []
        case None | bool() | int() | float():
            shown = repr(value)
            return [shown] if len(shown) <= 40 else []
        case _:
            return []
