"""Faults on demand and what has happened so far: the part of a sandbox that a real gateway does not have."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ionapi_codegen.sandbox.m3 import Refusals
from ionapi_codegen.sandbox.tokens import TokenBook

_LONGEST_JOURNAL = 10_000


@dataclass(slots=True)
class Failures:
    """The next `times` requests of a kind are answered with `status`; `lost_answers` are, after they have
    been executed."""

    times: int = 0
    status: int = 503

    def take(self) -> int | None:
        """The status to fail with now; None where the request is to be served."""
        if self.times <= 0:
            return None
        self.times -= 1
        return self.status


@dataclass(slots=True)
class Throttle:
    """Spike arrest: so many calls a second and no more; None is no bound."""

    per_second: int | None = None
    clock: Callable[[], float] = time.monotonic
    _second: int = 0
    _calls: int = 0

    def refuses(self) -> bool:
        """Counts a call; whether it is one too many."""
        if self.per_second is None:
            return False
        now = int(self.clock())
        if now != self._second:
            self._second, self._calls = now, 0
        self._calls += 1
        return self._calls > self.per_second


@dataclass(frozen=True, slots=True)
class Entry:
    """One call as it came and was answered. No header is kept: it could hold a token."""

    method: str
    path: str
    query: str
    status: int


@dataclass(slots=True)
class Control:
    """What is to go wrong next, and the record of what went on. `commands` are its ways in from outside."""

    book: TokenBook
    throttle: Throttle = field(default_factory=Throttle)
    token_failures: Failures = field(default_factory=Failures)
    call_failures: Failures = field(default_factory=Failures)
    lost_answers: Failures = field(default_factory=Failures)
    refusals: Refusals = field(default_factory=Refusals)
    token_delay: float = 0.0
    token_requests: Counter[str] = field(default_factory=Counter)
    token_statuses: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    executed: Counter[str] = field(default_factory=Counter)
    revocations: int = 0
    journal: deque[Entry] = field(default_factory=lambda: deque(maxlen=_LONGEST_JOURNAL))

    def count_token_request(self, grant: str, status: int) -> None:
        self.token_requests[grant or "(none)"] += 1
        self.token_statuses[str(status)] += 1

    def count_call(self, entry: Entry) -> None:
        self.statuses[str(entry.status)] += 1
        self.journal.append(entry)

    def stats(self) -> dict[str, object]:
        """Everything that is counted, as JSON can hold it."""
        return {
            "calls": sum(self.statuses.values()),
            "executed": dict(sorted(self.executed.items())),
            "statuses": dict(sorted(self.statuses.items())),
            "token_requests": dict(sorted(self.token_requests.items())),
            "token_statuses": dict(sorted(self.token_statuses.items())),
            "revocations": self.revocations,
        }

    def reset(self) -> None:
        """Nothing fails any more, and counting begins anew; tokens stay as they are."""
        self.throttle.per_second = None
        self.token_failures.times = self.call_failures.times = self.revocations = 0
        self.lost_answers.times = self.refusals.times = 0
        self.token_delay = 0.0
        for record in (self.token_requests, self.token_statuses, self.statuses, self.executed, self.journal):
            record.clear()

    def command(self, name: str, arguments: Mapping[str, str]) -> bool:
        """Carries out `POST /_sandbox/NAME?ARGUMENTS`; False where there is no such command.

        Raises ValueError for an argument that is no number.
        """
        match name:
            case "expire-access-tokens":
                self.book.end_access_tokens()
            case "end-refresh-tokens":
                self.book.end_refresh_tokens()
            case "end-grants":
                self.book.end_grants()
            case "fail-token-endpoint":
                self.token_failures = _failures(arguments)
            case "fail-calls":
                self.call_failures = _failures(arguments)
            case "lose-answers":
                self.lost_answers = _failures(arguments)
            case "refuse":
                self.refusals = Refusals(
                    int(arguments.get("times", "1")),
                    arguments.get("type", "ServerReturnedNOK"),
                    arguments.get("message", "The sandbox refuses"),
                )
            case "delay-token-endpoint":
                self.token_delay = float(arguments.get("seconds", "1"))
            case "throttle":
                self.throttle.per_second = int(arguments.get("per_second", "0")) or None
            case "reset":
                self.reset()
            case _:
                return False
        return True


def _failures(arguments: Mapping[str, str]) -> Failures:
    return Failures(int(arguments.get("times", "1")), int(arguments.get("status", "503")))
