"""A server that answers in bytes, so that it can break every rule of HTTP."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its first line, all of its head in lower case, its body, and the connection it came on."""

    line: str
    head: str
    body: str
    connection: socket.socket


Says = Callable[[Asked], bytes | None]
"""What comes back; None closes the connection. It may write to the connection itself."""


class RawServer:
    """`with RawServer(says) as server:` listens on a free port of 127.0.0.1; connections are kept."""

    def __init__(self, says: Says) -> None:
        self.asked: list[Asked] = []
        self._says = says
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._ended = threading.Event()
        self._connections: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def lines(self, text: str) -> list[str]:
        """The first lines of the requests that hold a text."""
        return [asked.line for asked in self.asked if text in asked.line]

    def drip(self, connection: socket.socket, start: bytes) -> None:
        """Sends a byte every tenth of a second after the start, until the test is over."""
        connection.sendall(start)
        while not self._ended.wait(0.1):
            connection.sendall(b"a")

    def silence(self) -> None:
        """Says nothing until the test is over."""
        self._ended.wait(60)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        received = b""
        try:
            while True:
                received, asked = _request(connection, received)
                if asked is None:
                    break
                self.asked.append(asked)
                answer = self._says(asked)
                if answer is None:
                    break
                connection.sendall(answer)
        except OSError:
            return
        finally:
            connection.close()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        # A thread in accept() holds the port until it is woken up.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            connection.close()


def answer(status: int = 200, body: object = b"", **headers: str) -> bytes:
    """An answer of HTTP/1.1; anything but bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"content-type": "application/json", "content-length": str(len(content))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + content


def _request(connection: socket.socket, received: bytes) -> tuple[bytes, Asked | None]:
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            return b"", None
        received += more
    head, _, received = received.partition(b"\r\n\r\n")
    text = head.decode("latin-1")
    lengths = [line[15:] for line in text.lower().split("\r\n") if line.startswith("content-length:")]
    length = int(lengths[0]) if lengths else 0
    deadline = time.monotonic() + 10
    while len(received) < length and time.monotonic() < deadline:
        received += connection.recv(65536)
    body, received = received[:length], received[length:]
    return received, Asked(text.split("\r\n")[0], text.lower(), body.decode("latin-1"), connection)
