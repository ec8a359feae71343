"""Which documents a SPEC names: one file, every document in a folder, or what lies behind a URL."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit, urlunsplit

from ionapi_codegen.config import is_url
from ionapi_codegen.diagnostics import Diagnostics, Place, Stopped
from ionapi_codegen.spec.document import LoadOptions, SpecDocument, load, load_bytes
from ionapi_codegen.spec.source import MOST_BYTES, read

_ENTRY = "ENTRY"
_SUFFIXES = frozenset({".json", ".yaml", ".yml"})
_MARK = re.compile(r"""\b(?:openapi|swagger)["']?\s*:""")
_YAML_TOP = re.compile(r"""^["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be read. `name` is what messages call it: the path as given, or the URL without its
    query, which may hold a key. `file_name` is the last part of it; `content` is set for what was fetched.
    `folder` is the one that was named, which its references may not leave; None: the document's own.
    `overlays` change what is read; `is_one_of_several` as in `LoadOptions`. `fetched_from` is the URL of what
    an earlier run has fetched."""

    name: str
    file_name: str
    content: bytes | None = None
    folder: Path | None = None
    overlays: tuple[Path, ...] = ()
    is_one_of_several: bool = False
    fetched_from: str | None = None

    @property
    def origin(self) -> str | None:
        """The URL of what was fetched, now or before."""
        return self.fetched_from if self.content is None else self.name

    def load(self, diagnostics: Diagnostics) -> SpecDocument:
        """The document; `Stopped` where it cannot be read."""
        options = LoadOptions(self.folder, self.overlays, self.is_one_of_several)
        if self.content is not None:
            return load_bytes(self.name, self.content, options, diagnostics)
        return load(Path(self.name), options, diagnostics)


def find(spec: str, diagnostics: Diagnostics) -> tuple[Source, ...]:
    """The documents a SPEC names, in the order of their names; `Stopped` where there is none."""
    if is_url(spec):
        return (_fetched(spec, diagnostics),)
    path = Path(spec)
    if not _is_folder(path):
        return (_local(path),)
    try:
        found = tuple(_local(each, path) for each in _documents(path, diagnostics))
    except OSError as failure:
        raise diagnostics.stop(
            "spec-unreadable",
            f"this cannot be read: {(failure.strerror or type(failure).__name__).lower()}",
            Place(str(failure.filename or spec)),
            "let the user who runs ionapi read it, or move it out of the folder",
        ) from None
    if not found:
        raise diagnostics.stop(
            "spec-missing",
            "the folder holds no OpenAPI document",
            Place(spec),
            "a document is a .json, .yaml or .yml file with `openapi` or `swagger` at its top",
        )
    return found


def _local(path: Path, folder: Path | None = None) -> Source:
    return Source(str(path), path.name, folder=folder)


def _fetched(url: str, diagnostics: Diagnostics) -> Source:
    from ionapi_codegen.spec.fetch import fetch  # late: it loads the network

    fetched = fetch(url, diagnostics)
    address = urlsplit(fetched.url)._replace(query="", fragment="")
    return Source(urlunsplit(address), fetched.name, fetched.content)


def _documents(folder: Path, diagnostics: Diagnostics) -> Iterator[Path]:
    """The documents below a folder. A file named ENTRY names the one to start from where several belong
    together."""
    entry = folder / _ENTRY
    if entry in folder.iterdir() and entry.is_file():
        yield folder / _named(entry, diagnostics)
        return
    for path in sorted(_files(folder)):
        if path.suffix.lower() in _SUFFIXES and path.is_file() and _is_document(path):
            yield path


def _named(entry: Path, diagnostics: Diagnostics) -> str:
    name = read(entry, str(entry), MOST_BYTES, diagnostics).text.strip()
    if not name or "\n" in name or "\0" in name or not (entry.parent / name).is_file():
        raise diagnostics.stop(
            "spec-missing",
            "this file must name the document to start from, and names no file of the folder",
            Place(str(entry)),
            "write the name of a file into it, or remove it",
        )
    return name


def _is_folder(path: Path) -> bool:
    """Where nobody may look, reading the file says so."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is not hidden. Raises OSError for a folder that cannot be read."""
    for path, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(path, name) for name in files if not name.startswith("."))


def _raise(failure: OSError) -> NoReturn:
    raise failure


def _is_document(path: Path) -> bool:
    """Whether the top of a file has `openapi` or `swagger`. One that is broken and mentions them counts, and
    so does one that cannot be read, is empty, or a web page: its user is to hear what is wrong with it."""
    try:
        text = read(path, str(path), MOST_BYTES, Diagnostics()).text
    except Stopped:
        return True
    beginning = text.lstrip()[:1]
    if beginning not in ("{", "["):
        return beginning in ("", "<") or _YAML_TOP.search(text) is not None
    if _MARK.search(text) is None:
        return False
    try:
        top: object = json.loads(text)
    except (ValueError, RecursionError):
        return True
    return isinstance(top, dict) and ("openapi" in top or "swagger" in top)
