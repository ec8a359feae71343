"""How M3 says that a transaction failed: in an answer of status 200, or in one of 400."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .errors import BusinessError


class TransactionRefusedError(BusinessError):
    """`ServerReturnedNOK`: the program refused, and its message says why."""


class TransactionNotFoundError(BusinessError):
    """`TransactionNotFound`: this M3 has no such transaction."""


class FieldMissingError(BusinessError):
    """`MandatoryInputFieldNotFound`: a field that the program needs was not sent."""


class FieldTooLongError(BusinessError):
    """`InputFieldTooLong`: a text is longer than its field."""


_BY_KIND: Mapping[str, type[BusinessError]] = {
    "ServerReturnedNOK": TransactionRefusedError,
    "TransactionNotFound": TransactionNotFoundError,
    "MandatoryInputFieldNotFound": FieldMissingError,
    "InputFieldTooLong": FieldTooLongError,
}


def failure(
    answer: Mapping[str, object], records: Sequence[object] = ()
) -> BusinessError | None:
    """The failure that a result tells of, or an answer of status 400; None where it
    tells of none.

    Args:
        answer: the object that may have `errorMessage` and the fields beside it.
        records: what came before the failure.
    """
    message, kind = said(answer, "errorMessage"), said(answer, "errorType")
    code = said(answer, "errorCode")
    if not (message or kind or code):
        return None
    field = said(answer, "errorField")
    return error(code, field, kind, message or "", records)


def termination(answer: Mapping[str, object]) -> BusinessError | None:
    """The failure that ended a whole answer early; None where nothing did."""
    if answer.get("wasTerminated") is not True:
        return None
    reason = said(answer, "terminationReason") or "M3 terminated the call"
    return error(None, None, said(answer, "terminationErrorType"), reason, ())


def error(
    code: str | None,
    field: str | None,
    kind: str | None,
    message: str,
    records: Sequence[object],
) -> BusinessError:
    """The error of this kind."""
    return _BY_KIND.get(kind or "", BusinessError)(code, field, kind, message, records)


def said(answer: Mapping[str, object], key: str) -> str | None:
    """A text of the answer without the blanks around it; None where it has none."""
    value = answer.get(key)
    return (value.strip() or None) if isinstance(value, str) else None
