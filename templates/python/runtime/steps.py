"""What the token protocol asks its driver to do, and what it hears back.

The protocol is written as generators that do nothing themselves: each yields a `Post`
or a `Pause`, and is sent an `Answer` or `Unreachable` for a `Post`, None for a `Pause`.
The same generators serve threads and tasks.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from .tokens import BasicLogin, Form

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Post:
    """Send a form to the authorization server. Its URL holds nothing secret.

    With `once`, the form must not be sent again when it may have arrived.
    """

    url: str
    form: Form
    login: BasicLogin | None = None
    once: bool = False

    def secrets(self) -> tuple[str, ...]:
        """What the answer may echo and no message may quote."""
        return self.form.secrets() + (self.login.secrets() if self.login else ())


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. `asked_at` is the monotonic time before the request was
    sent; the header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    asked_at: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The server said nothing. `sent` tells whether the form may have arrived, `reason`
    what happened, in words without secrets."""

    sent: bool
    timed_out: bool
    reason: str


Reply: TypeAlias = Answer | Unreachable | None
Steps: TypeAlias = Generator[Post | Pause, Reply, T]
"""A piece of the protocol that ends with a `T`."""
