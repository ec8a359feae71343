"""A field of a model: what it is called on the wire, and how it is read on first access."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from .codecs import codec
from .unset import UNSET, Unset
from .values import PLAIN_AND_FLOAT

if TYPE_CHECKING:
    from .model import Model
    from .shapes import Codec

T = TypeVar("T")


class Field:
    """A descriptor that gives way to the instance's own attribute.

    An access reads the received value. Where the result is another object than that, it is
    stored in the instance's `__dict__`, where Python finds it from then on; an assignment
    stores there at once.
    """

    __slots__ = (
        "_read",
        "annotation",
        "as_is",
        "codec",
        "core",
        "default",
        "given",
        "module",
        "name",
        "read_only",
        "wire",
        "write_only",
    )

    def __init__(
        self,
        wire: str | None,
        default: object,
        read_only: bool,
        write_only: bool = False,
    ) -> None:
        self.given = wire
        self.default = default
        self.read_only = read_only
        self.write_only = write_only
        self.codec: Codec | None = None
        self.core: Codec | None = None
        self.as_is = PLAIN_AND_FLOAT

    def bind(self, name: str, annotation: object, module: str) -> None:
        """Tell the field where it stands. The annotation is not evaluated yet."""
        self.name = name
        self.wire = name if self.given is None else self.given
        self.annotation = annotation
        self.module = module

    @property
    def optional(self) -> bool:
        """Whether the server may leave it out."""
        return self.write_only or (self.default is UNSET and not self._must_come)

    @property
    def _must_come(self) -> bool:
        """Whether the constructor does without it, but the server does not: its annotation
        has no `Unset`."""
        members = str(self.annotation).split(" | ")
        return self.read_only and all(
            member.rpartition(".")[2] != "Unset" for member in members
        )

    @property
    def may_be_constant(self) -> bool:
        """Whether it may tell the models of a union apart. Says so without evaluating the
        annotation, which would load the modules of other models."""
        if isinstance(self.annotation, str) and self.annotation.startswith("Literal["):
            return True
        return self.default is not UNSET and self.default is not ...

    def resolve(self) -> Codec:
        """The codec of the annotation, made when it is first needed."""
        if self.codec is None:
            made = codec(self.annotation, vars(sys.modules[self.module]))
            self.as_is = made.as_is
            self._read = None if made.plain else made.core.read
            self.core = made.core
            self.codec = made
        return self.codec

    def __get__(self, model: Model | None, owner: type[Model] | None = None) -> object:
        if model is None:
            return self
        value = model.__source__.get(self.wire, UNSET)
        if value is UNSET:
            return self._absent(model)
        if self.codec is None:
            self.resolve()
        if self._read is None:
            return value
        read = self._read(value)
        if read is value:
            return value
        # Two threads that read at once get one and the same object.
        return model.__dict__.setdefault(self.name, read)

    def _absent(self, model: Model) -> object:
        if self.default is UNSET and not self._must_come:
            return UNSET
        called = f"{type(model).__name__}.{self.name}"
        raise AttributeError(
            (
                f"{called} is only sent to the server, which does not tell it"
                if self.write_only
                else f"{called} is required, but the server did not send it"
            ),
            name=self.name,
        )


@overload
def wire(
    name: str | None = None, /, *, read_only: bool = False, write_only: bool = False
) -> Any: ...
@overload
def wire(
    name: str | None = None, /, *, default: Unset, read_only: Literal[True]
) -> Any: ...
@overload
def wire(
    name: str | None = None,
    /,
    *,
    default: T,
    read_only: bool = False,
    write_only: bool = False,
) -> T: ...
def wire(
    name: str | None = None,
    /,
    *,
    default: object = ...,
    read_only: bool = False,
    write_only: bool = False,
) -> object:
    """Tell what a field is called on the wire, where that is not its own name.

    >>> created_at: dt.datetime | Unset = wire("createdAt", default=UNSET, read_only=True)

    Args:
        name: the property's name on the wire.
        default: what the constructor takes where nothing is given; without it the field is
            required. It says nothing about values that are received.
        read_only: whether only the server sends it: it is left out of requests.
        write_only: whether only the caller sends it: an answer need not have it.
    """
    return Field(name, default, read_only, write_only)
