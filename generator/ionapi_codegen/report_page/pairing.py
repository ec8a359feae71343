"""Which operation or model of the old side is which of the new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ionapi_codegen.report_page.holdings import Holdings, ModelTold, OperationTold

Told = TypeVar("Told", OperationTold, ModelTold)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Told]):
    """The same thing on both sides; None where a side has none."""

    old: Told | None
    new: Told | None

    @property
    def any(self) -> Told:
        """The new one, or else the old one."""
        found = self.new or self.old
        assert found is not None
        return found


def operations(old: Holdings | None, new: Holdings) -> tuple[Pair[OperationTold], ...]:
    """Those of the new side in its order, then what is gone. Without an old side nothing has a past."""
    if old is None:
        return tuple(Pair(one, one) for one in new.operations())
    return _paired(tuple(old.operations()), tuple(new.operations()), (_key, _call))


def models(old: Holdings | None, new: Holdings) -> tuple[Pair[ModelTold], ...]:
    if old is None:
        return tuple(Pair(one, one) for one in new.models.values())
    return _paired(tuple(old.models.values()), tuple(new.models.values()), (_model_key, _model_place))


def _paired(
    old: Sequence[Told], new: Sequence[Told], keys: Iterable[Callable[[Told], str]]
) -> tuple[Pair[Told], ...]:
    """By the first key for which both sides have one, each thing once."""
    left: dict[int, Told] = dict(enumerate(old))
    partner: dict[int, Told] = {}
    for key in keys:
        by_key = {key(one): place for place, one in reversed(left.items()) if key(one)}
        for place, one in enumerate(new):
            found = None if place in partner else by_key.get(key(one))
            if found is not None and found in left:
                partner[place] = left.pop(found)
    pairs: list[Pair[Told]] = [Pair(partner.get(place), one) for place, one in enumerate(new)]
    pairs += [Pair(one, None) for one in left.values()]
    return tuple(pairs)


def _key(one: OperationTold) -> str:
    return one.key


def _call(one: OperationTold) -> str:
    return one.call


def _model_key(one: ModelTold) -> str:
    return one.key


def _model_place(one: ModelTold) -> str:
    """Where it stands in its document, under whatever name."""
    api = one.key.rpartition(".")[0]
    return f"{api} {one.place.pointer}" if one.place is not None else ""
