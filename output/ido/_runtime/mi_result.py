"""The answer of an M3 transaction: its records, and what M3 tells of how it went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from .errors import BusinessError
from .mi_errors import failure, said
from .mi_record import MIRecord
from .values import is_array, is_object

R = TypeVar("R", bound=MIRecord)


class MIResult(Generic[R]):
    """What one transaction returned; iterating over it gives its records.

    Attributes:
        transaction: the transaction, as M3 names it.
        records: what it returned.
        error: why it failed; None where it did not. A call raises it; the result of a
            transaction sent in bulk holds it.
        not_processed: whether M3 left the transaction out, as it does with what follows
            a failure.
        parameters: what was sent, where the call asked for it (`extendedresult`).
        successful: how many transactions of the request succeeded.
        failed: how many failed.
        left_out: how many were not processed.
        bulk_job_id: the job that M3 made of a request, if it made one.
    """

    def __init__(
        self,
        records: list[R],
        *,
        transaction: str = "",
        error: BusinessError | None = None,
        not_processed: bool = False,
        parameters: Mapping[str, str] | None = None,
        successful: int = 0,
        failed: int = 0,
        left_out: int = 0,
        bulk_job_id: str | None = None,
    ) -> None:
        self.records = records
        self.transaction = transaction
        self.error = error
        self.not_processed = not_processed
        self.parameters = parameters or {}
        self.successful = successful
        self.failed = failed
        self.left_out = left_out
        self.bulk_job_id = bulk_job_id

    @property
    def record(self) -> R:
        """The first record.

        Raises:
            LookupError: there is none.
        """
        if not self.records:
            raise LookupError(f"{self.transaction or 'the call'} returned no record")
        return self.records[0]

    @property
    def errors(self) -> list[BusinessError]:
        """Why it failed, as a list."""
        return [] if self.error is None else [self.error]

    def __iter__(self) -> Iterator[R]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __bool__(self) -> bool:
        """A result is true, with or without records."""
        return True

    def __repr__(self) -> str:
        return f"<MIResult of {self.transaction}: {len(self.records)} records>"


def results(
    answer: Mapping[str, object], record: type[R], dateformat: str, stripped: bool
) -> list[MIResult[R]]:
    """The results of an answer, in its order; what is not as it should be is left out.

    Args:
        answer: the decoded body.
        record: what each record is made of.
        dateformat: how the call had dates written.
        stripped: whether blanks at the end of values are left away.
    """
    found = answer.get("results")
    return [
        _result(each, answer, record, dateformat, stripped)
        for each in (found if is_array(found) else ())
        if is_object(each)
    ]


def _result(
    result: Mapping[str, object],
    answer: Mapping[str, object],
    record: type[R],
    dateformat: str,
    stripped: bool,
) -> MIResult[R]:
    listed = result.get("records")
    records = [
        record(_texts(each), dateformat=dateformat, stripped=stripped)
        for each in (listed if is_array(listed) else ())
        if is_object(each)
    ]
    parameters = result.get("parameters")
    return MIResult(
        records,
        transaction=said(result, "transaction") or "",
        error=failure(result, records),
        not_processed=result.get("notProcessed") is True,
        parameters=_texts(parameters) if is_object(parameters) else None,
        successful=_count(answer, "nrOfSuccessfullTransactions"),  # M3's own spelling
        failed=_count(answer, "nrOfFailedTransactions"),
        left_out=_count(answer, "nrOfNotProcessedTransactions"),
        bulk_job_id=said(answer, "bulkJobId"),
    )


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    """Fields as texts: M3 sends nothing else, and null is a blank."""
    return {
        name: value if isinstance(value, str) else "" if value is None else str(value)
        for name, value in values.items()
    }


def _count(answer: Mapping[str, object], key: str) -> int:
    value = answer.get(key)
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) else 0
