"""Where a JSON value that went through a model differs from what it was before."""

from __future__ import annotations

import datetime as dt
import json
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"


def parsed(text: str) -> Json:
    """The value of a JSON text, with all digits of its numbers."""
    value: Json = json.loads(text, parse_float=Decimal)
    return value


def differences(before: Json, after: Json, decoded: object, path: str = "$") -> Iterator[str]:
    """Each place with what stands there before and after; none where both say the same.

    Numbers are compared by value, texts by their characters. A text that stands in no model is read at once: of
    `decoded`, the value of Python, it is enough that it has the text's meaning and is written with that meaning.
    """
    match before, after:
        case dict(), dict():
            for key in sorted(before.keys() | after.keys()):
                where = f"{path}.{key}"
                if key not in after:
                    yield f"{where} is lost"
                elif key not in before:
                    yield f"{where} is new: {_shown(after[key])}"
                else:
                    yield from differences(before[key], after[key], _inside(decoded, key, before[key]), where)
        case list(), list() if len(before) == len(after):
            for index, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from differences(one, other, _inside(decoded, index, one), f"{path}[{index}]")
        case _ if not (_same(before, after) or _respelled(before, after, decoded)):
            yield f"{path} was {_shown(before)}, is {_shown(after)}"


def _same(before: Json, after: Json) -> bool:
    numbers = (int, Decimal)
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, numbers) and isinstance(after, numbers):
        return before == after
    return type(before) is type(after) and before == after


def _inside(decoded: object, key: str | int, before: Json) -> object:
    """The member of a value of Python; inside of a model, where no text may change, the text itself."""
    match decoded, key:
        case dict(), str() if key in decoded:
            return decoded[key]
        case (list() | tuple()), int() if key < len(decoded):
            return decoded[key]
        case _:
            return before


def _respelled(before: Json, after: Json, decoded: object) -> bool:
    read = next((read for kind, read in _MEANINGS.items() if type(decoded) is kind), None)
    if (
        read is None
        or not isinstance(before, (str, int, Decimal))
        or not isinstance(after, (str, int, Decimal))
    ):
        return False
    try:
        return bool(read(before) == decoded == read(after))
    except ValueError:
        return False


def _bytes(text: str) -> bytes:
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    return urlsafe_b64decode(padded) if set(text) & set("-_") else b64decode(padded)


_MEANINGS: Mapping[type, Callable[[Any], object]] = {
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    Decimal: Decimal,
    UUID: UUID,
    bytes: _bytes,
}


def _shown(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"
