"""A token in a file that the processes of one user share."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import Never

from . import forks
from .errors import CredentialsError
from .token_record import TokenRecord

_LARGEST = 1 << 20
_PRIVATE = 0o600


class FileStore:
    """Keeps the record in a file that only its owner can read, such as
    `~/.cache/acme.token`.

    The right to renew is a lock (`flock`) on a second file beside it,
    `acme.token.lock`, which the system takes back from a process that dies. The file is
    replaced at once and whole. A file or lock of another user, a link, or a file that
    others may read is refused with `CredentialsError`. For POSIX systems, and for local
    file systems.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if os.name != "posix":
            raise NotImplementedError("FileStore needs the file locks of POSIX systems")
        self._path = Path(path)
        self._lock: int | None = None
        self._process = os.getpid()
        self._guard = threading.Lock()
        forks.drop_in_child(self)

    def __repr__(self) -> str:
        return f"FileStore({str(self._path)!r})"

    def after_fork(self) -> None:
        """Leaves the lock with the parent: closing our copy does not release it."""
        self._guard = threading.Lock()
        self.release()

    def acquire(self) -> bool:
        with self._guard:
            if self._lock is not None:
                return False
            self._lock = self._locked()
            self._process = os.getpid()
            return self._lock is not None

    def release(self) -> None:
        import fcntl

        with self._guard:
            if self._lock is not None:
                # Closing alone would leave the lock to a child between fork and exec.
                if self._process == os.getpid():
                    fcntl.flock(self._lock, fcntl.LOCK_UN)
                os.close(self._lock)
                self._lock = None

    def load(self) -> TokenRecord | None:
        problem = ""
        try:
            # A pipe in place of the file would keep us waiting for who writes to it.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
            descriptor = os.open(self._path, flags)
            with open(descriptor, encoding="utf-8", errors="replace") as stream:
                problem = _objection(descriptor)
                if not problem:
                    return TokenRecord(stream.read(_LARGEST))
        except FileNotFoundError:
            return None
        except OSError as error:
            problem = _words(error)
        self._refuse(self._path, problem)

    def save(self, record: TokenRecord | None) -> None:
        problem = ""
        try:
            if record is None:
                self._path.unlink(missing_ok=True)
            else:
                self._replace(record)
        except OSError as error:
            problem = _words(error)
        if problem:
            self._refuse(self._path, problem)

    def _replace(self, record: TokenRecord) -> None:
        unique = f"{os.getpid()}-{threading.get_ident()}"
        temporary = self._path.with_name(f".{self._path.name}.{unique}")
        # Only what a process of the same number left behind can be in the way.
        temporary.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(temporary, flags, _PRIVATE)
        try:
            with open(descriptor, "w", encoding="utf-8") as stream:
                stream.write(record.text)
                stream.flush()
                os.fsync(descriptor)
            os.replace(temporary, self._path)
        finally:
            temporary.unlink(missing_ok=True)

    def _locked(self) -> int | None:
        """The descriptor of the lock file; None where another holds the lock."""
        import fcntl

        lock = self._path.with_name(f"{self._path.name}.lock")
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        descriptor: int | None = None
        problem = ""
        try:
            descriptor = os.open(lock, flags, _PRIVATE)
            problem = _objection(descriptor)
            if not problem:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
        except BlockingIOError:
            problem = ""
        except OSError as error:
            problem = _words(error)
        if descriptor is not None:
            os.close(descriptor)
        if problem:
            self._refuse(lock, problem)
        return None

    def _refuse(self, path: Path, problem: str) -> Never:
        raise CredentialsError(f"the token store {path} cannot be used: {problem}")


def _objection(descriptor: int) -> str:
    """Why a file is not to be trusted with a token; empty where it is."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    if status.st_uid != os.geteuid():
        return "it belongs to another user"
    if mode := stat.S_IMODE(status.st_mode) & 0o077:
        return f"others may read or write it (mode …{mode:02o}): chmod 600"
    return ""


def _words(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
