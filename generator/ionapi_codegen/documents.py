"""The documents of a package once they are read: which of them it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.dialects import registry as dialects
from ionapi_codegen.output.manifest import DocumentEntry
from ionapi_codegen.sources import Source
from ionapi_codegen.spec.overlay import Applied
from ionapi_codegen.targets.base import NamedApi


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a package, and its files as the manifest names them."""

    source: Source
    named: NamedApi
    entries: tuple[DocumentEntry, ...]
    overlays: tuple[Applied, ...]


def without_older(documents: Iterable[Document], diagnostics: Diagnostics) -> list[Document]:
    """The documents, sorted by name, without older downloads of the same one."""
    kept: list[Document] = []
    for one in documents:
        last = kept[-1] if kept and kept[-1].named.name == one.named.name else None
        newer = dialects.newer(last.named.api, one.named.api) if last is not None else None
        if last is None or newer is None:
            kept.append(one)
            continue
        older, kept[-1] = (one, last) if newer is last.named.api else (last, one)
        diagnostics.notice(
            "older-download",
            f"{older.source.name} was left out: {kept[-1].source.name} describes {one.named.name}, too, and "
            "is not older",
            Place(older.source.name, "/info/version"),
            "delete the one that you do not need",
        )
    return kept


def refuse_equal_names(documents: Iterable[Document], diagnostics: Diagnostics) -> None:
    """Says which documents would go by one name; nothing where none would."""
    taken: dict[str, Source] = {}
    for one in documents:
        other = taken.setdefault(one.named.name, one.source)
        if other is not one.source:
            diagnostics.error(
                "same-api",
                f"{other.name} and {one.source.name} would both be called {one.named.name} in the package",
                Place(one.source.name, "/info/title"),
                "give them different titles, or a package each",
            )
