"""Random edits of a document are all found, none is invented, and each weighs what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from changes.finding import unmatched
from changes.mutations import EDITS, Mutator
from ionapi_codegen.changes import sides
from ionapi_codegen.changes.compare import compare
from ionapi_codegen.diagnostics import Diagnostics

DOCUMENT = Path(__file__).parents[2] / "specs" / "orders.yaml"


@pytest.mark.parametrize("seed", range(6))
def test_every_edit_is_found_and_none_invented(seed: int, tmp_path: Path) -> None:
    """A document against its edited copy: exactly the edits are told, at the level that they have."""
    mutator = Mutator(yaml.safe_load(DOCUMENT.read_text("utf-8")), seed)
    edits = mutator.edit(12)
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(mutator.document), "utf-8")
    old, new = sides.both(str(DOCUMENT), str(edited), "auto", Diagnostics())
    assert [] == unmatched(edits, compare(old.described, new.described))
    assert 12 == len(edits)


def test_there_are_edits_of_many_kinds() -> None:
    """What the benchmark asks of GitHub's document: edits of at least 25 kinds."""
    assert len(EDITS) >= 25
