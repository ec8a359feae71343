"""Where tokens are kept between renewals, and who may renew: the seam for sharing one
token among clients and processes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from . import forks

if TYPE_CHECKING:
    from .token_record import TokenRecord


class TokenStore(Protocol):
    """Keeps one record, and admits one renewal at a time.

    None of the methods may wait: they are called from event loops as well. What cannot
    be done raises `CredentialsError`. A store for Redis, for example, is `SET key NX
    PX`, a compare-and-delete, `GET` and `SET`.
    """

    def acquire(self) -> bool:
        """Takes the right to renew; False where another holds it."""
        ...

    def release(self) -> None:
        """Gives the right back."""
        ...

    def load(self) -> TokenRecord | None:
        """The record that was saved last."""
        ...

    def save(self, record: TokenRecord | None) -> None:
        """Replaces the record; None takes it away."""
        ...


def check(store: object) -> None:
    """Raises `TypeError` for what is no store, such as the path of a file."""
    methods = ("acquire", "release", "load", "save")
    if not all(callable(getattr(store, name, None)) for name in methods):
        raise TypeError(
            "token_store: a TokenStore, such as FileStore(path) or MemoryStore(), not "
            f"{type(store).__name__}"
        )
    if isinstance(store, type):
        raise TypeError(f"token_store: an object, not the class {store.__name__}")


class Unshared:
    """The store of a client that has none: nothing to find, and nobody to wait for."""

    def acquire(self) -> bool:
        return True

    def release(self) -> None:
        """There is no right to give back."""

    def load(self) -> TokenRecord | None:
        return None

    def save(self, record: TokenRecord | None) -> None:
        """The client itself keeps its token."""


class MemoryStore:
    """Keeps the record in this process; clients that are given one object share it."""

    def __init__(self) -> None:
        self.after_fork()
        forks.drop_in_child(self)

    def after_fork(self) -> None:
        """A child obtains a token of its own."""
        self._right = threading.Lock()
        self._record: TokenRecord | None = None

    def acquire(self) -> bool:
        return self._right.acquire(blocking=False)

    def release(self) -> None:
        if self._right.locked():
            self._right.release()

    def load(self) -> TokenRecord | None:
        return self._record

    def save(self, record: TokenRecord | None) -> None:
        self._record = record
