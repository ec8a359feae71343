"""The limits that a document sets to values, to the letter."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

Json = Any  # JSON as PyYAML reads it

_FORMATS: dict[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "date-time": dt.datetime.fromisoformat,
    "uuid": uuid.UUID,
    "decimal": float,
}


def limits(value: Json, schema: Json, path: str) -> Iterator[str]:
    """Why a value is beyond the limits of its schema."""
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or len(value) > schema.get("maxLength", len(value)):
            yield f"{path} has {len(value)} characters"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{path} is not of the pattern"
        if (check := _FORMATS.get(schema.get("format", ""))) is not None:
            try:
                check(value)
            except ValueError:
                yield f"{path} is no {schema['format']}"
    elif isinstance(value, int | float):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield f"{path} is outside its limits"
        if "multipleOf" in schema and value % schema["multipleOf"]:
            yield f"{path} is no multiple"
    elif isinstance(value, list) and (
        len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value))
    ):
        yield f"{path} has {len(value)} items"
