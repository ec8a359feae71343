"""The APIs of a package that was made from several documents: each is loaded when it is
first used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from .group import Group, M


class Documents(Group[M]):
    """Has an attribute for each document, annotated with the class of its operations.

        class Apis(Documents[M]):
            crs610mi: Crs610MiApi[M]

    The class stands in the module `crs610mi.api` beside the one that declares the
    attribute. A package may have a thousand of them, which cost an annotation each.
    """

    classes_: ClassVar[Mapping[str, str]] = {}
    """The annotations of the attributes, by their names."""

    package_: ClassVar[str] = ""
    """Where the modules are."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if Documents in cls.__bases__:
            cls.classes_ = cls.__annotations__
            cls.package_ = cls.__module__.rpartition(".")[0]

    if not TYPE_CHECKING:  # What is not declared is a mistake for type checkers.

        def __getattr__(self, name: str) -> object:
            """Load a document's operations."""
            annotation = self.classes_.get(name)
            if annotation is None:
                kind = type(self).__name__
                raise AttributeError(f"{kind!r} object has no attribute {name!r}")
            module = import_module(f"{self.package_}.{name}.api")
            found = getattr(module, annotation.partition("[")[0])(self)
            vars(self)[name] = found
            return found

    def __dir__(self) -> Iterable[str]:
        return sorted({*super().__dir__(), *self.classes_})
