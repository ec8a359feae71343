"""JSON texts, read and written without loss: every digit, every character."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable
from json import JSONDecodeError, JSONDecoder, JSONEncoder
from typing import cast

from .errors import DecodeError
from .shapes import Codec, step
from .spelling import Spelling
from .unset import UNSET
from .values import Deferred, is_array, is_decimal, is_object, prepare, settle


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
    tree = codec.write(value, UNSET) if codec else prepare(value)
    # A surrogate without its other half: JSON can say that in an escape only, which Python
    # writes in the same way.
    return spell(tree, request=True).encode(errors="backslashreplace")


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


def spell(tree: object, *, request: bool = False) -> str:
    """The compact JSON text of what `prepare` made; a Decimal is a number with all its digits.

    Raises:
        TypeError: JSON has nothing for a value.
        ValueError: a number is NaN or infinite, or something holds itself.
    """
    spelling = _FOR_REQUESTS if request else _FOR_ANYTHING
    try:
        if _were_built(tree):
            return spelling.spell(tree)
        return _encode(tree, request)
    except RecursionError:
        problem = "something holds itself, or is nested too deeply to be written"
    except ValueError:
        place = _not_finite(settle(tree, request), "$")
        if place is None:
            raise
        problem = f"{place}: JSON has no NaN and no infinity"
    raise ValueError(problem)


def _encode(tree: object, request: bool) -> str:
    """The text that Python's encoder makes of it."""

    def spell_other(value: object) -> object:
        if isinstance(value, Deferred):
            return value.__json__(request)
        if is_decimal(value):
            return f"{_MARK}{value}"
        return prepare(value)

    encoder = JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        check_circular=False,
        separators=(",", ":"),
        default=spell_other,
    )
    text = encoder.encode(tree)
    return _MARKED.sub(r"\1", text) if _MARK in text else text


def _were_built(tree: object) -> bool:
    """Whether it is a model that was not received, or a list of models that begins with
    one."""
    if tree.__class__ is list:
        first = next(iter(cast("list[object]", tree)), None)
        return _were_built(first) and all(
            issubclass(kind, Deferred)
            for kind in set(map(type, cast("list[object]", tree)))
        )
    return isinstance(tree, Deferred) and not tree.__source__


_FOR_REQUESTS = Spelling(True, lambda value: _encode(prepare(value), True))
_FOR_ANYTHING = Spelling(False, lambda value: _encode(prepare(value), False))

# The encoder offers no way to spell a number: a Decimal is written as a marked string, which
# then loses the mark and the quotes. No data holds the mark, which nobody else knows.
_MARK = os.urandom(16).hex()
_MARKED = re.compile(f'"{_MARK}([^"]*)"')

_DECODER = JSONDecoder()


def _exact_decoder() -> JSONDecoder:
    from decimal import Decimal

    return JSONDecoder(parse_float=Decimal)


def _not_finite(tree: object, place: str) -> str | None:
    """Where the first number stands that JSON cannot spell."""
    if isinstance(tree, float):
        return None if math.isfinite(tree) else place
    parts: Iterable[tuple[str, object]] = ()
    if is_object(tree):
        parts = ((f"{place}{step(key)}", item) for key, item in tree.items())
    elif is_array(tree):
        parts = ((f"{place}[{index}]", item) for index, item in enumerate(tree))
    found = (_not_finite(item, where) for where, item in parts)
    return next((where for where in found if where), None)
