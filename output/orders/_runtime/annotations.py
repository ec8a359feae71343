"""What the text of an annotation means in the module it stands in.

Annotations of generated modules are never evaluated on import. When one is needed, its names
are looked up in its module, then in the package of the models, which loads the module of a
model on demand, so that modules of models need not import one another.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shapes import Codec

# For aliases written as strings, which may be met in a module that lacks their imports.
_STANDARD: Mapping[str, tuple[str, str | None]] = {
    "dt": ("datetime", None),
    "Annotated": ("typing", "Annotated"),
    "Decimal": ("decimal", "Decimal"),
    "Literal": ("typing", "Literal"),
    "UUID": ("uuid", "UUID"),
}


class Namespace(dict[str, object]):
    """The names that an annotation may use, for `eval`.

    Args:
        module_names: the globals of the module of the annotation.
    """

    def __init__(self, module_names: Mapping[str, object]) -> None:
        super().__init__()
        self._module_names = module_names

    def evaluate(self, text: str) -> object:
        """What an annotation means.

        Raises:
            NameError: a name in it is unknown.
        """
        return eval(text, {"__builtins__": {}}, self)

    def __missing__(self, name: str) -> object:
        value = self[name] = self._seen(self._find(name))
        return value

    def _find(self, name: str) -> object:
        # A model may be called `Warning`, but none is called `list`; a module of models may,
        # and is then an attribute of their package.
        if name[0].islower() and hasattr(builtins, name):
            return getattr(builtins, name)
        if name in self._module_names:
            return self._module_names[name]
        module = str(self._module_names.get("__name__"))
        for holder in (module, module.rpartition(".")[0]):
            # The module itself may be a package that loads its models on demand.
            try:
                return getattr(sys.modules[holder], name)
            except (AttributeError, KeyError):
                continue
        if name in _STANDARD:
            origin, attribute = _STANDARD[name]
            loaded = import_module(origin)
            return getattr(loaded, attribute) if attribute else loaded
        # From here on the KeyError is a NameError.
        return vars(builtins)[name]

    def _seen(self, value: object) -> object:
        match value:
            case str():
                return Quoted(value, self)
            case ModuleType():
                return _Module(value)
            case _:
                return value


class _Module:
    """A module, seen from an annotation such as `models.Json | None`."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self._module, name)
        if isinstance(value, str):
            return Quoted(value, Namespace(vars(self._module)))
        return value


class Quoted:
    """An alias that is written as a string, because it names itself or what comes later.

    Unlike the string it may stand in `Quoted | None`. `codec` is its codec once that is
    made, `entered` tells that it is being made.
    """

    def __init__(self, text: str, names: Namespace) -> None:
        self.text = text
        self.names = names
        self.codec: Codec | None = None
        self.entered = False

    def __or__(self, other: object) -> OneOf:
        return OneOf((self, other))

    def __ror__(self, other: object) -> OneOf:
        return OneOf((other, self))


class OneOf:
    """A union that typing cannot express, because a `Quoted` is among its members."""

    def __init__(self, members: tuple[object, ...]) -> None:
        self.members = members

    def __or__(self, other: object) -> OneOf:
        return OneOf((*self.members, other))

    def __ror__(self, other: object) -> OneOf:
        return OneOf((other, *self.members))


def evaluate(annotation: str, module_names: Mapping[str, object]) -> object:
    """What an annotation means, for `codec`.

    Args:
        annotation: the text of the annotation of a generated module, never of a document.
        module_names: the globals of that module.

    Raises:
        NameError: neither the module nor the models know a name.
    """
    return Namespace(module_names).evaluate(annotation)
