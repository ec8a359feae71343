"""What the generator has to say to its user: data with a place, collected, sorted, printed once.

A wrong document is a `Diagnostic`; a wrong command is a click usage error; a bug is an exception with its
traceback. A stage that cannot go on adds an error and raises `Stopped`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Severity(enum.IntEnum):
    """Errors make the exit code 1; warnings do so under `--strict`; notices never do."""

    ERROR = 0
    WARNING = 1
    NOTICE = 2


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A value in a file: `file` as the user named it (relative where it was), `pointer` an RFC 6901 JSON
    pointer.

    `line` and `column` (from 1) are set only where there is no pointer yet: text that could not be parsed.
    What stands at a `secret` place, or near it, is not shown.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    secret: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`code` is stable and documented (`ref-not-found`); `message` is one sentence, ours, with quoted
    document text already made printable; `help` says what to do."""

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    help: str | None = None


class Stopped(Exception):
    """The run cannot go on; why has been added to the diagnostics."""


class Diagnostics:
    """Collects what the stages report. The same finding at the same place is kept once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(
        self, code: str, severity: Severity, message: str, place: Place | None = None, help: str | None = None
    ) -> None:
        self._found[Diagnostic(code, severity, message, place, help)] = None

    def error(self, code: str, message: str, place: Place | None = None, help: str | None = None) -> None:
        self.add(code, Severity.ERROR, message, place, help)

    def warning(self, code: str, message: str, place: Place | None = None, help: str | None = None) -> None:
        self.add(code, Severity.WARNING, message, place, help)

    def notice(self, code: str, message: str, place: Place | None = None, help: str | None = None) -> None:
        self.add(code, Severity.NOTICE, message, place, help)

    def stop(self, code: str, message: str, place: Place | None = None, help: str | None = None) -> Stopped:
        """Adds an error and returns the exception to raise: `raise diagnostics.stop(...)`."""
        self.error(code, message, place, help)
        return Stopped(message)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """By file and place in the file, errors first at one place; the order does not depend on the
        stages."""
        return tuple(sorted(self._found, key=_order))

    def count(self, severity: Severity) -> int:
        return sum(1 for found in self._found if found.severity is severity)


def _order(found: Diagnostic) -> tuple[bool, str, str, int, int, Severity, str, str]:
    place = found.place or Place("")
    position = (place.line or 0, place.column or 0)
    return (
        found.place is None,
        place.file,
        place.pointer,
        *position,
        found.severity,
        found.code,
        found.message,
    )
