"""One document on both sides while it is compared, and the changes that are found in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from ionapi_codegen.changes.annotations import Annotations
from ionapi_codegen.changes.identity import Identity
from ionapi_codegen.changes.model import Breaks, Change, Level, Side
from ionapi_codegen.changes.names import Names
from ionapi_codegen.diagnostics import Place
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.facts import Direction
from ionapi_codegen.ir.schema import Docs, SchemaId

_LETTERS = 6
"""Of a digest: other words go unnoticed once in 16 million changes, and most of a kept model is digests."""

DIGEST = "\0"
"""What the description begins with of which only a digest is known, as in a package's manifest."""


@dataclass(frozen=True, slots=True)
class Way:
    """Which way values travel: by the calls of the old client (`sent`, `received`), which its callers' code
    was written for, and on the wire on both sides."""

    sent: bool
    received: bool
    sent_on_wire: bool
    received_on_wire: bool


SENT = Way(sent=True, received=False, sent_on_wire=True, received_on_wire=False)
RECEIVED = Way(sent=False, received=True, sent_on_wire=False, received_on_wire=True)


@dataclass(frozen=True, slots=True)
class Scene:
    """Both sides of a document, and how their things correspond."""

    old: Api
    new: Api
    before: Names
    after: Names
    identity: Identity
    annotations: Annotations
    ways_before: dict[SchemaId, Direction]
    ways_after: dict[SchemaId, Direction]
    found: list[Change] = field(default_factory=list)

    def add(
        self,
        kind: str,
        where: str,
        message: str,
        old: Side | None,
        new: Side | None,
        *,
        source: bool = False,
        wire: bool = False,
        documentation: bool = False,
    ) -> None:
        """Notes a change. What breaks nothing is compatible, unless it is about the documentation alone."""
        breaks = (*([Breaks.SOURCE] if source else []), *([Breaks.WIRE] if wire else []))
        level = Level.BREAKING if breaks else Level.DOCUMENTATION if documentation else Level.COMPATIBLE
        self.found.append(Change(level, breaks, kind, where, message, old, new))

    def way(self, old: SchemaId, new: SchemaId) -> Way:
        """Which way values of a schema travel. What no operation needs is told as if it went both ways: a
        caller may use its class."""
        one, other = self.ways_before.get(old), self.ways_after.get(new)
        sent, received = one is not Direction.RESPONSE, one is not Direction.REQUEST
        used = one is not None and other is not None
        return Way(
            sent,
            received,
            used and sent and other is not Direction.RESPONSE,
            used and received and other is not Direction.REQUEST,
        )

    def documented(
        self, noun: str, where: str, subject: str, old: Docs, new: Docs, places: tuple[Side, Side]
    ) -> None:
        """Notes what changed in the words that the document has for a thing, and whether it is deprecated."""
        if old is new:
            return
        if old.deprecated != new.deprecated:
            word = "is now deprecated" if new.deprecated else "is no longer deprecated"
            kind = f"{noun}-deprecated" if new.deprecated else f"{noun}-undeprecated"
            self.add(kind, where, told(subject, word), *places)
        if differ(old, new):
            self.add(
                f"{noun}-docs-changed",
                where,
                told(subject, "is described in other words"),
                *places,
                documentation=True,
            )


def told(subject: str, predicate: str) -> str:
    """`parameter page` and `became required` as one message; without a subject the name says it."""
    return f"{subject} {predicate}" if subject else predicate


def side(place: Place | None, value: str | None = None) -> Side:
    """What stands at a place."""
    written = place if place is not None and place.file else None
    return Side(value, None, place.pointer if place is not None else "", written)


def differ(old: Docs, new: Docs) -> bool:
    """Whether two things are described in other words, examples aside."""
    if old.summary == new.summary and old.description == new.description:
        return False
    return digest(old) != digest(new)


def digest(docs: Docs) -> str:
    """A short digest of the words; empty without any."""
    description = "" if docs.description is None else docs.description.raw
    if description.startswith(DIGEST):
        return description.removeprefix(DIGEST)
    summary = "" if docs.summary is None else docs.summary.raw
    if not summary and not description:
        return ""
    text = f"{summary}\n\n{description}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:_LETTERS]


def joined(messages: Iterable[str]) -> str:
    return "; ".join(messages)
