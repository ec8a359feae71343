"""What can go wrong, on one screen; every failure of a client is an `IonApiError`.

IonApiError
├── CredentialsError           the .ionapi file is missing, unreadable, incomplete
├── AuthenticationError        the authorization server refused
├── TransportError             no answer came
│   └── RequestTimeoutError    … in time
├── StatusError                the API answered with an error status
│   ├── BadRequestError           400
│   ├── UnauthorizedError         401
│   ├── ForbiddenError            403
│   ├── NotFoundError             404
│   ├── ConflictError             409
│   ├── PreconditionFailedError   412
│   ├── UnprocessableEntityError  422
│   ├── PreconditionRequiredError 428
│   ├── RateLimitedError          429
│   └── ServerError               5xx
├── BusinessError              status 200, and yet a failure
└── DecodeError                an answer is not what the document promises

All can be pickled and copied. None keeps a request, and neither `str` nor `repr` shows
a secret, a query value or a header.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TypeVar

from .redaction import excerpt

T = TypeVar("T")


class IonApiError(Exception):
    """Whatever this client raises on purpose; wrong arguments are Python's own
    `TypeError` and `ValueError`.

    >>> IonApiError("no such thing")
    IonApiError('no such thing')
    """

    # Subclasses pass all their arguments on, in the order of their own signature:
    # `args` is what pickle and copy call the class with.

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class CredentialsError(IonApiError):
    """The credentials cannot be used; the text says why, which file and key, and what
    to do about it."""


class AuthenticationError(IonApiError):
    """The authorization server gave no token.

    Args:
        status: the HTTP status of its answer.
        error: the `error` code of its answer (RFC 6749 section 5.2), such as
            `invalid_client`; None where it sent none.
        description: what else it said, redacted and at most a few hundred characters.
    """

    def __init__(self, status: int, error: str | None, description: str) -> None:
        super().__init__(status, error, description)
        self.status = status
        self.error = error
        self.description = description

    def __str__(self) -> str:
        said = ": ".join(filter(None, (self.error, self.description)))
        answered = f"the authorization server answered {_status(self.status)}"
        return f"{answered}: {said}" if said else answered


class TransportError(IonApiError):
    """No answer came: no connection, or it broke.

    Args:
        message: what happened, and to which request.
        sent: whether the request may have reached the server. False is certain: a
            write that was never sent may be repeated.
    """

    def __init__(self, message: str, sent: bool = True) -> None:
        super().__init__(message, sent)
        self.message = message
        self.sent = sent

    def __str__(self) -> str:
        return self.message


class RequestTimeoutError(TransportError):
    """No answer came in time."""


class StatusError(IonApiError):
    """The API answered with a status that is no success.

    Args:
        status: the HTTP status.
        headers: the headers of the answer.
        body: its body, as it came.
        error: the body as the model that the document declares for this status; None
            where it declares none.
        method: the HTTP method of the request.
        path: the path of the request as the document has it, such as `/items/{id}`.
    """

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        error: object,
        method: str,
        path: str,
    ) -> None:
        super().__init__(status, headers, body, error, method, path)
        self.status = status
        self.headers = headers
        self.body = body
        self.error = error
        self.method = method
        self.path = path

    def header(self, name: str, kind: type[T]) -> T | None:
        """A header as a value, such as `error.header("Retry-After", int)`; None where
        the answer lacks it.

        Raises:
            DecodeError: its text is no such value.
        """
        from .header_values import header_value

        return header_value(self.headers, name, kind)

    def __str__(self) -> str:
        answered = f"{self.method} {self.path} answered {_status(self.status)}"
        said = excerpt(self.body)
        return f"{answered}: {said}" if said else answered


class BadRequestError(StatusError):
    """400: the API did not understand the request."""


class UnauthorizedError(StatusError):
    """401: the API refused the token, and a new one as well."""


class ForbiddenError(StatusError):
    """403: the API knows who asks, and refuses."""


class NotFoundError(StatusError):
    """404: there is no such thing."""


class ConflictError(StatusError):
    """409: the request contradicts the present state."""


class PreconditionFailedError(StatusError):
    """412: a condition of the request, such as `If-Match`, does not hold."""


class UnprocessableEntityError(StatusError):
    """422: the API understood the request, but its content is wrong."""


class PreconditionRequiredError(StatusError):
    """428: the request needs a condition, such as `If-Match`."""


class RateLimitedError(StatusError):
    """429: too many requests."""


class ServerError(StatusError):
    """5xx: the API, or the gateway before it, failed."""


_BY_STATUS: Mapping[int, type[StatusError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    422: UnprocessableEntityError,
    428: PreconditionRequiredError,
    429: RateLimitedError,
}


def status_error_class(status: int) -> type[StatusError]:
    """The class for an HTTP status: its own, that of its hundred, or `StatusError`."""
    return _BY_STATUS.get(status) or (
        ServerError if 500 <= status <= 599 else StatusError
    )


class BusinessError(IonApiError):
    """The API answered with a success status, and the answer is a failure.

    Args:
        code: the product's code for it; None where it sent none.
        field: the input field that it blames, if any.
        kind: the product's kind of error, such as `ServerReturnedNOK`; None where it
            sent none.
        message: what the product says, without blanks around it.
        records: the records that came before the failure, if any.
    """

    def __init__(
        self,
        code: str | None,
        field: str | None,
        kind: str | None,
        message: str,
        records: Sequence[object] = (),
    ) -> None:
        super().__init__(code, field, kind, message, records)
        self.code = code
        self.field = field
        self.kind = kind
        self.message = message
        self.records = records

    def __str__(self) -> str:
        notes = [
            f"{name} {value}"
            for name, value in (("field", self.field), ("code", self.code))
            if value
        ]
        text = self.message or self.kind or "the API reports a failure"
        return f"{text} ({', '.join(notes)})" if notes else text


class DecodeError(IonApiError):
    """An answer, or data given to `from_dict`, is not what the document promises.

    Args:
        path: where in the body, such as `$.items[3].price`; `$` is the body itself.
        message: what was expected there, and what was found.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def _status(status: int) -> str:
    """The status with its name, such as `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
