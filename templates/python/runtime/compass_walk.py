"""A query of Compass from its submission to its last row: written once and without I/O,
for threads and for tasks."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias, cast

from .bodies import Text
from .compass_errors import CompassError, QueryCanceledError
from .errors import DecodeError, RequestTimeoutError
from .operations import Declared, Operation, operation
from .parameters import Path, Query
from .redaction import excerpt
from .steps import Pause
from .values import is_array, is_object

Cell: TypeAlias = str | int | Decimal | bool | None
"""A value of a row. Numbers with a fraction are `Decimal`, with all their digits."""

Row: TypeAlias = dict[str, Cell]
"""A row, by the names of its columns."""

FIRST_PAUSE = 0.2
"""Seconds before the first look at a query's status; each pause is twice the last."""

_CANCELED = frozenset({"CANCELED", "CANCELLED"})
_SAYS = ("message", "errorMessage", "error", "reason", "details", "detail")
_CODES = ("code", "errorCode", "reasonCode")


class Ask:
    """Call an operation, and hand its answer back."""

    __slots__ = ("named", "operation")

    def __init__(
        self, operation: Operation[..., bytes], named: Mapping[str, object]
    ) -> None:
        self.operation = operation
        self.named = named


Step: TypeAlias = Ask | Pause | list[Row]
"""What a driver does next; a list is a page of rows, for the caller."""


class Jobs:
    """The operations of a service that runs queries.

    Args:
        path: where queries are submitted, such as `/jobs/`; the others lie below.
    """

    def __init__(self, path: str) -> None:
        end = "/" if path.endswith("/") else ""
        one = f"{path.rstrip('/')}/{{queryId}}"
        named = {"query_id": Path("queryId")}
        json_only = "application/json"
        self.submit = operation("POST", path, body=Text(), accept=json_only)(_submit)
        self.status = operation(
            "GET", f"{one}/status{end}", parameters=named, accept=json_only
        )(_look)
        self.result = operation(
            "GET",
            f"{one}/result{end}",
            parameters={**named, "offset": Query(), "limit": Query()},
            accept=json_only,
        )(_result)
        # Cancelling twice does no harm.
        self.cancel = operation(
            "PUT",
            f"{one}/cancel{end}",
            parameters=named,
            accept=json_only,
            effect="read",
        )(_look)


class Walk:
    """One query on its way.

    Args:
        jobs: the operations.
        sql: the query.
        page_size: rows of a page at most.
        wait: seconds that it may take until it is finished.
        longest_pause: seconds between two looks at its status at most.

    Attributes:
        query_id: what Compass calls it; None until it was submitted.
        status: the status that it had last, in capitals.
        row_count: how many rows it has; None until it is finished, or where Compass
            does not say.
        unwanted: whether it was cancelled.
    """

    def __init__(
        self, jobs: Jobs, sql: str, page_size: int, wait: float, longest_pause: float
    ) -> None:
        if not 1 <= page_size <= 100_000:
            raise ValueError("page_size: from 1 to 100,000 rows")
        if not sql.strip():
            raise ValueError("sql: a blank is no query")
        self._jobs = jobs
        self._sql = sql
        self._page_size = page_size
        self._wait = wait
        self._longest_pause = longest_pause
        self.query_id: str | None = None
        self.status: str | None = None
        self.row_count: int | None = None
        self.unwanted = False
        self.is_running = False

    @property
    def cancelling(self) -> Ask | None:
        """What ends the query on the server; None where it does not run."""
        if not self.is_running or self.query_id is None:
            return None
        return Ask(self._jobs.cancel, {"query_id": self.query_id})

    def steps(self) -> Generator[Step, bytes | None, None]:
        """Submit the query, wait until it is finished, fetch its rows.

        Raises:
            CompassError: it failed, or was cancelled.
            RequestTimeoutError: it was not finished in time.
            DecodeError: an answer is not what it should be.
        """
        if self.unwanted:
            raise QueryCanceledError(None, "it was never sent", "-", "CANCELED")
        deadline = time.monotonic() + self._wait
        submit = self._jobs.submit
        query = _object((yield Ask(submit, {"body": self._sql})), submit)
        self.query_id = self._identifier(query)
        self.is_running = True
        pause = min(FIRST_PAUSE, self._longest_pause)
        while not self._is_finished(query):
            if self.unwanted and (cancel := self.cancelling) is not None:
                yield cancel
            left = deadline - time.monotonic()
            if left <= 0:
                raise RequestTimeoutError(
                    f"the query {self.query_id} is {self.status or 'unfinished'} after "
                    f"{self._wait:g} seconds, and was cancelled"
                )
            yield Pause(min(pause, left))
            pause = min(2 * pause, self._longest_pause)
            look = self._jobs.status
            query = _object((yield Ask(look, {"query_id": self.query_id})), look)
        yield from self._pages(self.query_id)

    def _pages(self, query_id: str) -> Generator[Step, bytes | None, None]:
        """A page may hold less than was asked for: Compass sends 10 MB at most."""
        offset = 0
        while self.row_count is None or offset < self.row_count:
            named = {"query_id": query_id, "offset": offset, "limit": self._page_size}
            rows = _rows((yield Ask(self._jobs.result, named)), self._jobs.result)
            if not rows:
                if self.row_count is None:
                    return
                raise _error(
                    self._jobs.result, f"has {offset} rows of {self.row_count}"
                )
            offset += len(rows)
            yield rows

    def _identifier(self, query: Mapping[str, object]) -> str:
        found = query.get("queryId")
        if isinstance(found, str) and found:
            return found
        raise DecodeError(
            "$.queryId", f"expected a text ({_called(self._jobs.submit)})"
        )

    def _is_finished(self, query: Mapping[str, object]) -> bool:
        """Whether the rows can be fetched."""
        status = query.get("status")
        self.status = status.strip().upper() if isinstance(status, str) else None
        if self.status == "FINISHED":
            self.is_running = False
            count = query.get("rowCount")
            if isinstance(count, (int, str)) and str(count).isdecimal():
                self.row_count = int(count)
            return True
        if self.status == "FAILED" or self.status in _CANCELED:
            self.is_running = False
            kind = QueryCanceledError if self.status in _CANCELED else CompassError
            code, said = _first(query, _CODES), _first(query, _SAYS)
            raise kind(code or None, said, self.query_id or "-", self.status)
        return False


def _submit(self: object, *, body: str) -> bytes:
    """Submit a query."""
    raise Declared


def _look(self: object, query_id: str) -> bytes:
    """Ask for the status of a query, or cancel it."""
    raise Declared


def _result(self: object, query_id: str, *, offset: int, limit: int) -> bytes:
    """Fetch rows of a query."""
    raise Declared


def _object(
    content: bytes | None, asked: Operation[..., bytes]
) -> Mapping[str, object]:
    found = _json(content or b"", asked)
    if is_object(found):
        return found
    raise _error(asked, f"expected an object, found {excerpt(content or b'')}")


def _rows(content: bytes | None, asked: Operation[..., bytes]) -> list[Row]:
    """The rows of a page; an empty answer has none."""
    found: object = _json(content, asked) if content else ()
    if not is_array(found) or not all(map(is_object, found)):
        raise _error(asked, f"expected rows, found {excerpt(content or b'')}")
    # A row is flat: Compass queries tables.
    return list(cast("Iterable[Row]", found))


def _json(content: bytes, asked: Operation[..., bytes]) -> object:
    try:
        return cast("object", json.loads(content, parse_float=Decimal))
    except (ValueError, RecursionError):
        pass
    raise _error(asked, f"expected JSON, found {excerpt(content)}")


def _first(said: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first of these members that says something; Compass's documents name none."""
    for name in names:
        value = said.get(name)
        if is_object(value):
            value = _first(value, names)
        known = isinstance(value, (str, int)) and not isinstance(value, bool)
        if known and (text := str(value).strip()):
            return text
    return ""


def _error(asked: Operation[..., bytes], message: str) -> DecodeError:
    return DecodeError("$", f"{message} ({_called(asked)})")


def _called(asked: Operation[..., bytes]) -> str:
    return f"{asked.method} {asked.path}"
