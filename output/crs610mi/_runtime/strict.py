"""The strict reading of the objects of one class, compiled once a number of them came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import CodeType, FunctionType
from typing import TypeAlias

from .shapes import Codec, Mismatch, step
from .unset import UNSET

Checker: TypeAlias = Callable[[Mapping[str, object], dict[str, object]], bool]
"""Reads the fields of an object into a dict, by their names in Python. False where something is
missing or of another shape; what it was, a slower reading tells.

Raises:
    Mismatch: a value that lies deeper is of another shape.
"""

_MOST_FIELDS = 200
"""A function for more takes too long to make."""


def checker(fields: Iterable[tuple[str, str, Codec, bool]]) -> Checker | None:
    """Make the checker of a class; None where it has too many fields.

    Args:
        fields: of each its name in Python and on the wire, its codec, and whether it may be
            absent.
    """
    rows = tuple(fields)
    if len(rows) > _MOST_FIELDS:
        return None
    names: dict[str, object] = {"Mismatch": Mismatch, "UNSET": UNSET}
    shape: list[tuple[bool, bool]] = []
    for index, (name, wire, codec, optional) in enumerate(rows):
        shape.append((optional, codec.plain and codec.certain))
        names[f"name_{index}"] = name
        names[f"key_{index}"] = wire
        names[f"kinds_{index}"] = codec.kinds
        names[f"check_{index}"] = codec.check
        names[f"step_{index}"] = step(wire)
    return FunctionType(_code(tuple(shape)), names)


@cache
def _code(fields: tuple[tuple[bool, bool], ...]) -> CodeType:
    """The function for so many fields, of which it is only known whether they may be absent,
    and whether the kind of a value says enough. No name of a document is in its text:

        def check(source, own):
            get = source.get
            at = ""
            try:
                value = source[key_0]
                if value.__class__ not in kinds_0: return False
                own[name_0] = value
                value = get(key_1, UNSET)
                if value is not UNSET:
                    at = step_1
                    own[name_1] = check_1(value)
            except KeyError:
                return False
            except Mismatch as mismatch:
                mismatch.steps.append(at)
                raise
            return True
    """
    lines = ["def check(source, own):", " get = source.get", " at = ''", " try:"]
    for index, (optional, told_by_kind) in enumerate(fields):
        indent = "  "
        if optional:
            lines.append(f"  value = get(key_{index}, UNSET)")
            lines.append("  if value is not UNSET:")
            indent = "   "
        else:
            lines.append(f"  value = source[key_{index}]")
        if told_by_kind:
            lines.append(
                f"{indent}if value.__class__ not in kinds_{index}: return False"
            )
            lines.append(f"{indent}own[name_{index}] = value")
        else:
            lines.append(f"{indent}at = step_{index}")
            lines.append(f"{indent}own[name_{index}] = check_{index}(value)")
    lines += ["  return True", " except KeyError:", "  return False"]
    lines += [" except Mismatch as mismatch:", "  mismatch.steps.append(at)", "  raise"]
    module = compile("\n".join(lines), "<checker of models>", "exec")
    return next(part for part in module.co_consts if isinstance(part, CodeType))
