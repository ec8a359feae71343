"""What it means that the HTTP library raised: no answer came, and whether the request
may have been seen."""

from __future__ import annotations

import httpx2

from .errors import RequestTimeoutError, TransportError
from .redaction import excerpt

NEVER_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)
"""Failures before the first byte of a request was sent."""

_REASONS: tuple[tuple[type[httpx2.RequestError], str], ...] = (
    (httpx2.ConnectTimeout, "no connection could be made in time"),
    (httpx2.PoolTimeout, "no connection of the client's pool became free in time"),
    (httpx2.WriteTimeout, "the request could not be sent in time"),
    (httpx2.ReadTimeout, "no answer came in time"),
    (httpx2.ConnectError, "no connection could be made"),
    (httpx2.ProxyError, "the proxy made no connection"),
    (httpx2.LocalProtocolError, "the request breaks the rules of HTTP"),
    (httpx2.RemoteProtocolError, "the answer breaks the rules of HTTP"),
    (httpx2.DecodingError, "the answer's content encoding is broken"),
)


class Failure:
    """Why there is no answer; holds neither the request nor the exception, both of
    which know the token.

    Attributes:
        sent: whether the request may have reached the server.
    """

    __slots__ = ("_reason", "_timed_out", "sent")

    def __init__(self, error: httpx2.RequestError) -> None:
        self.sent = not isinstance(error, NEVER_LEFT)
        self._timed_out = isinstance(error, httpx2.TimeoutException)
        words = (words for kind, words in _REASONS if isinstance(error, kind))
        self._reason = next(words, "the connection broke")
        # What the library says of our own mistakes quotes headers.
        if not isinstance(error, httpx2.LocalProtocolError) and str(error):
            self._reason += f" ({excerpt(str(error))})"

    def error(self, method: str, path: str) -> TransportError:
        """The failure as the exception to raise, once the library's is forgotten."""
        kind = RequestTimeoutError if self._timed_out else TransportError
        return kind(f"{method} {path}: {self._reason}", self.sent)
