"""Which documents a SPEC names: one file, every document in a folder, or what lies behind a URL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from ionapi_codegen.config import is_url
from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.document import LoadOptions, SpecDocument, load, load_bytes
from ionapi_codegen.spec.fetch import fetch

_ENTRY = "ENTRY"
_SUFFIXES = frozenset({".json", ".yaml", ".yml"})
_MARK = re.compile(rb"""\b(?:openapi|swagger)["']?\s*:""")
_YAML_TOP = re.compile(rb"""^(?:\xef\xbb\xbf)?["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be read. `name` is what messages call it: the path as given, or the URL without its
    query, which may hold a key. `file_name` is the last part of it; `content` is set for what was fetched."""

    name: str
    file_name: str
    content: bytes | None = None

    @property
    def origin(self) -> str | None:
        """The URL of what was fetched."""
        return None if self.content is None else self.name

    def load(self, diagnostics: Diagnostics) -> SpecDocument:
        """The document; `Stopped` where it cannot be read."""
        if self.content is not None:
            return load_bytes(self.name, self.content, LoadOptions(), diagnostics)
        return load(Path(self.name), LoadOptions(), diagnostics)


def find(spec: str, diagnostics: Diagnostics) -> tuple[Source, ...]:
    """The documents a SPEC names, in the order of their names; `Stopped` where there is none."""
    if is_url(spec):
        return (_fetched(spec, diagnostics),)
    path = Path(spec)
    if not path.is_dir():
        return (_local(path),)
    try:
        found = tuple(map(_local, _documents(path)))
    except OSError as failure:
        raise diagnostics.stop(
            "spec-unreadable", f"the folder cannot be read: {failure.strerror}", Place(spec)
        ) from None
    if not found:
        raise diagnostics.stop(
            "spec-missing",
            "the folder holds no OpenAPI document",
            Place(spec),
            "a document is a .json, .yaml or .yml file with `openapi` or `swagger` at its top",
        )
    return found


def _local(path: Path) -> Source:
    return Source(str(path), path.name)


def _fetched(url: str, diagnostics: Diagnostics) -> Source:
    fetched = fetch(url, diagnostics)
    address = urlsplit(fetched.url)._replace(query="", fragment="")
    return Source(urlunsplit(address), fetched.name, fetched.content)


def _documents(folder: Path) -> Iterator[Path]:
    """The documents below a folder. A file named ENTRY names the one to start from where several belong
    together."""
    entry = folder / _ENTRY
    if entry.is_file():
        yield folder / entry.read_text("utf-8").strip()
        return
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if (
            path.suffix.lower() in _SUFFIXES
            and not hidden
            and path.is_file()
            and _is_document(path.read_bytes())
        ):
            yield path


def _is_document(content: bytes) -> bool:
    """Whether the top of a file has `openapi` or `swagger`. A broken file that mentions them counts: its user
    is to hear what is wrong with it."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _YAML_TOP.search(content) is not None
    if _MARK.search(content) is None:
        return False
    try:
        top: object = json.loads(content)
    except (ValueError, RecursionError):
        return True
    return isinstance(top, dict) and ("openapi" in top or "swagger" in top)
