"""A call as data, from which as many HTTP requests are made as it takes."""

from __future__ import annotations

from collections.abc import Callable

from .headers import HeaderTable
from .payload import Payload
from .schemes import Alternatives


class Outgoing:
    """What one call sends, apart from what all calls of a client send.

    Attributes:
        method: the HTTP method.
        path: the template of the path, for messages.
        target: path and query as they are sent, below the base URL.
        link: path and query on the server, whatever the base URL says: where an answer
            said that the next page is.
        server: the operation's own server, if it has one.
        security: the alternatives of security schemes it needs, if it says so.
        read: whether it leaves the server's data alone.
        succeeds: whether a status is a success.
    """

    __slots__ = (
        "headers",
        "link",
        "method",
        "path",
        "payload",
        "read",
        "security",
        "server",
        "succeeds",
        "target",
    )

    def __init__(
        self,
        *,
        method: str,
        path: str,
        target: str,
        headers: HeaderTable,
        payload: Payload | None,
        server: str | None,
        security: Alternatives | None,
        read: bool,
        succeeds: Callable[[int], bool],
    ) -> None:
        self.method = method
        self.path = path
        self.target = target
        self.link: bytes | None = None
        self.headers = headers
        self.payload = payload
        self.server = server
        self.security = security
        self.read = read
        self.succeeds = succeeds

    @property
    def repeatable(self) -> bool:
        """Whether the body, if there is one, can be sent once more."""
        return self.payload is None or self.payload.repeatable

    def raise_own_failure(self) -> None:
        """Raise what the caller's own file or iterable raised, if it did."""
        if self.payload is not None and self.payload.failure is not None:
            raise self.payload.failure
