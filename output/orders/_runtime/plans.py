"""What a client asks of an operation: what to send, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import httpx2

    from .errors import IonApiError
    from .outgoing import Outgoing

R_co = TypeVar("R_co", covariant=True)


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
