"""What a client knows about its token at any moment, and what follows from that.

fresh      a token is at hand: use it, one comparison, no lock
stale      it ends soon, or an API refused it: one renewal, for which all wait
refused    the server said no: the same error for 30 seconds, without asking again
surviving  a renewal failed in passing: the old token is used on while it lives, and
           the next renewal is tried in 5 seconds
"""

from __future__ import annotations

import copy
import math
import time
from typing import TypeAlias

from .errors import AuthenticationError, IonApiError, TransportError
from .tokens import Token

REFUSED_FOR = 30.0
"""Seconds in which a refusal stands: a wrong secret that is sent over and over locks
the account."""

REPLACED_FOR = 30.0
"""Seconds in which a token that replaced a rejected one is not replaced itself."""

NEXT_TRY = 5.0
"""Seconds until the next renewal while an old token survives."""

_PASSING = frozenset({408, 425, 429})

Outcome: TypeAlias = Token | IonApiError | None
"""What became of a renewal; None where it was interrupted and nobody knows."""


class TokenState:
    """The token at hand. Its methods take no time and no lock; the caller sees to it
    that one thread at a time changes it.

    Attributes:
        token: the last token that was obtained; it may have ended.
        good_until: until when it is used without a thought.
    """

    __slots__ = ("_refusal", "_refused_until", "_settled_until", "good_until", "token")

    def __init__(self) -> None:
        self.token: Token | None = None
        self.good_until = -math.inf
        self._settled_until = -math.inf
        self._refusal: IonApiError | None = None
        self._refused_until = -math.inf

    def usable(self, rejected: Token | None) -> Token | None:
        """The token to use; None where one has to be obtained.

        `rejected` is one that an API refused. It is the answer nevertheless where it is
        itself a replacement for another: a server that refuses two in a row does so for
        another reason than the token.

        Raises the refusal that stands.
        """
        now, token = time.monotonic(), self.token
        if (
            token is not None
            and now < self.good_until
            and (not token.same_as(rejected) or now < self._settled_until)
        ):
            return token
        if self._refusal is not None and now < self._refused_until:
            raise copy.copy(self._refusal)
        return None

    def note(self, outcome: Outcome, rejected: Token | None) -> None:
        """Notes what became of a renewal; `rejected` is the token that it was to
        replace because an API refused it."""
        match outcome:
            case Token():
                self._obtained(outcome, rejected)
            case IonApiError():
                self._failed(outcome)
            case None:
                return

    def surviving(self, error: IonApiError, rejected: Token | None) -> Token:
        """The token that may be used in spite of a failed renewal.

        Raises a copy of the error where there is none: each of those who wait gets an
        exception of its own.
        """
        token = self.token
        alive = token is not None and time.monotonic() < self.good_until
        if token is None or not alive or token.same_as(rejected):
            raise copy.copy(error)
        return token

    def _obtained(self, token: Token, rejected: Token | None) -> None:
        replaces = self.token is not None and self.token.same_as(rejected)
        settled = time.monotonic() + REPLACED_FOR
        self._settled_until = settled if replaces else -math.inf
        self._refusal = None
        # In this order: whoever reads without a lock finds the old token, or none.
        self.token = token
        self.good_until = token.stale_at

    def _failed(self, error: IonApiError) -> None:
        now = time.monotonic()
        if _is_passing(error):
            if self.token is not None:
                self.good_until = min(self.token.expires_at, now + NEXT_TRY)
            return
        self.good_until = -math.inf
        if isinstance(error, AuthenticationError):
            self._refusal = error
            self._refused_until = now + REFUSED_FOR


def _is_passing(error: IonApiError) -> bool:
    match error:
        case TransportError():
            return True
        case AuthenticationError():
            return is_passing(error.status)
        case _:
            return False


def is_passing(status: int) -> bool:
    """Whether the same request to the authorization server may fare better in a moment:
    it is busy, or fails."""
    return status in _PASSING or status >= 500
