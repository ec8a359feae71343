"""Which documents are measured, and what their index says of them."""

from __future__ import annotations

import csv
import fnmatch
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Document:
    """`name` is its path in the corpus, `file` the file to read, which in a document of many files is the one
    that the file ENTRY in its `folder` names. `real` tells documents of real APIs from those of other tools'
    tests."""

    name: str
    file: Path
    real: bool
    folder: Path | None = None

    @property
    def spec(self) -> str:
        """What to give to the generator."""
        return str(self.folder or self.file)

    @property
    def package(self) -> str:
        """A name for its package: unique, and good for a module."""
        words = re.sub(r"[^a-z0-9]+", "_", self.name.lower()).strip("_")
        if len(words) > _LONGEST:
            words = f"{words[:_LONGEST]}_{hashlib.sha256(self.name.encode()).hexdigest()[:8]}"
        return f"d_{words}"


def listed(folder: Path) -> list[Document]:
    """The documents of a corpus: a folder with an INDEX.tsv (`path`, `kind`)."""
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, dialect="excel-tab"))
    return [_document(folder / row["path"], row) for row in rows]


def sample() -> list[str]:
    """The names of the documents that `make test` measures."""
    lines = (HERE / "sample.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def chosen(documents: Iterable[Document], patterns: Iterable[str]) -> list[Document]:
    """The documents whose names match one of the patterns (`t-nswag/*`); all where there is no pattern.

    Raises:
        ValueError: a pattern matches nothing, or two documents would get one package.
    """
    found = list(documents)
    wanted = tuple(patterns)
    for pattern in wanted:
        if not any(fnmatch.fnmatchcase(one.name, pattern) for one in found):
            raise ValueError(f"no document is called {pattern}")
    if wanted:
        found = [one for one in found if any(fnmatch.fnmatchcase(one.name, each) for each in wanted)]
    taken: dict[str, str] = {}
    for one in found:
        other = taken.setdefault(one.package, one.name)
        if other != one.name:
            raise ValueError(f"{other} and {one.name} would both get the package {one.package}")
    return found


def _document(path: Path, row: Mapping[str, str]) -> Document:
    real = row["kind"] == "real API"
    if path.is_dir():
        entry = (path / "ENTRY").read_text("utf-8").strip()
        return Document(row["path"], path / entry, real, path)
    return Document(row["path"], path, real)
