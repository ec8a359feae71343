"""What changed in the arguments of an operation."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from ionapi_codegen.changes.annotations import NONE
from ionapi_codegen.changes.facets import Facets
from ionapi_codegen.changes.matching import without_names
from ionapi_codegen.changes.scene import SENT, Scene, differ, digest, side, told
from ionapi_codegen.changes.spelling import short, value
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Location, Operation, Parameter
from ionapi_codegen.ir.schema import Enumeration, Kind, Scalar, Type
from ionapi_codegen.targets.python.fields import const
from ionapi_codegen.targets.python.values import behind, is_single, takes_text

_ALIKE = 0.6
"""How alike the names of a thing without a description must be to be the same thing renamed."""
_TEXT = "text"
_SHOWN_IN_TEXT = frozenset({"label", "matrix"})
_BARE = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DECIMAL})


def compare_parameters(scene: Scene, old: Operation, new: Operation) -> None:
    """Notes what changed in the parameters of an operation that both sides have."""
    if old.parameters == new.parameters:
        return
    comparison = _Comparison(scene, old, new)
    for one, other in comparison.pairs:
        comparison.compare(one, other)
    for one in comparison.removed:
        comparison.remove(one)
    for one in comparison.added:
        comparison.add(one)


class _Comparison:
    def __init__(self, scene: Scene, old: Operation, new: Operation) -> None:
        self._scene = scene
        self._where = scene.after.call(new)
        self._noun = "field" if scene.after.is_m3 else "parameter"
        self._before = scene.before.parameters(old)
        self._after = scene.after.parameters(new)
        self.pairs: list[tuple[Parameter, Parameter]] = []
        self.removed = list(old.parameters)
        self.added = list(new.parameters)
        for pairs in (
            self._by(lambda one: (one.location, _wire_name(one))),
            self._by_place(old, new),
            self._by(lambda one: _wire_name(one)),
            self._renamed(),
        ):
            found = list(pairs)
            self.pairs += found
            taken = {id(one) for both in found for one in both}
            self.removed = [one for one in self.removed if id(one) not in taken]
            self.added = [one for one in self.added if id(one) not in taken]

    def _by(self, key: Callable[[Parameter], Hashable]) -> Iterator[tuple[Parameter, Parameter]]:
        others = {key(one): one for one in self.added}
        for one in self.removed:
            if key(one) in others:
                yield one, others.pop(key(one))

    def _by_place(self, old: Operation, new: Operation) -> Iterator[tuple[Parameter, Parameter]]:
        """Variables of a path that is the same but for their names."""
        if without_names(old.path.raw) != without_names(new.path.raw):
            return
        left = {_position(one, old): one for one in self.removed if one.location is Location.PATH}
        right = {_position(one, new): one for one in self.added if one.location is Location.PATH}
        order_before = sorted(_position(one, old) for one in old.parameters if one.location is Location.PATH)
        order_after = sorted(_position(one, new) for one in new.parameters if one.location is Location.PATH)
        for place, other in zip(order_before, order_after, strict=False):
            if place in left and other in right:
                yield left[place], right[other]

    def _renamed(self) -> Iterator[tuple[Parameter, Parameter]]:
        for one in self.removed:
            twins = [other for other in self.added if self._is_twin(one, other)]
            if len(twins) == 1 and sum(self._is_twin(each, twins[0]) for each in self.removed) == 1:
                yield one, twins[0]

    def _is_twin(self, one: Parameter, other: Parameter) -> bool:
        return (
            (one.location, one.required, one.style, one.explode, one.media_type, one.default)
            == (other.location, other.required, other.style, other.explode, other.media_type, other.default)
            and one.docs.deprecated == other.docs.deprecated
            and self._scene.identity.same(one.type, other.type)
            and not differ(one.docs, other.docs)
            and (bool(digest(one.docs)) or are_alike(one.name.raw, other.name.raw))
        )

    def _called(self, one: Parameter, *, old: bool = False) -> str:
        if self._scene.after.is_m3:
            return f"{self._noun} {short(one.name.raw)}"
        names = self._before if old else self._after
        return f"{self._noun} {names[one.location, one.name]}"

    def compare(self, old: Parameter, new: Parameter) -> None:
        scene = self._scene
        if old == new and self._before[old.location, old.name] == self._after[new.location, new.name]:
            return
        subject = self._called(new)
        places = side(old.place), side(new.place)

        def note(
            kind: str,
            message: str,
            before: str | None = None,
            after: str | None = None,
            *,
            source: bool = False,
            wire: bool = False,
        ) -> None:
            values = replace(places[0], value=before), replace(places[1], value=after)
            scene.add(f"parameter-{kind}", self._where, message, *values, source=source, wire=wire)

        name, now = self._before[old.location, old.name], self._after[new.location, new.name]
        in_path = old.location is new.location is Location.PATH
        if name != now or (_wire_name(old) != _wire_name(new) and not in_path):
            wire = _wire_name(old) != _wire_name(new) and not in_path and new.required
            before, after = (name, now) if name != now else (old.name.raw, new.name.raw)
            message = f"{self._called(old, old=True)} was renamed to {short(after)}"
            note("renamed", message, short(before), short(after), source=name != now, wire=wire)
        if old.location is not new.location:
            before, after = old.location.value, new.location.value
            message = f"{subject} moved from the {before} to the {after}"
            note("moved", message, before, after, wire=new.required)
        if new.required and not old.required:
            message = f"{subject} became required"
            note("required", message, "optional", "required", source=const(new.type) is None, wire=True)
        elif old.required and not new.required:
            note("optional", f"{subject} became optional", "required", "optional")
        before, after = self._style(old, old=True), self._style(new, old=False)
        singles = is_single(old.type, scene.old), is_single(new.type, scene.new)
        told_by_type = singles[0] is not singles[1] and _TEXT in (before, after)
        if before != after and old.location is new.location and not told_by_type:
            message = f"{subject} is now written as {after}, was {before}"
            note("style-changed", message, before, after, wire=True)
        absorbed = frozenset() if new.required else frozenset({NONE})
        facets = Facets(
            scene,
            SENT,
            in_text=new.media_type is None,
            typed=not scene.after.is_m3,
            absorbed=absorbed,
            omits_null=True,
        )
        for facet in facets.of(old.type, new.type):
            joint = ": " if facet.name == "type-changed" else " "
            message = f"{subject}{joint}{facet.message}"
            note(facet.name, message, facet.old, facet.new, source=facet.source, wire=facet.wire)
        was_empty, is_empty = _may_be_empty(old, scene.old), _may_be_empty(new, scene.new)
        if was_empty and not is_empty and not takes_text(new.type, scene.new):
            note(
                "member-removed", f"{subject} can no longer be empty", source=not scene.after.is_m3, wire=True
            )
        elif is_empty and not was_empty and not takes_text(old.type, scene.old):
            note("member-added", f"{subject} may now be empty")
        if old.default != new.default:
            before, after = value(old.default), value(new.default)
            note("default-changed", f"{subject}: default now {after}, was {before}", before, after)
        scene.documented("parameter", self._where, subject, old.docs, new.docs, places)

    def remove(self, one: Parameter) -> None:
        message = told(self._called(one, old=True), "was removed")
        self._scene.add("parameter-removed", self._where, message, side(one.place), None, source=True)

    def add(self, one: Parameter) -> None:
        if one.required:
            message = f"{self._called(one)} was added, and is required"
            source = const(one.type) is None or one.location is Location.PATH
            kind = "parameter-added-required"
            self._scene.add(kind, self._where, message, None, side(one.place), source=source, wire=True)
        else:
            message = f"{self._called(one)} was added"
            self._scene.add("parameter-added", self._where, message, None, side(one.place))

    def _style(self, one: Parameter, *, old: bool) -> str:
        """How several values are written; of a single one only what shows in its text."""
        api = self._scene.old if old else self._scene.new
        if one.media_type is not None:
            return _TEXT if _is_alike_in_json(one.type, api) else short(one.media_type)
        if is_single(one.type, api):
            return one.style if one.style in _SHOWN_IN_TEXT else _TEXT
        return f"{one.style}, {'' if one.explode else 'not '}exploded"


def _is_alike_in_json(type: Type, api: Api) -> bool:
    """Whether values are written in JSON as they are in any text."""
    match behind(type, api):
        case Scalar(kind):
            return kind in _BARE
        case Enumeration(kinds=kinds):
            return kinds <= _BARE
        case _:
            return False


def _may_be_empty(one: Parameter, api: Api) -> bool:
    """Whether nothing may stand for the value, and no text that it could be anyway."""
    return one.allow_empty and not takes_text(one.type, api)


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be the same name, corrected."""
    first, second = (name.replace("_", "").replace("-", "").lower() for name in (one, other))
    return difflib.SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _wire_name(one: Parameter) -> str:
    return one.name.raw.lower() if one.location is Location.HEADER else one.name.raw


def _position(one: Parameter, operation: Operation) -> int:
    return operation.path.raw.find("{" + one.name.raw + "}")
