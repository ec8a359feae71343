"""What the token protocol asks its driver to do, and what it hears back.

The protocol is written as generators that do nothing themselves: each yields a `Post`
or a `Pause`, and is sent an `Answer` or `Unreachable` for a `Post`, None for a `Pause`.
The same generators serve threads and tasks.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TypeAlias, TypeVar

from .tokens import BasicLogin, Form

T = TypeVar("T")


# Plain classes: they are loaded with every client, and a dataclass costs ten times as
# much to make. Their `repr` shows nothing.


class Post:
    """Send a form to the authorization server.

    Attributes:
        url: where to; nothing in it is secret.
        form: what.
        login: the client's HTTP Basic login, where the form does not name the client.
        once: whether the form must not be sent again when it may have arrived.
    """

    __slots__ = ("form", "login", "once", "url")

    def __init__(
        self, url: str, form: Form, login: BasicLogin | None = None, once: bool = False
    ) -> None:
        self.url = url
        self.form = form
        self.login = login
        self.once = once

    def secrets(self) -> tuple[str, ...]:
        """What the answer may echo and no message may quote."""
        return self.form.secrets() + (self.login.secrets() if self.login else ())


class Pause:
    """Wait so many seconds."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class Answer:
    """What the server said.

    Attributes:
        status: the HTTP status.
        headers: the headers, by names in lower case.
        body: the content.
        asked_at: the monotonic time before the request was sent.
    """

    __slots__ = ("asked_at", "body", "headers", "status")

    def __init__(
        self, status: int, headers: Mapping[str, str], body: bytes, asked_at: float
    ) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        self.asked_at = asked_at


class Unreachable:
    """The server said nothing.

    Attributes:
        sent: whether the form may have arrived.
        timed_out: whether time ran out.
        reason: what happened, in words without secrets.
    """

    __slots__ = ("reason", "sent", "timed_out")

    def __init__(self, sent: bool, timed_out: bool, reason: str) -> None:
        self.sent = sent
        self.timed_out = timed_out
        self.reason = reason


Reply: TypeAlias = Answer | Unreachable | None
Steps: TypeAlias = Generator[Post | Pause, Reply, T]
"""A piece of the protocol that ends with a `T`."""
