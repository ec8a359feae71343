"""What the page's script works with, as one JSON text: each text, type and row in it once.

Documents say the same again and again (M3's fields, GitHub's paging), and the two sides of a comparison are
nearly alike; so everything is a number that stands for its place in a table.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from ionapi_codegen.report_page.holdings import ModelTold, Named, OperationTold, Row
from ionapi_codegen.report_page.pairing import Pair
from ionapi_codegen.report_page.wording import plain

Entry = TypeVar("Entry")


class Fate(enum.Enum):
    """What became of an operation or a model, in the word that the page shows."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Table(Generic[Entry]):
    """Entries in the order in which they were first asked for."""

    def __init__(self) -> None:
        self._numbers: dict[Entry, int] = {}

    def number(self, entry: Entry) -> int:
        return self._numbers.setdefault(entry, len(self._numbers))

    def entries(self) -> list[Entry]:
        return list(self._numbers)


class Tables:
    """Collects what the script needs.

    A type is a list of numbers: a text from 0 upwards, a model from -1 downwards. A row is `[kind, name,
    type, required, notes, said]`. An operation is `[call, method, path, effect, deprecated, said, rows]`, a
    model `[name, kind, travels, deprecated, said, rows]`; a pair is `[old, new, old place, new place]` with
    -1 for what is not there, a place is `[file, pointer]` or 0.
    """

    def __init__(self, models: Sequence[Pair[ModelTold]]) -> None:
        self._texts: Table[str] = Table()
        self._types: Table[tuple[int, ...]] = Table()
        self._rows: Table[tuple[int, ...]] = Table()
        self._contents: Table[tuple[object, ...]] = Table()
        self._models = {
            one.key: number
            for number, pair in enumerate(models)
            for one in (pair.old, pair.new)
            if one is not None
        }
        self._texts.number("")

    def text(self, text: str) -> int:
        return self._texts.number(text)

    def operations(self, pairs: Iterable[Pair[OperationTold]]) -> list[list[object]]:
        return [
            [
                self._operation(pair.old),
                self._operation(pair.new),
                self._place(pair.old),
                self._place(pair.new),
            ]
            for pair in pairs
        ]

    def models(self, pairs: Iterable[Pair[ModelTold]]) -> list[list[object]]:
        return [
            [
                self._model(pair.old),
                self._model(pair.new),
                self._place(pair.old),
                self._place(pair.new),
            ]
            for pair in pairs
        ]

    def to_json(self, rest: Mapping[str, object]) -> str:
        """ASCII, and safe inside a `script` element: it holds neither `<` nor `&`."""
        tree = {
            "texts": self._texts.entries(),
            "types": self._types.entries(),
            "rows": self._rows.entries(),
            "contents": self._contents.entries(),
            **rest,
        }
        text = json.dumps(tree, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
        return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")

    def _operation(self, one: OperationTold | None) -> int:
        if one is None:
            return -1
        texts = (one.call, one.method, one.path, one.effect)
        rows = tuple(self._row(row) for row in one.rows)
        return self._contents.number((*map(self.text, texts), int(one.deprecated), self.text(one.said), rows))

    def _model(self, one: ModelTold | None) -> int:
        if one is None:
            return -1
        rows = tuple(self._row(row) for row in one.rows)
        texts = (one.key, one.kind, one.travels)
        return self._contents.number((*map(self.text, texts), int(one.deprecated), self.text(one.said), rows))

    def _row(self, row: Row) -> int:
        pieces = (
            -1 - self._models[piece.key] if isinstance(piece, Named) else self.text(piece)
            for piece in row.type
        )
        entry = (
            self.text(row.kind),
            self.text(row.name),
            self._types.number(tuple(pieces)),
            int(row.required),
            self.text(row.notes),
            self.text(row.said),
        )
        return self._rows.number(entry)

    def _place(self, one: OperationTold | ModelTold | None) -> object:
        if one is None or one.place is None:
            return 0
        return [self.text(plain(one.place.file)), self.text(plain(one.place.pointer))]


def fate(told: Sequence[object]) -> Fate:
    """What became of a pair, as the tables have it: the same number is the same text in every row."""
    old, new = told[:2]
    if old == -1 or new == -1:
        return Fate.ADDED if old == -1 else Fate.REMOVED
    return Fate.SAME if old == new else Fate.CHANGED
