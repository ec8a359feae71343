"""Which packages a job makes of which documents: found, patched by whom, and not yet read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ionapi_codegen.config import FetchSettings, PackageSettings
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.sources import Source, find


@dataclass(frozen=True, slots=True)
class Order:
    """One package to be made."""

    settings: PackageSettings
    sources: tuple[Source, ...]


def orders(settings: PackageSettings, diagnostics: Diagnostics) -> list[Order]:
    """One for all documents where the package has a name, else one each. `Stopped` where a document is not
    there."""
    fetched = {key: one for one in settings.fetched for key in (one.url, str(one.file))}
    found = (one for spec in settings.documents for one in _found(spec, fetched.get(spec), diagnostics))
    sources = tuple(dict.fromkeys(found))
    if settings.overlays:
        several = settings.name is not None and len(sources) > 1
        sources = tuple(
            replace(one, overlays=settings.overlays, is_one_of_several=several) for one in sources
        )
    if settings.name is not None:
        return [Order(settings, sources)]
    return [Order(settings, (source,)) for source in sources]


def _found(spec: str, fetched: FetchSettings | None, diagnostics: Diagnostics) -> Iterator[Source]:
    """The documents that a SPEC of the command line or the configuration names. What was fetched is not
    fetched again."""
    if fetched is None or (spec == fetched.url and not fetched.file.exists()):
        yield from find(spec, diagnostics)
    elif not fetched.file.exists():
        raise diagnostics.stop(
            "spec-not-fetched",
            f"{fetched.file} has not been fetched yet",
            fetched.place,
            "run `ionapi fetch`, which brings it",
        )
    else:
        yield from (replace(one, fetched_from=fetched.origin) for one in find(str(fetched.file), diagnostics))
