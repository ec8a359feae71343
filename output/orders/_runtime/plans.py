"""What a client asks of an operation: what to send, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    import httpx2

    from .errors import IonApiError
    from .outgoing import Outgoing

R_co = TypeVar("R_co", covariant=True)
T_co = TypeVar("T_co", covariant=True)


class AnyResults(Protocol[R_co]):
    """What becomes of an operation's answers."""

    @property
    def items(self) -> object | None:
        """How a stream of items is read; None where the answer is read at once."""
        ...

    def value(self, response: httpx2.Response, strict: bool) -> R_co:
        """The value of a success answer."""
        ...

    def error(self, response: httpx2.Response) -> IonApiError:
        """The exception for an answer of any other status."""
        ...


class AnyPlan(Protocol[R_co]):
    """What a call of an operation sends and returns."""

    @property
    def results(self) -> AnyResults[R_co]:
        """What becomes of its answers."""
        ...

    def outgoing(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Outgoing:
        """What a call with these arguments sends.

        Args:
            arguments: those by position.
            named: those by name.
            options: what the client says to all operations of a product that have
                options; others leave it alone.
        """
        ...


class Walk(Protocol[T_co]):
    """One walk through a list that comes in pages, without I/O.

    The driver sends `outgoing`, hands the answer to `items`, yields what that gives,
    and calls `turn`, until there is nothing more to send.
    """

    @property
    def plan(self) -> AnyPlan[Any]:
        """What one call sends and returns."""
        ...

    @property
    def outgoing(self) -> Outgoing | None:
        """What asks for the next page; None after the last one."""
        ...

    def items(self, answer: httpx2.Response, strict: bool) -> Sequence[T_co]:
        """The items of a page."""
        ...

    def turn(self) -> None:
        """Go on to the next page."""
        ...


class Listed(Protocol[T_co]):
    """An operation whose answer is a page of a list."""

    def walk(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Walk[T_co]:
        """A walk that begins at the page for which these arguments ask; `options` as in
        `AnyPlan.outgoing`."""
        ...
