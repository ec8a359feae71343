"""Queries of the Data Lake: `client.query(sql)` gives their rows, for threads and for
tasks."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, overload

from .group import AnyGroup, Async, Group, Sync

if TYPE_CHECKING:
    from .compass_rows import AsyncRows, Rows
    from .compass_walk import Jobs


class Queries:
    """The attribute `query` of a client; called with a query it gives its rows.

    Args:
        jobs: the path where queries are submitted.
    """

    def __init__(self, jobs: str) -> None:
        self._path = jobs

    @functools.cached_property
    def _jobs(self) -> Jobs:
        from .compass_walk import Jobs

        return Jobs(self._path)

    @overload
    def __get__(self, group: None, owner: type) -> Queries: ...
    @overload
    def __get__(self, group: Group[Sync], owner: type) -> QueryMethod: ...
    @overload
    def __get__(self, group: Group[Async], owner: type) -> AsyncQueryMethod: ...
    def __get__(
        self, group: AnyGroup | None, owner: type
    ) -> Queries | QueryMethod | AsyncQueryMethod:
        if group is None:
            return self
        if isinstance(group.mode_, Sync):
            return QueryMethod(group.mode_, self._jobs)
        return AsyncQueryMethod(group.mode_, self._jobs)


class QueryMethod:
    """Runs queries of the Data Lake."""

    def __init__(self, calls: Sync, jobs: Jobs) -> None:
        self._calls = calls
        self._jobs = jobs

    def __call__(
        self,
        sql: str,
        *,
        page_size: int = 10_000,
        wait: float = 3600.0,
        longest_pause: float = 10.0,
    ) -> Rows:
        """The rows of a query, which is submitted when the first one is asked for.

            for row in client.query("SELECT CUNO, CUNM FROM OCUSMA"):
                print(row["CUNO"])

        Args:
            sql: the query.
            page_size: the most rows that are fetched at once, up to 100,000.
            wait: seconds that the query may run, after which it is cancelled; Compass
                itself ends one after an hour.
            longest_pause: seconds between two looks at its status at most; the first
                come after a fraction of a second.

        Raises:
            ValueError: an argument is out of its range.
        """
        from .compass_rows import Rows
        from .compass_walk import Walk

        walk = Walk(self._jobs, sql, page_size, wait, longest_pause)
        return Rows(self._calls, walk)


class AsyncQueryMethod:
    """Runs queries of the Data Lake from asyncio."""

    def __init__(self, calls: Async, jobs: Jobs) -> None:
        self._calls = calls
        self._jobs = jobs

    def __call__(
        self,
        sql: str,
        *,
        page_size: int = 10_000,
        wait: float = 3600.0,
        longest_pause: float = 10.0,
    ) -> AsyncRows:
        """The rows of a query, for `async for`; otherwise as `Client.query`."""
        from .compass_rows import AsyncRows
        from .compass_walk import Walk

        walk = Walk(self._jobs, sql, page_size, wait, longest_pause)
        return AsyncRows(self._calls, walk)
