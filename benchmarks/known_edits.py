"""Finds known edits again: a document against a copy with random ones, and how long that takes.

    python benchmarks/known_edits.py DOCUMENT.json [EDITS [SEED]]

Exits 1 where an edit was not found, a change was told that nobody made, a level is wrong, or the comparison took
more than half as long as the reading of both documents. Times are of the processor.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from changes.finding import unmatched
from changes.mutations import Mutator
from ionapi_codegen.changes import places, sides
from ionapi_codegen.changes.compare import compare
from ionapi_codegen.diagnostics import Diagnostics


def main(path: Path, count: int, seed: int) -> int:
    text = path.read_text("utf-8")
    document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    mutator = Mutator(document, seed)
    edits = mutator.edit(count)
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        # As it was formatted, so that both sides take as long to read.
        edited = Path(folder) / f"edited{path.suffix}"
        told = (
            json.dumps(mutator.document, indent=2)
            if path.suffix == ".json"
            else yaml.safe_dump(mutator.document)
        )
        edited.write_text(told, "utf-8")
        began = time.process_time()
        old, new = sides.both(str(path), str(edited), "auto", Diagnostics())
        read = time.process_time()
        found = places.with_lines(compare(old.described, new.described), {})
        done = time.process_time()
    wrong = unmatched(edits, found)
    ratio = (done - began) / (read - began)
    kinds = len({edit.kind for edit in edits})
    sys.stdout.write(f"{len(edits)} edits of {kinds} kinds, {len(found)} changes told, {len(wrong)} wrong\n")
    sys.stdout.write(
        f"read {read - began:.2f} s, compared {done - read:.2f} s: {ratio:.2f} times the reading\n"
    )
    for line in wrong:
        sys.stdout.write(f"  {line}\n")
    return 1 if wrong or ratio > 1.5 else 0


if __name__ == "__main__":
    _, name, *rest = sys.argv
    numbers = [int(each) for each in rest]
    sys.exit(main(Path(name), *[*numbers, *(200, 1)[len(numbers) :]]))
