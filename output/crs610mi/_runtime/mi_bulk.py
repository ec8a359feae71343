"""Many transactions of one M3 program in few requests."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

import httpx2

from .bodies import Json
from .errors import BusinessError, DecodeError, IonApiError
from .mi_answers import opened, refusal, succeeds
from .mi_errors import termination
from .mi_plan import TransactionPlan
from .mi_record import MIRecord
from .mi_result import MIResult, results
from .operations import Operation, operation_of
from .outgoing import Outgoing
from .settings import Settings
from .transactions import Transaction
from .values import is_array

if TYPE_CHECKING:
    from .async_calls import AsyncCalls
    from .plans import AnyPlan
    from .sync_calls import SyncCalls

P = ParamSpec("P")
R = TypeVar("R")

_SENT_AS = {
    "cono": "cono",
    "divi": "divi",
    "excludeempty": "excludeEmptyValues",
    "righttrim": "rightTrim",
    "maxrecs": "maxReturnedRecords",
}
"""The options of a client that a request in bulk has, by their names there."""


_PROGRAM = 2
"""How many segments of a program's address, `/execute/CRS610MI`, are not the
service's."""


class BulkEntry(Generic[R]):
    """One transaction that was added to a bulk, and its result once that was sent.

    Attributes:
        transaction: the transaction, as M3 names it.
        sent: its fields, by their names in M3.
        read: whether it leaves data alone.
        record_type: what its records are made of.
        outcome: its result, failed or not; None before it was sent.
    """

    def __init__(
        self, transaction: Transaction[..., Any], record: Mapping[str, str]
    ) -> None:
        plan = transaction.plan
        assert isinstance(plan, TransactionPlan)
        self.transaction = transaction.path.strip("/")
        self.read = transaction.read
        self.sent = record
        self.record_type = plan.results.record
        self.outcome: MIResult[MIRecord] | None = None

    @property
    def result(self) -> R:
        """What the transaction returned.

        Raises:
            BusinessError: it failed.
            RuntimeError: it was not sent yet.
        """
        if self.outcome is None:
            raise RuntimeError(f"{self.transaction} was not sent yet: call send()")
        if self.outcome.error is not None:
            raise self.outcome.error
        return cast("R", self.outcome)


class _Collected:
    """Transactions of one program, and how they become requests."""

    def __init__(self, size: int) -> None:
        if size < 1:
            raise ValueError("size: at least one transaction in a request")
        self._size = size
        self._settings: Settings | None = None
        self._entries: list[BulkEntry[Any]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def _added(
        self,
        method: Callable[..., Any],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> BulkEntry[Any]:
        transaction, group = operation_of(method)
        settings = group.settings
        if not isinstance(transaction, Transaction) or settings is None:
            raise TypeError("expected a transaction of M3")
        if self._settings is not None and settings is not self._settings:
            raise ValueError(
                f"a bulk holds transactions of one program: {self._settings.title} "
                f"and {settings.title} need one each"
            )
        if transaction.path.endswith(";"):
            raise TypeError(
                f"{settings.title} is called through version 1 of M3's REST service, "
                "which has no bulk"
            )
        plan = transaction.plan
        assert isinstance(plan, TransactionPlan)
        record = plan.texts(plan.fields(arguments, named), "YMD8")
        self._settings = settings
        entry: BulkEntry[Any] = BulkEntry(transaction, record)
        self._entries.append(entry)
        return entry

    def _requests(self, options: Mapping[str, object]) -> Iterator[_BulkPlan]:
        """What is still to be sent, in pieces."""
        waiting = [entry for entry in self._entries if entry.outcome is None]
        for start in range(0, len(waiting), self._size):
            yield _BulkPlan(self._program, waiting[start : start + self._size], options)

    @property
    def _program(self) -> str:
        assert self._settings is not None
        return (self._settings.gateway_path or "").rpartition("/")[2]

    def _results(self) -> list[MIResult[MIRecord]]:
        return [entry.outcome for entry in self._entries if entry.outcome is not None]


class Bulk(_Collected):
    """Collects transactions of one program; made by `Client.bulk`."""

    def __init__(self, calls: SyncCalls, size: int) -> None:
        super().__init__(size)
        self._calls = calls

    def add(
        self, method: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> BulkEntry[R]:
        """Add a transaction with its fields; options are those of the client.

        Raises:
            TypeError: it is no transaction, or its fields are wrong.
            ValueError: a text is too long, or the program is another one.
        """
        return self._added(method, args, kwargs)

    def send(self) -> list[MIResult[MIRecord]]:
        """Send what was added, and return the result of each transaction in order.

        A transaction that fails has its `error` in its result, and raises nothing.

        Raises:
            IonApiError: a whole request failed. What came before it has its results;
                sending again sends the rest.
        """
        calls = self._calls
        if self._settings is not None and not calls.session.is_of(self._settings):
            calls = calls.at(self._settings)
        calls = calls.with_session(calls.session.above(_PROGRAM))
        for plan in self._requests(calls.session.options):
            calls.call(_BulkOperation(plan), (), {})
        return self._results()


class AsyncBulk(_Collected):
    """Collects transactions of one program; made by `AsyncClient.bulk`."""

    def __init__(self, calls: AsyncCalls, size: int) -> None:
        super().__init__(size)
        self._calls = calls

    def add(
        self,
        method: Callable[P, Coroutine[Any, Any, R]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> BulkEntry[R]:
        """Add a transaction with its fields, as `Bulk.add`."""
        return self._added(method, args, kwargs)

    async def send(self) -> list[MIResult[MIRecord]]:
        """Send what was added, and return the result of each transaction in order, as
        `Bulk.send`."""
        calls = self._calls
        if self._settings is not None and not calls.session.is_of(self._settings):
            calls = calls.at(self._settings)
        calls = calls.with_session(calls.session.above(_PROGRAM))
        for plan in self._requests(calls.session.options):
            await calls.call(_BulkOperation(plan), (), {})
        return self._results()


class _BulkPlan:
    """One request: some transactions of a program.

    Attributes:
        results: what becomes of its answer.
        read: whether all of the transactions leave data alone.
    """

    def __init__(
        self,
        program: str,
        entries: Sequence[BulkEntry[Any]],
        options: Mapping[str, object],
    ) -> None:
        sent: dict[str, object] = {"program": program}
        for name, wire in _SENT_AS.items():
            if options.get(name) is not None:
                sent[wire] = options[name]
        sent["transactions"] = [
            {"transaction": entry.transaction, "record": entry.sent}
            for entry in entries
        ]
        self._body = sent
        self.read = all(entry.read for entry in entries)
        self.results = _BulkResults(entries, options.get("righttrim") is not False)

    def outgoing(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Outgoing:
        """The request; everything is in its body."""
        payload = Json().payload(self._body, "application/json")
        return Outgoing(
            method="POST",
            path="/v2/execute",
            target="/execute",
            headers={
                "accept": (b"Accept", b"application/json"),
                "content-type": (b"Content-Type", payload.content_type),
            },
            payload=payload,
            server=None,
            security=None,
            read=self.read,
            succeeds=succeeds,
        )


class _BulkResults:
    """What becomes of the answer: a result for each transaction."""

    items = None

    def __init__(self, entries: Sequence[BulkEntry[Any]], stripped: bool) -> None:
        self._entries = entries
        self._stripped = stripped

    def value(self, response: httpx2.Response, strict: bool) -> None:
        answer = opened(response.content)
        listed = answer.get("results") if answer is not None else None
        if answer is None or not is_array(listed):
            raise DecodeError(
                "$.results", "expected an array of results (POST /v2/execute)"
            )
        ended = termination(answer)
        for place, entry in enumerate(self._entries):
            one = {**answer, "results": listed[place : place + 1]}
            found = results(one, entry.record_type, "YMD8", self._stripped)
            if found:
                entry.outcome = found[0]
            else:
                error = ended or BusinessError(
                    None, None, None, "M3 did not process it"
                )
                entry.outcome = MIResult(
                    [], transaction=entry.transaction, error=error, not_processed=True
                )

    def error(self, response: httpx2.Response) -> IonApiError:
        return refusal(response, "POST", "/v2/execute")


class _BulkOperation(Operation[..., None]):
    """`POST /v2/execute`, with its plan already made."""

    def __init__(self, plan: _BulkPlan) -> None:
        super().__init__(
            _execute,
            "POST",
            "/v2/execute",
            parameters={},
            bodies=(),
            returns=None,
            errors=None,
            read=plan.read,
            accept=None,
            security=None,
            server=None,
        )
        self._made = plan

    @functools.cached_property
    def plan(self) -> AnyPlan[None]:
        return self._made


def _execute(group: object) -> None:
    """Execute transactions of M3 in bulk."""
