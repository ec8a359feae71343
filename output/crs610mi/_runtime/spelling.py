"""The JSON texts of models that were built, written without an object in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache
from json.encoder import encode_basestring
from types import CodeType, FunctionType
from typing import Any, TypeAlias

from .unset import Unset
from .values import Deferred, spell_datetime

Speller: TypeAlias = Callable[[Any], str]
"""Makes the JSON text of a value."""

_MOST_FIELDS = 64
"""Of a class with more, the object costs hardly more than the text, and the function takes
milliseconds to make."""


class Spelling:
    """How values are spelled inside of models that were built.

    Args:
        request: whether the texts are for a request: read-only properties are left out.
        other: spells what needs more thought, models among it.
    """

    def __init__(self, request: bool, other: Speller) -> None:
        self.request = request
        self.other = other
        self.spellers: dict[type, Speller] = {
            str: encode_basestring,
            int: int.__repr__,
            float: _spell_float,
            bool: {True: "true", False: "false"}.__getitem__,
            type(None): {None: "null"}.__getitem__,
            list: self._spell_list,
            dt.datetime: lambda value: f'"{spell_datetime(value)}"',
        }
        """By the type of the value, of the types that were met."""

    def spell(self, value: object) -> str:
        """The text of a model, or of a list of models."""
        return self._spell_list([value])[1:-1]

    def meet(self, value: object, inside: Iterable[object], speller: Speller) -> str:
        """The text of a value in which `speller` met something without a speller."""
        kinds = {item.__class__ for item in inside} - self.spellers.keys() - {Unset}
        if not kinds:
            return self.other(value)
        for kind in kinds:
            own = kind.__speller__(self) if issubclass(kind, Deferred) else None
            self.spellers[kind] = own or self.other
        return speller(value)

    def _spell_list(self, value: list[object]) -> str:
        spellers = self.spellers
        try:
            text = f"[{','.join([spellers[item.__class__](item) for item in value])}]"
        except KeyError:
            # Outside of the handler: what is raised there does not follow from this error.
            text = None
        return text or self.meet(value, value, self._spell_list)


def speller(fields: Iterable[tuple[str, str, bool]], spelling: Spelling) -> Speller:
    """Make the speller of a class of models.

    The text is that of the object which `Deferred.__json__` makes, for models that were not
    received and are not exact. For others the function calls `spelling.other`.

    Args:
        fields: of each its name in Python and on the wire, and whether it is there unless
            somebody takes it away.
        spelling: what its values are spelled with.
    """
    rows = tuple(fields)
    if len(rows) > _MOST_FIELDS:
        return spelling.other
    names: dict[str, object] = {"spellers": spelling.spellers, "other": spelling.other}
    for index, (name, wire, _) in enumerate(rows):
        names[f"name_{index}"] = name
        names[f"key_{index}"] = f"{encode_basestring(wire)}:"
    made = FunctionType(_code(tuple(always for _, _, always in rows)), names)

    def meet(model: Deferred) -> str:
        return spelling.meet(model, [*model.__dict__.values()], made)

    names["meet"] = meet
    return made


@cache
def _code(fields: tuple[bool, ...]) -> CodeType:
    """The function for so many fields, of which it is only known whether they are there in
    any case. No name of a document is in its text:

        def text(model):
            own = model.__dict__
            if model.__source__ or "extra" in own:
                return other(model)
            try:
                value_0 = own[name_0]
                text_1 = ""
                if name_1 in own:
                    value_1 = own[name_1]
                    text_1 = f",{key_1}{spellers[value_1.__class__](value_1)}"
                return f"{{{key_0}{spellers[value_0.__class__](value_0)}{text_1}}}"
            except KeyError:
                pass
            return meet(model)
    """
    lines = [
        "def text(model):",
        " own = model.__dict__",
        " if model.__source__ or 'extra' in own: return other(model)",
        " try:",
    ]
    # Before the first field that is there a comma follows each field, after it one precedes.
    first = fields.index(True) if True in fields else -1
    parts: list[str] = []
    for index, always in enumerate(fields):
        value = f"value_{index}"
        before, after = "," * (index > first), "," * (index < first)
        part = f"{before}{{key_{index}}}{{spellers[{value}.__class__]({value})}}{after}"
        read = f"{value} = own[name_{index}]"
        if always:
            lines.append(f"  {read}")
            parts.append(part)
        else:
            lines.append(f"  if name_{index} in own: {read}; text_{index} = f'{part}'")
            lines.append(f"  else: text_{index} = ''")
            parts.append(f"{{text_{index}}}")
    text = "".join(parts)
    if first < 0:
        lines.append(f"  text = f'{text}'")
        text = "{text[1:]}"
    lines.append(f"  return f'{{{{{text}}}}}'")
    lines += [" except KeyError: pass", " return meet(model)"]
    module = compile("\n".join(lines), "<speller of models>", "exec")
    return next(part for part in module.co_consts if isinstance(part, CodeType))


def _spell_float(value: float) -> str:
    if value - value != 0.0:
        raise ValueError("JSON has no NaN and no infinity")
    return float.__repr__(value)
