"""In what two types differ, piece by piece: null, values, members, limits, and whom each piece breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ionapi_codegen.changes.annotations import NONE, Annotation, assignable, equivalent
from ionapi_codegen.changes.discriminators import Telling
from ionapi_codegen.changes.limits import limit_changes
from ionapi_codegen.changes.scene import Scene, Way
from ionapi_codegen.changes.spelling import short, spelled, value
from ionapi_codegen.changes.wire import Wire
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import (
    Alias,
    Anything,
    Array,
    Constraints,
    Enumeration,
    Kind,
    Map,
    Nullable,
    Ref,
    Scalar,
    TupleOf,
    Type,
    Union,
)

_NOTHING: Annotation = frozenset()
_DEEPEST = 12
"""Aliases that stand for aliases, which may lead back to themselves."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One piece of a difference. `name` is the end of its kind; `message` is what follows the subject; `old`
    and `new` are the values of both sides."""

    name: str
    message: str
    old: str | None
    new: str | None
    source: bool
    wire: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The comparison of two types. `in_text` is whether values are written as text; `absorbed` what
    both annotations take beside their types (None for an argument that may be left out); `typed` whether type
    checkers see the types at all; `omits_null` whether null is never sent, as None is of an argument."""

    scene: Scene
    way: Way
    in_text: bool = False
    typed: bool = True
    omits_null: bool = False
    absorbed: Annotation = frozenset()
    inside: bool = False
    depth: int = 0

    def of(self, old: Type, new: Type) -> Iterator[Facet]:
        """The pieces; none where both say the same."""
        if self.scene.identity.same(old, new):
            return
        match old, new:
            case Nullable(before), Nullable(after):
                yield from self.of(before, after)
            case Nullable(before), _ if not self._takes_null(new, self.scene.new):
                yield self._null(
                    "not-nullable", "can no longer be null", self.way.sent, self.way.sent_on_wire
                )
                yield from self.of(before, new)
            case _, Nullable(after) if not self._takes_null(old, self.scene.old):
                yield self._null("nullable", "may now be null", self.way.received, self.way.received_on_wire)
                yield from self.of(old, after)
            case Scalar(), Scalar() if old.kind is new.kind:
                yield from self._scalar(old, new)
            case Enumeration(), Enumeration() if old.kinds & new.kinds:
                yield from self._values(old, new)
            case Scalar(kind), Enumeration(kinds=kinds) if kind in kinds:
                yield self._facet("values-listed", f"now has listed values only: {self._new(new)}", old, new)
            case Enumeration(kinds=kinds), Scalar(kind) if kind in kinds:
                yield self._facet("values-unlisted", "is no longer one of listed values", old, new)
            case Array(before, limits), Array(after, others):
                yield from self._inner("items", before, after)
                yield from self._limits(limits, others)
            case Map(before, limits), Map(after, others):
                yield from self._inner("values", before, after)
                yield from self._limits(limits, others)
            case TupleOf(items, rest), TupleOf(others, tail) if len(items) == len(
                others
            ) and self.scene.identity.same(rest, tail):
                for place, (before, after) in enumerate(zip(items, others, strict=True), 1):
                    yield from self._inner(f"item {place}", before, after)
            case _ if (pair := self._resolved(old, new)) is not None:
                yield from replace(self, depth=self.depth + 1).of(*pair)
            case (Union(), _) | (_, Union()):
                yield from self._members(old, new)
            case _:
                yield self._changed(old, new)

    def spelled_alias(self, type: Type, *, of_new: bool) -> str:
        """A type of one side in words."""
        return self._new(type) if of_new else self._old(type)

    def _resolved(self, old: Type, new: Type) -> tuple[Type, Type] | None:
        """The types that aliases stand for, where one side has no name for it, or another one."""
        if self.depth > _DEEPEST:
            return None
        before, after = old, new
        if isinstance(old, Ref) and isinstance(alias := self.scene.identity.old.schemas[old.target], Alias):
            before = alias.type
        if isinstance(new, Ref) and isinstance(alias := self.scene.identity.new.schemas[new.target], Alias):
            after = alias.type
        return None if before is old and after is new else (before, after)

    def _takes_null(self, type: Type, api: Api) -> bool:
        match type:
            case Nullable() | Anything() | Scalar(kind=Kind.NULL):
                return True
            case Union(members):
                return any(self._takes_null(one, api) for one in members if not isinstance(one, Ref))
            case Ref(target) if isinstance(alias := api.schemas[target], Alias):
                return isinstance(alias.type, Nullable | Anything)
            case _:
                return False

    def _null(self, name: str, message: str, source: bool, wire: bool) -> Facet:
        source = (source and NONE not in self.absorbed) or self.inside
        return Facet(name, message, None, None, self.typed and source, wire and not self.omits_null)

    def _scalar(self, old: Scalar, new: Scalar) -> Iterator[Facet]:
        if old.format != new.format:
            before, after = (short(one.format.raw) if one.format else "none" for one in (old, new))
            message = f"format now {after}, was {before}"
            yield Facet("format-changed", message, before, after, False, False)
        yield from self._limits(old.constraints, new.constraints)

    def _values(self, old: Enumeration, new: Enumeration) -> Iterator[Facet]:
        if old.kinds != new.kinds:
            yield self._changed(old, new)
            return
        gone = [one for one in old.values if one not in new.values]
        come = [one for one in new.values if one not in old.values]
        before, after = self._before(old), self._after(new)
        mixed = self.inside and not equivalent(before, after)
        if gone:
            listed = ", ".join(map(value, gone))
            source = mixed or (self.way.sent and not assignable(before, after | self.absorbed))
            wire = self.way.sent_on_wire and not self._sent(old, new)
            message = f"no longer has the value {listed}"
            yield Facet("value-removed", message, listed, None, self.typed and source, wire)
        if come:
            listed = ", ".join(map(value, come))
            source = (mixed and not gone) or (self.way.received and not assignable(after, before))
            wire = self.way.received_on_wire and not self._received(old, new)
            message = f"now has the value {listed}"
            yield Facet("value-added", message, None, listed, self.typed and source, wire)

    def _members(self, old: Type, new: Type) -> Iterator[Facet]:
        same = self.scene.identity.same
        before = list(old.members) if isinstance(old, Union) else [old]
        after = list(new.members) if isinstance(new, Union) else [new]
        gone = [one for one in before if not any(same(one, other) for other in after)]
        come = [one for one in after if not any(same(other, one) for other in before)]
        if len(gone) == len(come) == 1 and len(before) == len(after):
            yield from replace(self, depth=self.depth + 1).of(gone[0], come[0])
            return
        if len(gone) == len(before):
            yield self._changed(old, new)
            return
        whole = self._facet("", "", old, new)
        for one in gone:
            told = self._facet("member-removed", f"can no longer be {self._old(one)}", old, new)
            sent = self.way.sent and not self._is_part(self._before(one), self._after(new))
            source = self.typed and (sent or (self.inside and whole.source))
            wire = self.way.sent_on_wire and not self._sent(one, new)
            yield replace(told, old=self._old(one), new=None, source=source, wire=wire)
        for one in come:
            told = self._facet("member-added", f"may now be {self._new(one)}", old, new)
            received = self.way.received and not self._is_part(self._after(one), self._before(old))
            source = self.typed and (received or (self.inside and whole.source))
            wire = self.way.received_on_wire and not self._received(old, one)
            yield replace(told, old=None, new=self._new(one), source=source, wire=wire)
        if not gone and not come:
            told = replace(whole, name="type-changed", message="is told apart in another way")
            yield replace(told, wire=whole.wire or self._confused(old, new))

    def _confused(self, old: Type, new: Type) -> bool:
        """Whether one side makes something else of an object than the other means."""
        if not (isinstance(old, Union) and isinstance(new, Union)) or old.discriminator is None:
            return False
        if new.discriminator is None:
            return self.way.sent_on_wire or self.way.received_on_wire
        return Telling(self.scene.identity, self.way, old.discriminator, new.discriminator).confuses()

    def _inner(self, part: str, old: Type, new: Type) -> Iterator[Facet]:
        inner = replace(self, inside=True, absorbed=_NOTHING, omits_null=False, depth=self.depth + 1)
        for facet in inner.of(old, new):
            joint = ": " if facet.name == "type-changed" else " "
            yield replace(facet, message=f"{part}{joint}{facet.message}")

    def _limits(self, old: Constraints, new: Constraints) -> Iterator[Facet]:
        for is_tighter, message, before, after in limit_changes(old, new):
            wire = is_tighter and self.way.sent_on_wire
            name = "tightened" if is_tighter else "loosened"
            yield Facet(name, message, before, after, False, wire)

    def _changed(self, old: Type, new: Type) -> Facet:
        before, after = self._old(old), self._new(new)
        if before == after:
            before, after = f"{before} ({_kind(old)})", f"{after} ({_kind(new)})"
        return self._facet("type-changed", f"{before} -> {after}", old, new)

    def _facet(self, name: str, message: str, old: Type, new: Type) -> Facet:
        before, after = self._before(old), self._after(new)
        if self.inside:
            source = not equivalent(before, after)
        else:
            source = (self.way.sent and not assignable(before, after | self.absorbed)) or (
                self.way.received and not assignable(after, before | self.absorbed)
            )
        wire = (self.way.sent_on_wire and not self._sent(old, new)) or (
            self.way.received_on_wire and not self._received(old, new)
        )
        return Facet(name, message, self._old(old), self._new(new), self.typed and source, wire)

    def _before(self, type: Type) -> Annotation:
        return self.scene.annotations.old(type)

    def _after(self, type: Type) -> Annotation:
        return self.scene.annotations.new(type)

    def _old(self, type: Type) -> str:
        return spelled(type, lambda schema_id: self.scene.before.schemas[schema_id])

    def _new(self, type: Type) -> str:
        return spelled(type, lambda schema_id: self.scene.after.schemas[schema_id])

    def _sent(self, old: Type, new: Type) -> bool:
        return Wire(self.scene.identity, reads=False, in_text=self.in_text).sent(old, new)

    def _received(self, old: Type, new: Type) -> bool:
        return Wire(self.scene.identity, reads=True, in_text=self.in_text).received(old, new)

    def _is_part(self, one: Annotation, other: Annotation) -> bool:
        return assignable(one, other | self.absorbed)


def _kind(type: Type) -> str:
    """What tells types apart that are annotated alike."""
    match type:
        case Scalar(kind):
            return kind.value
        case Array(items) | Map(items) | Nullable(items):
            return _kind(items)
        case _:
            return type.__class__.__name__.lower().strip("_")
