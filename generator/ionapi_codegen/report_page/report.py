"""Makes the page from models: of one side what it holds, of two what changed as well."""

from __future__ import annotations

from collections.abc import Sequence

from ionapi_codegen.changes.model import Change, Described
from ionapi_codegen.report_page import comparison, pairing
from ionapi_codegen.report_page.comparison import Finder
from ionapi_codegen.report_page.holdings import Holdings, holdings
from ionapi_codegen.report_page.page import page
from ionapi_codegen.report_page.wording import Words


def render(old: Described, new: Described, changes: Sequence[Change]) -> str:
    """A page of what changed between two sides, and of what the new one holds. The same sides and changes
    give the same text."""
    before, after = _both(old, new)
    operations, models = pairing.operations(before, after), pairing.models(before, after)
    finder = Finder(operations, models)
    operations = comparison.partners("o", operations, changes, finder)
    models = comparison.partners("m", models, changes, finder)
    finder = Finder(operations, models)
    return page(
        after,
        _versions(before, after),
        operations,
        models,
        comparison.comparison(changes, finder),
        comparison.by_thing(changes, finder),
    )


def report(side: Described) -> str:
    """A page of what one side holds."""
    held = holdings(side.apis, side.pinned, Words(remembers=False))
    operations, models = pairing.operations(None, held), pairing.models(None, held)
    return page(held, _version(held), operations, models, None, {})


def _both(old: Described, new: Described) -> tuple[Holdings, Holdings]:
    """What both sides hold; documents are asked first, since packages do not know what is said in them."""
    words = Words(remembers=_is_package(old) or _is_package(new))
    held = {id(side): holdings(side.apis, side.pinned, words) for side in sorted((old, new), key=_is_package)}
    return held[id(old)], held[id(new)]


def _is_package(side: Described) -> bool:
    """Whether a side knows of no document."""
    return any(one.api.place is None or not one.api.place.file for one in side.apis)


def _version(held: Holdings) -> str:
    return f"version {held.versions[0]}" if len(held.versions) == 1 else f"{len(held.versions):,} documents"


def _versions(old: Holdings, new: Holdings) -> str:
    if len(old.versions) == len(new.versions) == 1:
        return f"{old.versions[0]} → {new.versions[0]}"
    return f"{len(old.versions):,} documents → {len(new.versions):,} documents"
