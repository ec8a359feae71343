"""What a caller gave, beside what was read of the request."""

from __future__ import annotations

import json

from corpus.calling.described import Json
from corpus.calling.spellings import Read, Shape


def shape_of(value: object) -> Shape:
    """The shape of what was given."""
    if isinstance(value, dict):
        return Shape.OBJECT
    return Shape.ARRAY if isinstance(value, (list, tuple)) else Shape.SCALAR


def is_empty(value: object) -> bool:
    """Whether RFC 6570 writes nothing for it: arrays and objects without a member that is there."""
    if not isinstance(value, (list, dict)):
        return False
    members = list(value.values()) if isinstance(value, dict) else value
    return all(each is None or is_empty(each) for each in members)


def is_same(read: Read, given: object) -> bool:
    """Whether texts are those of what was given. An array or object inside of another one is JSON."""
    match given:
        case dict():
            there = {key: value for key, value in given.items() if value is not None and not is_empty(value)}
            if isinstance(read, str):
                return _is_json_of(read, given)
            return (
                isinstance(read, dict)
                and set(read) == set(there)
                and all(is_same(read[key], value) for key, value in there.items())
            )
        case list():
            there = [value for value in given if value is not None]
            if isinstance(read, str):
                return _is_json_of(read, given) or (len(there) == 1 and is_same(read, there[0]))
            return isinstance(read, list) and len(read) == len(there) and all(map(is_same, read, there))
        case bytes():
            return isinstance(read, str) and read.encode("latin-1", "replace") == given
        case str():
            return read == given
        case _:
            return read == json.dumps(given)


def _is_json_of(text: str, given: object) -> bool:
    try:
        return bool(json.loads(text) == plain(given))
    except ValueError:
        return False


def plain(value: object) -> Json:
    """The value as JSON has it."""
    return json.loads(json.dumps(value))
