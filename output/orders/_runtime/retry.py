"""When a call is sent once more, and after how long."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

_PASSING = frozenset({429, 502, 503, 504})
"""Statuses of a server, or of the gateway before it, that has no time at present."""


class Retry:
    """When a call is sent once more.

    Reads are repeated where the connection failed or the server answered 429, 502, 503
    or 504; a write only where it certainly never left. Pauses grow and are random, between nothing
    and `pause * 2 ** n` ("full jitter"); a `Retry-After` of the server counts instead.

    Args:
        attempts: how often a call is sent at most; 1 switches repetition off.
        pause: seconds that the first pause lasts at most.
        longest_pause: seconds that any pause lasts at most; when the server asks for
            more, its answer is raised at once.
        budget: repetitions that all calls of a client have in reserve; each one takes
            one, each success gives a tenth back. A server that is down is thus not
            buried in repeated calls.
        idempotent: declares that writes do no harm when they are done twice, and lets
            them be repeated like reads.
    """

    __slots__ = ("attempts", "budget", "idempotent", "longest_pause", "pause")

    def __init__(
        self,
        attempts: int = 3,
        *,
        pause: float = 0.5,
        longest_pause: float = 60.0,
        budget: int = 20,
        idempotent: bool = False,
    ) -> None:
        _check("attempts", attempts, int, "a whole number")
        _check("pause", pause, (int, float), "seconds")
        _check("longest_pause", longest_pause, (int, float), "seconds")
        _check("budget", budget, int, "a whole number")
        if attempts < 1:
            raise ValueError("attempts: a call is sent at least once")
        self.attempts = attempts
        self.pause = pause
        self.longest_pause = longest_pause
        self.budget = budget
        self.idempotent = idempotent

    def __repr__(self) -> str:
        named = (f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"Retry({', '.join(named)})"

    def after_failure(self, attempt: int, *, read: bool, sent: bool) -> float | None:
        """Seconds to wait after no answer came to the attempt of this number; None
        where the call is not to be repeated.

        Args:
            attempt: 1 for the first.
            read: whether the operation leaves data alone.
            sent: whether the request may have reached the server.
        """
        if attempt >= self.attempts or (sent and not read and not self.idempotent):
            return None
        return self._jitter(attempt)

    def after_answer(
        self, attempt: int, status: int, headers: Mapping[str, str], *, read: bool
    ) -> float | None:
        """Seconds to wait after an answer of this status; None where it is final."""
        if status not in _PASSING or attempt >= self.attempts:
            return None
        if not (read or self.idempotent):
            return None
        asked = retry_after(headers)
        if asked is None:
            return self._jitter(attempt)
        return asked if asked <= self.longest_pause else None

    def _jitter(self, attempt: int) -> float:
        longest = min(self.longest_pause, self.pause * 2.0 ** (attempt - 1))
        return random.uniform(0.0, longest)


def _check(
    name: str, given: object, kind: type | tuple[type, ...], wanted: str
) -> None:
    if isinstance(given, bool) or not isinstance(given, kind):
        raise TypeError(f"{name}: {wanted}, not {type(given).__name__}")
    if isinstance(given, (int, float)) and not given >= 0:
        raise ValueError(f"{name}: {wanted}, not below 0")


class Budget:
    """The repetitions that a client's calls have left; shared by its copies."""

    __slots__ = ("_left", "_size")

    def __init__(self, size: int) -> None:
        self._size = float(size)
        self._left = float(size)

    def spend(self) -> bool:
        """Take one repetition; false where none is left."""
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True

    def earn(self) -> None:
        """A call succeeded: a tenth of a repetition comes back."""
        if self._left < self._size:
            self._left = min(self._size, self._left + 0.1)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the header `Retry-After` asks for (RFC 9110 section 10.2.3), as a
    number or a date; None where it is absent or unreadable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) < 10 else float("inf")
    if not value:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None
    return max(0.0, moment - time.time())
