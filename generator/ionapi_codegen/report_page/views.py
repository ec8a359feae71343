"""What the page's template sees: ready text, counted and measured.

`Markup` is text of our own that stands as it is; every other string is escaped by the template.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is, as the page writes it."""

    operations: str
    reads: str
    writes: str
    models: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group, and its bar in pixels."""

    name: str
    said: str
    count: str
    read_width: int
    write_width: int


@dataclass(frozen=True, slots=True)
class DrawingView:
    """A picture below its heading; `label` is what it is called to those who do not see it."""

    name: str
    count: str
    note: str
    label: str
    svg: Markup
    open: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change. `before` and `after` name the operation or model that it is about, on either side; empty
    where there is none. `old` and `new` are what stood there and what stands there now."""

    level: str
    breaks: tuple[str, ...]
    where: str
    message: str
    old: str | None
    new: str | None
    old_place: str
    new_place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A number and what it counts. `mood` is `bad`, `good` or `calm`."""

    mood: str
    count: int
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    mood: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The part of the page that a single side has not."""

    verdict: Verdict
    tiles: tuple[Tile, ...]
    levels: tuple[str, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page. `policy` is its Content-Security-Policy, `data` what its script works with."""

    title: str
    versions: str
    documents: tuple[str, ...]
    comparison: Comparison | None
    tally: Tally
    groups: tuple[GroupView, ...]
    drawings: tuple[DrawingView, ...]
    note: str
    policy: str
    style: Markup
    script: Markup
    data: Markup
