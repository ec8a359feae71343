"""Server-sent events and lines, put together from the chunks that the network
delivers."""

from __future__ import annotations

import re

_END = re.compile(rb"\r\n|\n|\r")


class Event:
    """A server-sent event (WHATWG HTML section 9.2).

    Attributes:
        data: the text, lines joined by line feeds.
        event: its type; `message` where the server names none.
        id: the last identifier that the server gave; empty where it gave none.
        retry: milliseconds after which to connect again, where the server says so.
    """

    __slots__ = ("data", "event", "id", "retry")

    def __init__(
        self,
        data: str,
        *,
        event: str = "message",
        id: str = "",
        retry: int | None = None,
    ) -> None:
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        mine = (self.data, self.event, self.id, self.retry)
        return mine == (other.data, other.event, other.id, other.retry)

    def __repr__(self) -> str:
        return (
            f"Event({self.data!r}, event={self.event!r}, id={self.id!r}, "
            f"retry={self.retry!r})"
        )


class Lines:
    """Cuts chunks into lines, at line feeds and carriage returns only: the other line
    ends of Unicode are characters like any other."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that the chunk completes."""
        self._parts.append(chunk)
        if b"\n" not in chunk and not any(b"\r" in part for part in self._parts[-2:]):
            return []
        text = b"".join(self._parts)
        # A carriage return at the end may be half of a line end.
        end = len(text) - text.endswith(b"\r")
        *lines, rest = _END.split(text[:end])
        self._parts = [rest + text[end:]]
        return lines

    def end(self) -> list[bytes]:
        """The last line, if it is not empty."""
        *lines, rest = _END.split(b"".join(self._parts))
        self._parts = []
        return [*lines, rest] if rest else lines


class Events:
    """Makes events of lines."""

    __slots__ = ("_data", "_event", "_id", "_retry", "_started")

    def __init__(self) -> None:
        self._started = False
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, line: bytes) -> Event | None:
        """The event that the line completes, if it does; an event without data is
        none."""
        text = line.decode("utf-8", "replace")
        if not self._started:
            self._started = True
            text = text.removeprefix("\ufeff")
        if not text:
            return self._complete()
        name, _, value = text.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self._retry = int(value)
            case _:
                """A comment, or a field that is to be ignored."""
        return None

    def _complete(self) -> Event | None:
        event: Event | None = None
        if self._data:
            event = Event(
                "\n".join(self._data),
                event=self._event or "message",
                id=self._id,
                retry=self._retry,
            )
        self._data = []
        self._event = ""
        self._retry = None
        return event
