"""A group of operations, and the two ways of calling them: `Sync` and `Async`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, Self, TypeVar, cast

from .settings import Settings

if TYPE_CHECKING:
    from .operations import Operation
    from .plans import Listed

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Sync(ABC):
    """Calls that wait for the answer."""

    @abstractmethod
    def call(
        self,
        operation: Operation[P, R],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> R:
        """Send the operation with these arguments and return the decoded answer."""

    @abstractmethod
    def iterate(
        self,
        operation: Listed[T],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> Iterator[T]:
        """The items of all pages, each fetched when it is needed."""

    @abstractmethod
    def at(self, settings: Settings) -> Self:
        """The same connections and token, for another document's address."""


class Async(ABC):
    """Calls that are awaited."""

    @abstractmethod
    async def call(
        self,
        operation: Operation[P, R],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> R:
        """Send the operation with these arguments and return the decoded answer."""

    @abstractmethod
    def iterate(
        self,
        operation: Listed[T],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> AsyncIterator[T]:
        """The items of all pages, each fetched when it is needed."""

    @abstractmethod
    def at(self, settings: Settings) -> Self:
        """The same connections and token, for another document's address."""


M = TypeVar("M", bound=Sync | Async)
"""Whether the operations of a group wait or are awaited."""


class Group(Generic[M]):
    """Operations that belong together; made by the client when they are first used.

    A class that sets `settings` holds all operations of one document.
    """

    settings: ClassVar[Settings | None] = None

    mode_: M
    """How its operations are called; the underscore keeps the name free for one of
    them."""

    def __init__(self, owner: Group[M]) -> None:
        own = self.settings
        mode = owner.mode_
        self.mode_ = mode if own is None else cast("M", mode.at(own))


AnyGroup = Group[Any]
