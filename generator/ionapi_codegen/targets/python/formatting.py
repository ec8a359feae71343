"""black, for text whose layout may not be black's own: what came from templates of a user's own, or all.

Modules of our own templates are emitted in black's layout and pass here only when that is asked for: black
takes seconds for each megabyte. What it has printed once is remembered, and much text is shared among
processes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path

_MUCH = 200_000
"""Characters that are worth starting other processes for, which takes each half a second."""

_PORTION = 60_000
"""Characters that a process is given at a time."""

_DAYS = 30
"""How long text is remembered that nobody asks for."""


def formatted(modules: Mapping[str, str], cache: Path | None) -> dict[str, str]:
    """The modules as black prints them with its default settings, by the same keys. `cache` is a folder to
    remember them in; it may be deleted at any time."""
    memory = _Memory(cache) if cache is not None and modules else None
    found = dict(_known(modules, memory))
    left = [key for key in modules if key not in found]
    for key, text in zip(left, _printed([modules[key] for key in left]), strict=True):
        found[key] = text
        if memory is not None:
            memory.keep(modules[key], text)
    if memory is not None and left:
        memory.forget()
    return {key: found[key] for key in modules}


def _known(modules: Mapping[str, str], memory: _Memory | None) -> Iterator[tuple[str, str]]:
    for key, text in modules.items() if memory is not None else ():
        printed = memory.printed(text) if memory is not None else None
        if printed is not None:
            yield key, printed


def _printed(texts: Sequence[str]) -> Iterable[str]:
    if not texts:
        return []  # and black, which takes a tenth of a second to load, stays away
    processes = min(4, os.cpu_count() or 1)
    if processes < 2 or sum(map(len, texts)) < _MUCH:
        return _print(texts)
    import multiprocessing  # late: most runs print nothing with black
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context) as pool:
        return [text for some in pool.map(_print, list(_portions(texts))) for text in some]


def _portions(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in their order, so many at a time that the last process does not work alone for long."""
    portion: list[str] = []
    size = 0
    for text in texts:
        portion.append(text)
        size += len(text)
        if size > _PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _print(texts: Sequence[str]) -> list[str]:
    # Late: importing black costs a tenth of a second, which most runs need not spend.
    import black

    mode = black.Mode()
    return [black.format_str(text, mode=mode) for text in texts]


class _Memory:
    """What this version of black has printed for which text, a file for each. Where that cannot be read or
    written, nothing is remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._version = metadata.version("black")

    def printed(self, text: str) -> str | None:
        file = self._file(text)
        try:
            content = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        with suppress(OSError):
            os.utime(file)
        return content or text

    def keep(self, text: str, printed: str) -> None:
        """An empty file says that nothing has changed."""
        file = self._file(text)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as new:
                new.write(b"" if printed == text else printed.encode("utf-8"))
            Path(new.name).replace(file)

    def forget(self) -> None:
        oldest = time.time() - _DAYS * 86_400
        with suppress(OSError):
            for file in self._folder.glob("*/*"):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _file(self, text: str) -> Path:
        digest = hashlib.sha256(f"{self._version}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / digest[:2] / digest[2:]
