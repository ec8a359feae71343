"""Which values an `enum` or `const` lists, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from ionapi_codegen.ir.schema import Enumeration, Kind
from ionapi_codegen.ir.text import Text

Value: TypeAlias = "bool | int | float | str | None"


@dataclass(frozen=True, slots=True)
class Listed:
    """The values that a schema lists, unique, in document order, null included; `scalar` is false where some
    are objects or arrays, which no enumeration can hold."""

    values: tuple[Value, ...]
    names: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    scalar: bool = True


def listed(schema: Mapping[str, object]) -> Listed | None:
    """What one schema lists; None where it lists nothing."""
    if "const" in schema:
        constant = schema["const"]
        if not _is_scalar(constant):
            return Listed((), scalar=False)
        return Listed((constant,), _one(schema.get("title")), _one(schema.get("description")))
    written = schema.get("enum")
    if not isinstance(written, list) or not written:
        return None
    if not all(_is_scalar(value) for value in written):
        return Listed((), scalar=False)
    kept = _first_places(written)
    values = tuple(written[place] for place in kept)
    return Listed(
        values,
        _parallel(_names(schema), len(written), kept),
        _parallel(_descriptions(schema), len(written), kept),
    )


def both(first: Listed, second: Listed) -> Listed:
    """The values that two schemas of one conjunction both allow; the later list where they have none in
    common, because that is what documents mean which narrow an inherited constant."""
    if not first.scalar or not second.scalar:
        return first if first.scalar else second
    allowed = {_key(value) for value in second.values}
    common = [place for place, value in enumerate(first.values) if _key(value) in allowed]
    if not common:
        return second
    return Listed(
        tuple(first.values[place] for place in common),
        tuple(first.names[place] for place in common) if first.names else (),
        tuple(first.descriptions[place] for place in common) if first.descriptions else (),
    )


def enumeration(found: Listed, types: frozenset[str] | None) -> Enumeration | None:
    """The enumeration without its null, None where nothing else is listed.

    Values are given the declared type where the document has them in another spelling: YAML's unquoted `1` in
    an enumeration of strings, `"1"` in one of integers.
    """
    values: list[bool | int | float | Text] = []
    places: list[int] = []
    seen: set[tuple[str, object]] = set()
    for place, value in enumerate(found.values):
        spelled = _spelled(value, types)
        if spelled is None or _key(spelled) in seen:
            continue
        seen.add(_key(spelled))
        values.append(Text(spelled) if isinstance(spelled, str) else spelled)
        places.append(place)
    if not values:
        return None
    kinds = {_kind(value) for value in values}
    if types is not None and "number" in types and "integer" not in types and Kind.INTEGER in kinds:
        kinds = kinds - {Kind.INTEGER} | {Kind.NUMBER}
    return Enumeration(
        tuple(values),
        frozenset(kinds),
        tuple(found.names[place] for place in places) if found.names else (),
        tuple(found.descriptions[place] for place in places) if found.descriptions else (),
    )


def joined(parts: Sequence[Enumeration]) -> Enumeration:
    """One enumeration of the values of several: `oneOf` of constants is how 3.1 describes each value."""
    values: dict[tuple[str, object], tuple[bool | int | float | Text, Text | None, Text | None]] = {}
    for part in parts:
        for place, value in enumerate(part.values):
            name = part.names[place] if part.names else None
            description = part.descriptions[place] if part.descriptions else None
            values.setdefault(_key(value), (value, name, description))
    names = [name or Text("") for _, name, _ in values.values()]
    descriptions = [description or Text("") for _, _, description in values.values()]
    return Enumeration(
        tuple(value for value, _, _ in values.values()),
        frozenset(kind for part in parts for kind in part.kinds),
        tuple(names) if any(names) else (),
        tuple(descriptions) if any(descriptions) else (),
    )


def _is_scalar(value: object) -> TypeGuard[Value]:
    return value is None or isinstance(value, (bool, int, float, str))


def _key(value: object) -> tuple[str, object]:
    """Equal for values that are equal in JSON: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, Text):
        return "string", value.raw
    if isinstance(value, bool):
        return "boolean", value
    return ("number", value) if isinstance(value, (int, float)) else ("string", value)


def _kind(value: bool | int | float | Text) -> Kind:
    match value:
        case bool():
            return Kind.BOOLEAN
        case int():
            return Kind.INTEGER
        case float():
            return Kind.NUMBER
        case Text():
            return Kind.STRING


def _spelled(value: Value, types: frozenset[str] | None) -> bool | int | float | str | None:
    if value is None or types is None:
        return value
    if types == {"string"} and not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if types == {"integer"} and isinstance(value, str):
        digits = value.removeprefix("-")
        return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 40 else value
    if types == {"boolean"} and value in ("true", "false"):
        return value == "true"
    return value


def _first_places(values: Sequence[object]) -> list[int]:
    seen: set[tuple[str, object]] = set()
    kept: list[int] = []
    for place, value in enumerate(values):
        key = _key(value)
        if key not in seen:
            seen.add(key)
            kept.append(place)
    return kept


def _one(words: object) -> tuple[Text, ...]:
    return (Text(words),) if isinstance(words, str) and words.strip() else ()


def _parallel(words: Sequence[str], count: int, kept: Iterable[int]) -> tuple[Text, ...]:
    return tuple(Text(words[place]) for place in kept) if len(words) == count else ()


def _names(schema: Mapping[str, object]) -> list[str]:
    for key in ("x-enum-varnames", "x-enumNames", "x-enum-names"):
        words = _strings(schema.get(key))
        if words:
            return words
    return [str(entry.get("name", "")) for entry in _microsoft(schema)]


def _descriptions(schema: Mapping[str, object]) -> list[str]:
    for key in ("x-enum-descriptions", "x-enumDescriptions"):
        words = _strings(schema.get(key))
        if words:
            return words
    found = [str(entry.get("description", "")) for entry in _microsoft(schema)]
    return found if any(found) else []


def _strings(value: object) -> list[str]:
    return value if isinstance(value, list) and all(isinstance(word, str) for word in value) else []


def _microsoft(schema: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    extension = schema.get("x-ms-enum")
    entries = extension.get("values") if isinstance(extension, dict) else None
    if isinstance(entries, list):
        yield from (entry for entry in entries if isinstance(entry, dict))
