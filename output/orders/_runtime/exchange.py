"""The life of one call, written once and without I/O: the token, the request, what is
repeated and when it is over."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol, TypeAlias

import httpx2

from .failures import Failure
from .outgoing import Outgoing
from .session import Session
from .steps import Pause
from .tokens import Token

TOKEN_KEPT = (
    "The token was not sent, since the call does not go to the gateway of the "
    "credentials; base_url= names another address that may have it."
)
"""Goes with the error of a call that was refused for that."""


class Fresh(Protocol):
    """What of `IonAuth` and `AsyncIonAuth` needs no waiting."""

    def fresh(self) -> Token | None:
        """The token, if there is one that can be used."""


class Send:
    """Send the request; the driver leaves the answer, or why there is none."""

    # No dataclass: tools that print local variables would look into it.
    __slots__ = ("answer", "outgoing", "request", "streamed", "trusted")

    def __init__(
        self,
        request: httpx2.Request,
        outgoing: Outgoing,
        *,
        streamed: bool,
        trusted: bool,
    ) -> None:
        self.request = request
        self.outgoing = outgoing
        self.streamed = streamed
        self.trusted = trusted
        self.answer: httpx2.Response | Failure | None = None

    def keeps_open(self, response: httpx2.Response) -> bool:
        """Whether the body is left for the caller to read."""
        return self.streamed and self.outgoing.succeeds(response.status_code)

    def failed(self, error: httpx2.RequestError) -> None:
        """Take note of what the HTTP library raised."""
        self.answer = Failure(error)


class Renew:
    """Obtain a token, another than the rejected one; the driver leaves it."""

    __slots__ = ("rejected", "token")

    def __init__(self, rejected: Token | None = None) -> None:
        self.rejected = rejected
        self.token: Token | None = None


Step: TypeAlias = Send | Renew | Pause
Exchange: TypeAlias = Generator[Step, None, httpx2.Response]


def exchange(
    outgoing: Outgoing, session: Session, auth: Fresh | None, *, streamed: bool = False
) -> Exchange:
    """Send a request until there is an answer to return, whatever its status.

    A 401 is answered with another token, and with one more if the token has changed
    again meanwhile; where there is no other (the one that was refused has just replaced
    another), with the same once more, because some APIs refuse a good token in passing.
    `Retry` says what else is repeated.

    Raises:
        TransportError: no answer came.
    """
    retry = session.retry
    trusted = session.trusts(outgoing)
    token = None if auth is None else auth.fresh()
    if auth is not None and token is None:
        obtain = Renew()
        yield obtain
        token = obtain.token
    attempt = 1
    rejections = 0
    while True:
        send = Send(
            session.request(outgoing, token),
            outgoing,
            streamed=streamed,
            trusted=trusted,
        )
        yield send
        answer = send.answer
        again = outgoing.repeatable
        if isinstance(answer, httpx2.Response):
            status = answer.status_code
            if status < 400:
                session.budget.earn()
                return answer
            if status == 401 and again and token is not None and auth is not None:
                rejections += 1
                other = yield from _replacement(token, auth, rejections)
                if other is None or (
                    other.same_as(token)
                    and not (retry.attempts > 1 and session.budget.spend())
                ):
                    return answer
                token = other
                continue
            pause = retry.after_answer(
                attempt, status, answer.headers, read=outgoing.read
            )
            if pause is None or not again or not session.budget.spend():
                return answer
        else:
            outgoing.raise_own_failure()
            assert answer is not None
            pause = retry.after_failure(attempt, read=outgoing.read, sent=answer.sent)
            if pause is None or not again or not session.budget.spend():
                raise answer.error(outgoing.method, outgoing.path)
        attempt += 1
        yield Pause(pause)


def _replacement(
    rejected: Token, auth: Fresh, rejections: int
) -> Generator[Step, None, Token | None]:
    """The token to go on with; None where to go on is of no use.

    At the first rejection of a call another one is asked for; at the second one it
    counts only if somebody else has renewed it meanwhile.
    """
    if rejections == 1:
        renew = Renew(rejected)
        yield renew
        return renew.token
    other = auth.fresh() if rejections == 2 else None
    return None if other is None or other.same_as(rejected) else other
