"""A running sandbox: a server on 127.0.0.1 in a thread of its own."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import uvicorn

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects.registry import AUTO
from ionapi_codegen.ir.api import Api
from ionapi_codegen.sandbox.authorization import Authorization
from ionapi_codegen.sandbox.control import Control, Throttle
from ionapi_codegen.sandbox.credentials import FakeCredentials
from ionapi_codegen.sandbox.gateway import Gateway, base_of
from ionapi_codegen.sandbox.tokens import TokenBook

USUAL_TTL = 7200.0
"""Seconds that an access token lives, as Infor sets apps up."""

_LONGEST_START = 10.0


class Sandbox:
    """A local ION API gateway that serves documents while the `with` block runs.

    ```python
    with Sandbox(["orders.yaml"], ttl=5) as box:
        Path("box.ionapi").write_text(box.ionapi_text())
        box.control.token_failures.times = 2
        ...
        assert box.control.stats()["token_requests"] == {"password": 3}
    ```

    Documents are files, folders or URLs, or APIs that were read already. Access tokens live `ttl` seconds;
    `throttle` is a number of calls a second. Raises `Stopped` for a document that cannot be read (what was
    found is in `diagnostics`), `OSError` for a port that is taken.
    """

    def __init__(
        self,
        documents: Iterable[str | Path | Api],
        *,
        port: int = 0,
        ttl: float = USUAL_TTL,
        throttle: int | None = None,
        refresh_tokens: bool = True,
        credentials: FakeCredentials | None = None,
        diagnostics: Diagnostics | None = None,
    ) -> None:
        self.credentials = credentials or FakeCredentials()
        self.apis = tuple(_read(documents, diagnostics or Diagnostics()))
        self.book = TokenBook()
        self.control = Control(self.book, Throttle(throttle))
        authorization = Authorization(self.credentials, self.book, ttl, refresh_tokens=refresh_tokens)
        self._gateway = Gateway(self.apis, authorization, self.control)
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    def ionapi_text(self, *, service_account: bool = True, on_premises: bool = False) -> str:
        """The content of an `.ionapi` file with which a client finds this sandbox."""
        return self.credentials.ionapi_text(
            self.url, service_account=service_account, on_premises=on_premises
        )

    def mounted(self) -> Iterator[tuple[Api, str]]:
        """Each API with the path below `url` at which a client of this tenant calls it."""
        for api in self.apis:
            yield api, base_of(api, api.servers, self.credentials.tenant)

    def __enter__(self) -> Sandbox:
        listener = _listen(self._port)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            self._gateway,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="sandbox", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + _LONGEST_START
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                listener.close()
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()


def _read(documents: Iterable[str | Path | Api], diagnostics: Diagnostics) -> Iterator[Api]:
    for document in documents:
        if isinstance(document, Api):
            yield document
        else:
            # Late: a test whose APIs are at hand does not wait for the stages that read documents.
            from ionapi_codegen.pipeline import understand

            yield from understand(str(document), AUTO, diagnostics)


def _listen(port: int) -> socket.socket:
    # With the protocol named, asyncio switches Nagle's algorithm off; without, each answer waits for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener
