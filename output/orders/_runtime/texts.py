"""What an argument is outside of JSON: one text, a list of texts, or named texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from .codecs import encode_json
from .model import Model
from .unset import UNSET, Unset
from .values import to_wire


def plain(value: object) -> object:
    """The value; of a model its fields by their names on the wire, without those that
    only the server sets."""
    if not isinstance(value, Model):
        return value
    fields: dict[str, object] = {
        field.wire: getattr(value, name, UNSET)
        for name, field in value.__record__.fields.items()
        if not field.read_only
    }
    return {**fields, **value.extra}


def is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Whether the value is written as an array."""
    return isinstance(value, (list, tuple))


def is_map(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether the value is written as an object."""
    return isinstance(value, Mapping)


def is_absent(value: object) -> bool:
    """Null and absence have no form outside of JSON: they are not written."""
    return value is None or isinstance(value, Unset)


def text(value: object) -> str:
    """A scalar as it is written in a URL, a header or a form; of anything else its
    JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, Model) or is_list(value) or is_map(value):
        return encode_json(value).decode()
    return to_wire(value)


def members(value: list[object] | tuple[object, ...]) -> list[str]:
    """The texts of an array, without what is absent."""
    return [text(member) for member in value if not is_absent(member)]


def properties(value: Mapping[str, object]) -> list[tuple[str, str]]:
    """The texts of an object by name, without what is absent."""
    return [(name, text(item)) for name, item in value.items() if not is_absent(item)]


def spread(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The same with a text for each member of an array."""
    for name, item in value.items():
        for each in members(item) if is_list(item) else members([item]):
            yield name, each
