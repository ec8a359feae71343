"""Addresses of a server that has variables, filled in."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")

_VARIABLE = re.compile(r"\{(\w+)\}")
_UNFIT = re.compile(r"[^\w.~!$&'()*+,;=:%/\[\]-]", re.ASCII)
"""What a part of a URL cannot hold (RFC 3986), and what would end its host or path."""


def server(
    url: str, **values: tuple[str, ...]
) -> Callable[[Callable[P, str]], Callable[P, str]]:
    """Make a function give a URL, with its arguments filled in.

    The function raises ValueError for a value that is none of those listed, or that a
    URL cannot hold.

    Args:
        url: with the names of the function's arguments in braces.
        values: of an argument all that it may be.
    """

    def decorate(declared: Callable[P, str]) -> Callable[P, str]:
        signature = inspect.signature(declared)

        @wraps(declared)
        def filled(*args: P.args, **kwargs: P.kwargs) -> str:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            for name, value in bound.arguments.items():
                _check(name, value, values.get(name))
            return _VARIABLE.sub(lambda found: bound.arguments[found[1]], url)

        return filled

    return decorate


def _check(name: str, value: object, values: tuple[str, ...] | None) -> None:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if values is not None and value not in values:
        raise ValueError(f"{name}: {value!r} is none of {', '.join(values)}")
    if _UNFIT.search(value):
        raise ValueError(f"{name}: {value!r} cannot stand in a URL")
