"""Interrupts and cancellations, on their way out through the HTTP library."""

from __future__ import annotations

from types import TracebackType


class Bare:
    """Lets an interrupt or a cancellation pass without the frames of the HTTP library:
    the variables in them hold the request's headers. Other errors pass as they are."""

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and not isinstance(error, Exception):
            error.__context__ = None
            raise error.with_traceback(None)


BARE = Bare()
