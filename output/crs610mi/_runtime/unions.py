"""Which of several types a value is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from .shapes import KINDS, Codec, Fit, Mismatch, kind_of, name_of_kind, step
from .unset import UNSET
from .values import is_array, is_object, prepare

if TYPE_CHECKING:
    from .model import Model


class Discriminator:
    """The property that tells of which model an object is, and what its values mean.

    >>> Payment: TypeAlias = Annotated[
    ...     CardPayment | InvoicePayment,
    ...     Discriminator("kind", {"card": CardPayment, "invoice": "InvoicePayment"}),
    ... ]

    Args:
        property: the property's name on the wire.
        mapping: the model of each value; the name of a model is looked up among the models
            when it is first needed.
        default: the model of an object with another value, or with none.
    """

    def __init__(
        self,
        property: str,
        mapping: Mapping[str, type[Model] | str],
        *,
        default: type[Model] | str | None = None,
    ) -> None:
        self.property = property
        self.mapping = mapping
        self.default = default

    @property
    def models(self) -> list[type[Model] | str]:
        """What an object may be."""
        models = list(self.mapping.values())
        return models if self.default is None else [*models, self.default]

    def choose(self, value: Mapping[str, object]) -> type[Model] | str | None:
        """What the mapping has for an object; None where it has nothing."""
        told = value.get(self.property)
        found = self.mapping.get(told) if isinstance(told, str) else None
        return found or self.default

    def mismatch(self, value: Mapping[str, object]) -> Mismatch:
        """Why the mapping has nothing for an object."""
        told = value.get(self.property, UNSET)
        expected = " or ".join(repr(key) for key in list(self.mapping)[:5])
        found = (
            "nothing"
            if told is UNSET
            else "another value" if isinstance(told, str) else None
        )
        mismatch = Mismatch(expected, told, found)
        mismatch.steps.append(step(self.property))
        return mismatch


class Union(Codec):
    """`A | B`: by kind of JSON value; among several models, the one that fits best.

    A model fits that has all required properties and whose constants are equal; of these the
    one with the fewest properties left over, then with the most found, then the first that
    reads without a mismatch, then the first. Nothing fits: the object stays a dict.
    """

    def __init__(self, members: Sequence[Codec]) -> None:
        self.members = tuple(members)
        self.kinds = frozenset[type]().union(*(member.kinds for member in members))
        self.expected = " or ".join(
            dict.fromkeys(member.expected for member in members)
        )
        self.exact = any(member.exact for member in members)
        self.plain = all(member.plain for member in members)
        self.direct = all(member.direct for member in members)
        self.as_is = frozenset[type]().union(*(member.as_is for member in members))
        self.certain = all(self._certain(kind) for kind in self.kinds)
        self._of_kind = {kind: self._candidates(kind) for kind in KINDS}
        self._core = self._find_core()

    @property
    def core(self) -> Codec:
        return self._core

    def read(self, value: object) -> object:
        candidates = self._of_kind.get(kind_of(value), ())
        if len(candidates) == 1:
            return candidates[0].read(value)
        if is_object(value):
            found = self._best(candidates, value)
            return found.read(value) if found else value
        if is_array(value):
            found = _first_that_reads(candidates, value)
            return found.read(value) if found else value
        for candidate in candidates:
            read = candidate.read(value)
            if read is not value:
                return read
        return value

    def check(self, value: object) -> object:
        candidates = self._of_kind.get(value.__class__)
        if candidates is None:
            candidates = self._of_kind.get(kind_of(value), ())
        if len(candidates) == 1:
            return candidates[0].check(value)
        if is_object(value):
            best = self._best(candidates, value)
            candidates = (best,) if best else ()
        for candidate in candidates:
            try:
                return candidate.check(value)
            except Mismatch:
                if len(candidates) == 1:
                    raise
        found = None
        if kind_of(value) in self.kinds:
            found = f"{name_of_kind(value)} of none of these types"
        raise Mismatch(self.expected, value, found)

    def write(self, value: object, source: object) -> object:
        writers = [member for member in self.members if member.writes(value)]
        if not writers:
            return prepare(value)
        found = self._best(writers, value) if is_object(value) else None
        return (found or writers[0]).write(value, source)

    def writes(self, value: object) -> bool:
        return any(member.writes(value) for member in self.members)

    def fit(self, value: Mapping[str, object]) -> Fit | None:
        fits = (member.fit(value) for member in self._of_kind[dict])
        return min((fit for fit in fits if fit is not None), default=None)

    def inner(self) -> Iterable[Codec]:
        return self.members

    def _find_core(self) -> Codec:
        """The only member that does anything, as in `dt.date | str | None`, unless another
        one takes precedence over it, as in `str | dt.date`."""
        active = [member for member in self.members if not member.plain]
        if len(active) != 1:
            return self
        before = self.members[: self.members.index(active[0])]
        if any(member.kinds & active[0].kinds for member in before):
            return self
        return active[0].core

    def _certain(self, kind: type) -> bool:
        return any(member.certain for member in self.members if kind in member.kinds)

    def _candidates(self, kind: type) -> tuple[Codec, ...]:
        """The members to ask about values of a kind, up to the first that takes them all."""
        found: list[Codec] = []
        for member in self.members:
            if kind in member.kinds:
                found.append(member)
                if member.certain:
                    break
        return tuple(found)

    @staticmethod
    def _best(candidates: Sequence[Codec], value: Mapping[str, object]) -> Codec | None:
        fits = [(member.fit(value), member) for member in candidates]
        scores = [score for score, _ in fits if score is not None]
        if not scores:
            return None
        best = [member for score, member in fits if score == min(scores)]
        if len(best) == 1:
            return best[0]
        return _first_that_reads(best, value) or best[0]


class Discriminated(Codec):
    """A union whose discriminator names the model; an object of no model stays a dict.

    Args:
        discriminator: what tells the models apart.
        resolve: makes the codec of what the discriminator's mapping holds.
        union: the union itself, for values that are no objects, and for writing.
    """

    def __init__(
        self,
        discriminator: Discriminator,
        resolve: Callable[[type[Model] | str], Codec],
        union: Codec,
    ) -> None:
        self.discriminator = discriminator
        self.resolve = resolve
        self.union = union
        self.kinds = union.kinds | {dict}
        self.expected = union.expected
        self.exact = union.exact
        self.direct = union.direct
        self.as_is = union.as_is
        self._codecs: dict[type[Model] | str, Codec] = {}

    def read(self, value: object) -> object:
        if not is_object(value):
            return self.union.read(value)
        codec = self._codec(value)
        return codec.read(value) if codec else value

    def check(self, value: object) -> object:
        if not is_object(value):
            return self.union.check(value)
        codec = self._codec(value)
        if codec:
            return codec.check(value)
        raise self.discriminator.mismatch(value)

    def write(self, value: object, source: object) -> object:
        codec = self._codec(value) if is_object(value) else None
        return (codec or self.union).write(value, source)

    def writes(self, value: object) -> bool:
        return self.union.writes(value)

    def fit(self, value: Mapping[str, object]) -> Fit | None:
        codec = self._codec(value)
        return codec.fit(value) if codec else None

    def inner(self) -> Iterable[Codec]:
        return (self.union, *map(self.resolve, self.discriminator.models))

    def _codec(self, value: Mapping[str, object]) -> Codec | None:
        chosen = self.discriminator.choose(value)
        if chosen is None:
            return None
        codec = self._codecs.get(chosen)
        if codec is None:
            codec = self._codecs[chosen] = self.resolve(chosen)
        return codec


def _first_that_reads(candidates: Sequence[Codec], value: object) -> Codec | None:
    """The first of several that reads the value without a mismatch."""
    for candidate in candidates:
        try:
            candidate.check(value)
        except Mismatch:
            continue
        return candidate
    return None
