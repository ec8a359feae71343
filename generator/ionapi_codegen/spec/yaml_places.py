"""Where in a YAML text many values stand: found in one pass that builds nothing, and ends with the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ionapi_codegen.spec.load_yaml import YamlPlaces, events, spot_of
from ionapi_codegen.spec.syntax import Spot


@dataclass(slots=True)
class _Wanted:
    """What is wanted below a value: the way on by key, and the paths that end here."""

    path: tuple[str, ...] = ()
    below: dict[str, _Wanted] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A mapping or sequence on the way to something."""

    wanted: _Wanted
    is_mapping: bool
    index: int = 0
    key: _Wanted | None = None
    awaits_key: bool = True


def locate_all_yaml(text: str, paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Spot]:
    """For each path the place of its last member, as `YamlPlaces.locate` has it, or of the nearest one above
    it that there is."""
    wanted = list(dict.fromkeys(paths))
    found: dict[tuple[str, ...], Spot] | None = _spots(text, wanted)
    if found is None:
        places = YamlPlaces(text)
        return {path: places.locate(path) for path in wanted}
    spots: dict[tuple[str, ...], Spot] = {}
    for path in wanted:
        length = next((n for n in range(len(path), 0, -1) if path[:n] in found), 0)
        spots[path] = found[path[:length]] if length else Spot(1, 1)
    return spots


def _spots(text: str, paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Spot] | None:
    """The places of all members on the way to what is wanted. None where an alias stands for any of them, for
    what is below it is written elsewhere."""
    root, left = _tree(paths)
    found: dict[tuple[str, ...], Spot] = {}
    stack: list[_Open] = []
    skipped = 0
    for event in events(text):
        if skipped:
            skipped += _nesting(event)
            continue
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            stack.pop()
            continue
        if not isinstance(event, ScalarEvent | AliasEvent | MappingStartEvent | SequenceStartEvent):
            continue
        here = stack[-1] if stack else None
        node: _Wanted | None = root
        if here is not None and here.is_mapping:
            if here.awaits_key:
                if not isinstance(event, ScalarEvent) or event.value == "<<":
                    return None
                here.key, here.awaits_key = here.wanted.below.get(event.value), False
                if here.key is not None and here.key.path not in found:
                    found[here.key.path] = spot_of(event)
                    left -= 1
                continue
            node, here.awaits_key = here.key, True
        elif here is not None:
            node = here.wanted.below.get(str(here.index))
            here.index += 1
            if node is not None:
                found[node.path] = spot_of(event)
                left -= 1
        if node is not None and isinstance(event, AliasEvent) and node.below:
            return None
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if node is None or not node.below:
                skipped = 1
            else:
                stack.append(_Open(node, isinstance(event, MappingStartEvent)))
        if not left:
            break
    return found


def _tree(paths: Iterable[tuple[str, ...]]) -> tuple[_Wanted, int]:
    """What is wanted, and how many members there are in it."""
    root, count = _Wanted(), 0
    for path in paths:
        node = root
        for step in path:
            if step not in node.below:
                node.below[step] = _Wanted((*node.path, step))
                count += 1
            node = node.below[step]
    return root, count


def _nesting(event: Event) -> int:
    if isinstance(event, MappingStartEvent | SequenceStartEvent):
        return 1
    return -1 if isinstance(event, MappingEndEvent | SequenceEndEvent) else 0
