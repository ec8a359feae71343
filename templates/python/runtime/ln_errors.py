"""What LN says of a call that failed, in OData's words: a code, a message, details."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

import httpx2

from .errors import (
    BadRequestError,
    ConflictError,
    ForbiddenError,
    IonApiError,
    NotFoundError,
    PreconditionFailedError,
    PreconditionRequiredError,
    RateLimitedError,
    ServerError,
    StatusError,
    UnauthorizedError,
    UnprocessableEntityError,
)
from .redaction import excerpt
from .values import is_array, is_object


class LNErrorDetail:
    """One of the reasons that LN gives.

    Args:
        code: its code; None where it has none.
        message: what it says.
        target: what it is about, such as a property; None where it does not say.
    """

    __slots__ = ("code", "message", "target")

    def __init__(self, code: str | None, message: str, target: str | None) -> None:
        self.code = code
        self.message = message
        self.target = target

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LNErrorDetail):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        code, message, target = self._values()
        return f"LNErrorDetail({code!r}, {message!r}, {target!r})"

    def _values(self) -> tuple[str | None, str, str | None]:
        return self.code, self.message, self.target


class LNError(StatusError):
    """LN answered with an error status and said why (OData 4.01, "Error Response
    Body"). It is an error of its status, too: 412 is a `PreconditionFailedError`.

    What the gateway answers in LN's place is a `StatusError` and no `LNError`.
    """

    @property
    def code(self) -> str | None:
        """LN's code; None where it sent none."""
        return self._said.code

    @property
    def message(self) -> str:
        """What LN says, without blanks around it."""
        return self._said.message

    @property
    def target(self) -> str | None:
        """What the error is about, such as a property; None where LN does not say."""
        return self._said.target

    @functools.cached_property
    def details(self) -> tuple[LNErrorDetail, ...]:
        """The single reasons, in LN's order; empty where there are none."""
        found = _object(self.body) or {}
        listed = found.get("details")
        return tuple(map(_detail, _objects(listed) if is_array(listed) else ()))

    @functools.cached_property
    def _said(self) -> LNErrorDetail:
        return _detail(_object(self.body) or {})

    def __str__(self) -> str:
        told = (self.message, *(each.message for each in self.details))
        said = "; ".join(dict.fromkeys(filter(None, told)))
        answered = f"{self.method} {self.path} answered {self.status}"
        return f"{answered}: {excerpt(said)}" if said else super().__str__()


class LNBadRequestError(LNError, BadRequestError):
    """400 of LN."""


class LNUnauthorizedError(LNError, UnauthorizedError):
    """401 of LN."""


class LNForbiddenError(LNError, ForbiddenError):
    """403 of LN."""


class LNNotFoundError(LNError, NotFoundError):
    """404 of LN."""


class LNConflictError(LNError, ConflictError):
    """409 of LN."""


class LNPreconditionFailedError(LNError, PreconditionFailedError):
    """412 of LN: somebody else has changed the entity since its ETag was read."""


class LNUnprocessableEntityError(LNError, UnprocessableEntityError):
    """422 of LN."""


class LNPreconditionRequiredError(LNError, PreconditionRequiredError):
    """428 of LN: the change needs `if_match=`."""


class LNRateLimitedError(LNError, RateLimitedError):
    """429 of LN."""


class LNServerError(LNError, ServerError):
    """5xx of LN."""


_Kind: TypeAlias = type[StatusError]

_KINDS: Mapping[_Kind, type[LNError]] = {
    BadRequestError: LNBadRequestError,
    UnauthorizedError: LNUnauthorizedError,
    ForbiddenError: LNForbiddenError,
    NotFoundError: LNNotFoundError,
    ConflictError: LNConflictError,
    PreconditionFailedError: LNPreconditionFailedError,
    UnprocessableEntityError: LNUnprocessableEntityError,
    PreconditionRequiredError: LNPreconditionRequiredError,
    RateLimitedError: LNRateLimitedError,
    ServerError: LNServerError,
}
"""LN's error for that of a status."""


def ln_failure(
    response: httpx2.Response, error: IonApiError | None
) -> IonApiError | None:
    """The error of an answer: with LN's words where LN has answered.

    Args:
        response: the answer.
        error: the error that its status means.
    """
    if not isinstance(error, StatusError) or _object(error.body) is None:
        return error
    kind = _KINDS.get(type(error), LNError)
    found = kind(
        error.status,
        error.headers,
        error.body,
        error.error,
        error.method,
        error.path,
    )
    for note in cast("list[str]", getattr(error, "__notes__", [])):
        found.add_note(note)
    return found


def _object(body: bytes) -> Mapping[str, object] | None:
    """What `error` is in the body of an answer; None where that is no object."""
    try:
        answer: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    error = answer.get("error") if is_object(answer) else None
    return error if is_object(error) else None


def _objects(
    listed: list[object] | tuple[object, ...],
) -> Iterator[Mapping[str, object]]:
    for each in listed:
        if is_object(each):
            yield each


def _detail(said: Mapping[str, object]) -> LNErrorDetail:
    return LNErrorDetail(
        _text(said.get("code")) or None,
        _text(said.get("message")),
        _text(said.get("target")) or None,
    )


def _text(value: object) -> str:
    """A text without the blanks around it; OData before version 4 has its messages in
    an object with their language."""
    if is_object(value):
        value = value.get("value")
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return str(value).strip()
    return ""
