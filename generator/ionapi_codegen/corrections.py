"""Whether the overlays of a package have corrected anything: an action without effect is a mistake, or no
longer needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ionapi_codegen.diagnostics import Diagnostics, Place
from ionapi_codegen.spec.overlay import Applied


def report_unused(
    overlays: Iterable[Path], applied: Sequence[Sequence[Applied]], diagnostics: Diagnostics
) -> None:
    """Adds a warning for each action whose target selects nothing in any of the documents, and for each
    overlay that was written for another document. `applied` says of each document what was applied to it."""
    if not applied:
        return  # None of the documents could be read, which has been said.
    for path in overlays:
        uses = [one for document in applied for one in document if one.name == str(path)]
        if not uses:
            diagnostics.warning(
                "overlay-unused",
                "the overlay was applied to no document: it names another one",
                Place(str(path), "/extends"),
                "correct extends, or remove the overlay from the configuration",
            )
            continue
        unmatched = [set(one.unmatched) for one in uses]
        for pointer in sorted(set.intersection(*unmatched)):
            diagnostics.warning(
                "overlay-unmatched",
                "the target of this action selects nothing: the action changes nothing",
                Place(str(path), f"{pointer}/target"),
                "correct it, or remove the action if the document no longer needs it",
            )
