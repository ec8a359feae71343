"""What the text of a header means as a value of a type."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping
from typing import TypeVar, cast

from .codecs import codec
from .errors import DecodeError
from .jsontext import parse
from .model import Model

T = TypeVar("T")


def header_value(headers: Mapping[str, str], name: str, kind: type[T]) -> T | None:
    """A header as a value; None where the answer lacks it.

    Commas separate the members of a list (the style `simple`), a dict or model is read
    from JSON, and a date-time may also be a date of HTTP (RFC 9110 section 5.6.7).

    Raises:
        DecodeError: the text is no such value.
    """
    written = headers.get(name)
    if written is None:
        return None
    text = written.strip()
    try:
        if kind is dt.datetime and text[:1].isalpha():
            from email.utils import parsedate_to_datetime

            return cast("T", parsedate_to_datetime(text))
        return cast("T", codec(kind).decode(_json(text, kind), True))
    except DecodeError as error:
        message = error.message
    except ValueError:
        message = f"expected {getattr(kind, '__name__', kind)}"
    raise DecodeError(f"header {name}", f"{message}, in {text[:80]!r}")


def _json(text: str, kind: object) -> object:
    """The JSON value that stands for the text."""
    if typing.get_origin(kind) is list:
        (member,) = typing.get_args(kind)
        return [_json(each.strip(), member) for each in text.split(",") if each.strip()]
    if kind is int:
        return int(text)
    if kind is float:
        return float(text)
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)
    is_object = kind is dict or typing.get_origin(kind) is dict
    if is_object or (isinstance(kind, type) and issubclass(kind, Model)):
        return parse(text)
    return text
