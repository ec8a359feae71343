"""The rows of a query, for threads and for tasks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from .compass_walk import Ask, Row, Walk
from .errors import IonApiError
from .group import Async, Sync
from .steps import Pause

__all__ = ["AsyncRows", "Row", "Rows"]


class _Known:
    """What is known of a query while its rows come."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    @property
    def query_id(self) -> str | None:
        """What Compass calls the query; None until it was submitted."""
        return self._walk.query_id

    @property
    def status(self) -> str | None:
        """The status that it had last, such as `RUNNING`; None until it was
        submitted."""
        return self._walk.status

    @property
    def row_count(self) -> int | None:
        """How many rows it has; None until it is finished, or where Compass does not
        say."""
        return self._walk.row_count


class Rows(_Known, Iterator[Row]):
    """The rows of a query, fetched page by page when they are asked for.

    A query that is left while it runs (by an exception, by `close()` or the end of a
    `with` block) is cancelled.

    Iterating raises:
        CompassError: the query failed; `QueryCanceledError` where it was cancelled.
        RequestTimeoutError: it was not finished in time, and was cancelled.
        StatusError: Compass, or the gateway before it, refused a call. A submission
            that may have arrived is never repeated.
    """

    def __init__(self, calls: Sync, walk: Walk) -> None:
        super().__init__(walk)
        self._calls = calls
        self._rows = self._walked()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Row:
        return next(self._rows)

    def cancel(self) -> None:
        """End the query where it still runs; may be called from another thread. Who
        iterates gets a `QueryCanceledError`."""
        self._walk.unwanted = True
        ask = self._walk.cancelling
        if ask is not None:
            self._calls.call(ask.operation, (), ask.named)

    def close(self) -> None:
        """Fetch no more rows; a query that still runs is cancelled."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _walked(self) -> Generator[Row]:
        steps = self._walk.steps()
        answer: bytes | None = None
        try:
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration:
                    return
                answer = None
                match step:
                    case Ask():
                        answer = self._calls.call(step.operation, (), step.named)
                    case Pause():
                        time.sleep(step.seconds)
                    case rows:
                        yield from rows
        finally:
            ask = self._walk.cancelling
            if ask is not None:
                # Why the query was left counts more than that it goes on running.
                with suppress(IonApiError, RuntimeError):
                    self._calls.call(ask.operation, (), ask.named)


class AsyncRows(_Known, AsyncIterator[Row]):
    """The rows of a query, for `async for`; otherwise as `Rows`.

    A task that is cancelled while it waits cancels the query. Where a loop is left
    early, `async with` or `aclose()` ends the query at once.
    """

    def __init__(self, calls: Async, walk: Walk) -> None:
        super().__init__(walk)
        self._calls = calls
        self._rows = self._walked()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Row:
        return await anext(self._rows)

    async def cancel(self) -> None:
        """End the query where it still runs, as `Rows.cancel`."""
        self._walk.unwanted = True
        ask = self._walk.cancelling
        if ask is not None:
            await self._calls.call(ask.operation, (), ask.named)

    async def aclose(self) -> None:
        """Fetch no more rows; a query that still runs is cancelled."""
        await self._rows.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _walked(self) -> AsyncGenerator[Row]:
        steps = self._walk.steps()
        answer: bytes | None = None
        try:
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration:
                    return
                answer = None
                match step:
                    case Ask():
                        answer = await self._calls.call(step.operation, (), step.named)
                    case Pause():
                        await asyncio.sleep(step.seconds)
                    case rows:
                        for row in rows:
                            yield row
        finally:
            ask = self._walk.cancelling
            if ask is not None:
                with suppress(IonApiError, RuntimeError):
                    await self._calls.call(ask.operation, (), ask.named)
