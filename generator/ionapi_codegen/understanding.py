"""What documents mean: read, lowered and refined by their dialect; many of them in several processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ionapi_codegen.diagnostics import Diagnostic, Diagnostics, Stopped
from ionapi_codegen.dialects import registry as dialects
from ionapi_codegen.ir.api import Api
from ionapi_codegen.lower.document import lower
from ionapi_codegen.sources import Source
from ionapi_codegen.spec.document import SpecDocument
from ionapi_codegen.spec.overlay import Applied

MANY = 24
"""So many documents are read in this process; starting others costs half a second, which more are worth."""

_PORTION = 4
"""Documents that a process is given at a time."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document means, the files that it took, those that could not be read, and the overlays that were
    applied to it."""

    api: Api
    files: tuple[File, ...]
    unread: tuple[str, ...]
    overlays: tuple[Applied, ...]


def understand(source: Source, dialect: str, diagnostics: Diagnostics) -> tuple[SpecDocument, Api]:
    """A document and what it means; `Stopped` where it cannot be read."""
    document = source.load(diagnostics)
    return document, meaning(document, dialect, diagnostics)


def meaning(document: SpecDocument, dialect: str, diagnostics: Diagnostics) -> Api:
    """What a document means; `Stopped` where it means nothing."""
    return dialects.apply(lower(document, diagnostics), dialect, diagnostics)


def understood(document: SpecDocument, api: Api) -> Understood:
    """What is kept of a document, which is closed."""
    files = tuple(File(file.name, file.sha256) for file in document.sources)
    unread = tuple(map(str, document.unread))
    overlays = document.overlays
    document.close()
    return Understood(api, files, unread, overlays)


def understand_apart(
    sources: Sequence[Source], dialect: str, diagnostics: Diagnostics
) -> Iterator[tuple[Source, Understood | None]]:
    """The same in other processes, in the order of the sources; None for what could not be read."""
    import multiprocessing  # late: most packages are of one document
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, min(4, os.cpu_count() or 1)), context, gc.disable) as pool:
        asked = pool.map(_answer, sources, [dialect] * len(sources), chunksize=_PORTION)
        for source, (found, said) in zip(sources, asked, strict=True):
            for each in said:
                diagnostics.add(each.code, each.severity, each.message, each.place, each.help)
            yield source, found


def _answer(source: Source, dialect: str) -> tuple[Understood | None, tuple[Diagnostic, ...]]:
    diagnostics = Diagnostics()
    try:
        found = understood(*understand(source, dialect, diagnostics))
    except Stopped:
        return None, diagnostics.sorted()
    return found, diagnostics.sorted()
