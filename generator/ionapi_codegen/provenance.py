"""What a package was made from, as its manifest lists it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath

from ionapi_codegen.output import copies
from ionapi_codegen.output.manifest import DocumentEntry
from ionapi_codegen.sources import Source
from ionapi_codegen.understanding import Understood


def entries(source: Source, name: str, found: Understood) -> Iterator[DocumentEntry]:
    """As seen from the folder of the first file, so that it does not matter where the generator was run."""
    first, *others = found.files
    path = PurePath(first.name) if source.content is None else copies.path(name, source.content)
    yield DocumentEntry(path.name, first.sha256, source.origin)
    for file in others:
        yield DocumentEntry(_relative(file.name, path.parent), file.sha256)
    for overlay in found.overlays:
        yield DocumentEntry(_relative(overlay.name, path.parent), overlay.sha256, is_overlay=True)


def _relative(name: str, folder: PurePath) -> str:
    return PurePath(os.path.relpath(name, folder)).as_posix()
