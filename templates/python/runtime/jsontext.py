"""JSON texts, read and written without loss: every digit, every character."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable, Mapping
from json import JSONDecodeError, JSONDecoder, JSONEncoder
from typing import TYPE_CHECKING, cast

from .errors import DecodeError
from .values import write

if TYPE_CHECKING:
    from .shapes import Codec


def decode_json(text: str | bytes, codec: Codec, strict: bool = False) -> object:
    """Read a JSON text.

    Args:
        text: bytes are UTF-8, or UTF-16 or UTF-32 where they look like it; a byte order mark is
            skipped.
        codec: what it should hold.
        strict: whether a value of another shape is an error, and not kept as it came.

    Raises:
        DecodeError: it is not JSON, or, with `strict`, of another shape.
    """
    return codec.decode(parse(text, exact=codec.exact), strict)


def encode_json(value: object, codec: Codec | None = None) -> bytes:
    """Write a value as the JSON body of a request: compact, in UTF-8.

    Args:
        value: what `write` takes: models, mappings, sequences, scalars. Read-only fields of
            models and what is `UNSET` are left out.
        codec: that of the body's type; only needed for mappings in place of models.

    Raises:
        TypeError: JSON has nothing for a value.
        ValueError: a number is NaN or infinite.
    """
    tree = codec.encode(value, request=True) if codec else write(value, request=True)
    text = spell(tree)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # A surrogate without its other half: JSON can say that in an escape only.
        return spell(tree, ascii_only=True).encode()


def parse(text: str | bytes, *, exact: bool = False) -> object:
    """The JSON values of a text. With `exact`, numbers with a fraction are Decimals.

    Raises:
        DecodeError: it is not JSON.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text), "surrogatepass")
        return cast(
            "object", _exact_decoder().decode(text) if exact else _DECODER.decode(text)
        )
    except JSONDecodeError as error:
        message = f"not JSON: {error.msg} at line {error.lineno} column {error.colno}"
    except UnicodeDecodeError as error:
        message = f"not JSON: byte {error.start} is not {error.encoding}"
    except RecursionError:
        message = "nested too deeply to be read"
    except ValueError:
        message = "a number has too many digits to be read"
    # Outside of the handlers: their errors hold the whole text.
    raise DecodeError("$", message)


def spell(tree: object, *, ascii_only: bool = False) -> str:
    """The compact JSON text of JSON values; a Decimal is a number with all its digits.

    Raises:
        TypeError: JSON has nothing for a value.
        ValueError: a number is NaN or infinite.
    """
    encoder = _ASCII_ENCODER if ascii_only else _ENCODER
    try:
        text = encoder.encode(tree)
    except ValueError:
        place = _not_finite(tree, "$")
        if place is None:
            raise
    else:
        return _MARKED.sub(r"\1", text) if _MARK in text else text
    raise ValueError(f"{place}: JSON has no NaN and no infinity")


# The encoder writes floats itself and offers no other way to spell a number: a Decimal is
# written as a marked string, which then loses its marks and quotes. Nobody outside of this
# process knows the mark, so no data holds it.
_MARK = os.urandom(16).hex()
_MARKED = re.compile(f'"{_MARK}([^"]*)"')


def _default(value: object) -> object:
    if f"{type(value).__module__}.{type(value).__qualname__}" == "decimal.Decimal":
        return f"{_MARK}{value}"
    return write(value)


_ENCODER = JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_default
)
_ASCII_ENCODER = JSONEncoder(allow_nan=False, separators=(",", ":"), default=_default)
_DECODER = JSONDecoder()


def _exact_decoder() -> JSONDecoder:
    from decimal import Decimal

    return JSONDecoder(parse_float=Decimal)


def _not_finite(tree: object, place: str) -> str | None:
    """Where the first number stands that JSON cannot spell."""
    items: Iterable[tuple[str, object]] = ()
    if isinstance(tree, float):
        return None if math.isfinite(tree) else place
    if isinstance(tree, Mapping):
        items = (
            (f"{place}.{key}", item)
            for key, item in cast("Mapping[object, object]", tree).items()
        )
    elif isinstance(tree, (list, tuple)):
        items = (
            (f"{place}[{index}]", item)
            for index, item in enumerate(cast("list[object]", tree))
        )
    found = (_not_finite(item, where) for where, item in items)
    return next((where for where in found if where), None)
