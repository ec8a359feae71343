"""What value a YAML text holds, read as JSON would be: YAML 1.2's core schema, string keys, no other tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ionapi_codegen.spec.syntax import (
    MOST_DEPTH,
    Spot,
    SyntaxFault,
    duplicate_key,
    number_too_long,
    quoted,
    too_deep,
)
from ionapi_codegen.spec.written import integer, number

MOST_ALIASED = 1_000_000
"""Values that a document may have by repeating others through aliases."""

Container: TypeAlias = "dict[str, object] | list[object]"
Spots: TypeAlias = "dict[int, dict[str, Spot]]"
"""For each container, by its `id`, where its members start."""

_PARSER: type[yaml.CLoader] | type[yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)
_TAG = "tag:yaml.org,2002:"
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_FIRST_OF_NUMBERS = frozenset("0123456789+-.")
_NO_TEXT = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")

_ALIAS = "write the value out, or put its anchor before the alias"
_CORRECT = "look at indentation, colons and quotes here and in the line above, or export the document again"
_MERGE = "write the keys out"
_UNTAGGED = "write the value without the tag"


def load_yaml(text: str) -> object:
    """The value of the text, None for one without any. Raises SyntaxFault for what is no YAML, and for what
    has no meaning in JSON: two documents, tags of one's own, keys that are no scalars, a key that stands
    twice."""
    return _Builder(None).build(text)


class YamlPlaces:
    """A text read a second time, with the places of all its values."""

    def __init__(self, text: str) -> None:
        self._spots: Spots = {}
        self._value = _Builder(self._spots).build(text)

    def locate(self, path: Sequence[str]) -> Spot:
        found = Spot(1, 1)
        value = self._value
        for step in path:
            spot = self._spots.get(id(value), {}).get(step)
            if spot is None:
                break
            found = spot
            if isinstance(value, dict):
                value = value[step]
            elif isinstance(value, list):
                value = value[int(step)]
        return found


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not been reached. `begin` is its own place, `start` that of its
    last key; `size` and `height` count what aliases stand for."""

    value: Container
    begin: Spot
    start: Spot
    anchor: str | None
    key: str | None = None
    spots: dict[str, Spot] = field(default_factory=dict)
    merged: list[dict[str, object]] = field(default_factory=list)
    merging: bool = False
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: object
    size: int
    height: int


class _Builder:
    """Builds the value from the parser's events with a stack of its own, so that nesting and aliases are
    counted before they cost anything."""

    def __init__(self, spots: Spots | None) -> None:
        self._spots = spots
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._aliased = 0
        self._result: object = None

    def build(self, text: str) -> object:
        documents = 0
        for event in events(text):
            match event:
                case ScalarEvent():
                    self._scalar(event)
                case MappingStartEvent() | SequenceStartEvent():
                    self._open(event)
                case MappingEndEvent() | SequenceEndEvent():
                    self._close()
                case AliasEvent():
                    self._alias(event)
                case DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise SyntaxFault(
                            "yaml-documents",
                            "a second document starts here; a file holds one",
                            spot_of(event),
                            "move it to a file of its own, or remove the line ---",
                        )
                case _:
                    continue
        return self._result

    def _scalar(self, event: ScalarEvent) -> None:
        if self._awaits_key():
            self._key(event)
            return
        text = event.value
        if event.tag == "!" or event.implicit[1]:
            value: object = text
        elif event.implicit[0]:
            value = _plain(text, event)
        else:
            value = _tagged(text, event)
        self._add(value, 1, 0, spot_of(event))
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, 1, 0)

    def _awaits_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None

    def _key(self, event: ScalarEvent) -> None:
        owner = self._stack[-1]
        text = event.value
        owner.start = spot_of(event)
        owner.merging = event.implicit[0] and text == "<<"
        if event.implicit[0] and _WORDS.get(text, text) is None:
            text = "null"
        owner.key = text
        if not owner.merging:
            if text in owner.spots:
                raise duplicate_key(text, owner.spots[text], owner.start)
            owner.spots[text] = owner.start
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(text, 1, 0)

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        spot = spot_of(event)
        if self._awaits_key():
            raise _no_key(spot)
        kind = "map" if isinstance(event, MappingStartEvent) else "seq"
        if not event.implicit and event.tag not in (_TAG + kind, "!"):
            raise _foreign_tag(event.tag, spot)
        if len(self._stack) == MOST_DEPTH:
            raise too_deep(spot)
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Open({} if kind == "map" else [], spot, spot, event.anchor))

    def _close(self) -> None:
        done = self._stack.pop()
        if isinstance(done.value, dict):
            self._merge(done, done.value)
        if self._spots is not None:
            self._spots[id(done.value)] = done.spots
        if done.anchor is not None:
            self._anchors[done.anchor] = _Anchored(done.value, done.size, done.height)
        self._add(done.value, done.size, done.height, done.begin)

    def _merge(self, owner: _Open, value: dict[str, object]) -> None:
        """Adds what `<<` brings: keys that are not there yet, the first mapping that has one giving its
        value."""
        for source in owner.merged:
            for key, member in source.items():
                if key not in value:
                    value[key] = member
                    if self._spots is not None:
                        owner.spots[key] = self._spots[id(source)][key]

    def _alias(self, event: AliasEvent) -> None:
        spot = spot_of(event)
        name = event.anchor or ""
        anchored = self._anchors.get(name)
        if anchored is None:
            around = any(each.anchor == name for each in self._stack)
            reason = "stands for a value that it is part of" if around else "has no anchor before it"
            raise SyntaxFault("yaml-alias", f"the alias {quoted('*' + name)} {reason}", spot, _ALIAS)
        if self._awaits_key():
            if not isinstance(anchored.value, str):
                raise _no_key(spot)
            owner = self._stack[-1]
            if anchored.value in owner.spots:
                raise duplicate_key(anchored.value, owner.spots[anchored.value], spot)
            owner.key, owner.start, owner.merging = anchored.value, spot, False
            owner.spots[anchored.value] = spot
            return
        self._aliased += anchored.size
        if self._aliased > MOST_ALIASED:
            raise SyntaxFault(
                "yaml-aliases",
                f"with its aliases written out the document has over {MOST_ALIASED:,} values",
                spot,
                "use fewer aliases, or refer to components with $ref",
            )
        if len(self._stack) + anchored.height > MOST_DEPTH:
            raise too_deep(spot)
        self._add(anchored.value, anchored.size, anchored.height, spot)

    def _add(self, value: object, size: int, height: int, spot: Spot) -> None:
        if not self._stack:
            self._result = value
            return
        owner = self._stack[-1]
        owner.size += size
        owner.height = max(owner.height, height + 1)
        if isinstance(owner.value, list):
            if self._spots is not None:
                owner.spots[str(len(owner.value))] = spot
            owner.value.append(value)
            return
        key, owner.key = owner.key, None
        if key is None:
            raise AssertionError("a value of a mapping comes after its key")
        if owner.merging:
            owner.merged.extend(_mappings(value, owner.start))
        else:
            owner.value[key] = value


def events(text: str) -> Iterator[Event]:
    """What the parser finds. Raises SyntaxFault for what is no YAML."""
    try:
        parser = _PARSER(text)
        while isinstance(event := parser.get_event(), Event) and not isinstance(event, StreamEndEvent):
            yield event
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        spot = Spot(mark.line + 1, mark.column + 1) if mark is not None else Spot(1, 1)
        problem = failure.problem or failure.context or "it cannot be read"
        raise SyntaxFault("yaml-syntax", f"this is not valid YAML: {problem}", spot, _CORRECT) from None
    except yaml.YAMLError:
        found = _NO_TEXT.search(text)
        spot = Spot.of(text, found.start() if found else 0)
        raise SyntaxFault(
            "yaml-syntax",
            "this is not valid YAML: the file has a control character here",
            spot,
            "remove the character, or write it as an escape in double quotes",
        ) from None


def _plain(text: str, event: Event) -> object:
    if text[:1] not in _FIRST_OF_NUMBERS:
        return _WORDS.get(text, text)
    try:
        if _INTEGER.fullmatch(text):
            return integer(int(text), text)
        if _FLOAT.fullmatch(text):
            return number(float(text), text)
        if _OTHER_BASE.fullmatch(text):
            return integer(int(text, 0), text)
    except ValueError:
        raise number_too_long(spot_of(event)) from None
    return _WORDS.get(text, text)


def _tagged(text: str, event: ScalarEvent) -> object:
    if event.tag == _TAG + "str":
        return text
    value = _plain(text, event)
    kinds: dict[str | None, type | tuple[type, ...]] = {
        _TAG + "int": int,
        _TAG + "float": (int, float),
        _TAG + "bool": bool,
        _TAG + "null": type(None),
    }
    kind = kinds.get(event.tag)
    if kind is None:
        raise _foreign_tag(event.tag, spot_of(event))
    if not isinstance(value, kind):
        raise SyntaxFault(
            "yaml-tag",
            f"{quoted(text)} is no value of the kind that its tag names",
            spot_of(event),
            _UNTAGGED,
        )
    return float(value) if event.tag == _TAG + "float" and isinstance(value, int) else value


def _mappings(value: object, spot: Spot) -> Iterator[dict[str, object]]:
    sources: list[object] = value if isinstance(value, list) else [value]
    for source in sources:
        if not isinstance(source, dict):
            raise SyntaxFault(
                "yaml-merge", "what << adds must be a mapping or a list of mappings", spot, _MERGE
            )
        yield source


def _no_key(spot: Spot) -> SyntaxFault:
    return SyntaxFault(
        "yaml-key", "a list or an object cannot be a key", spot, "put text with braces or brackets in quotes"
    )


def _foreign_tag(tag: str | None, spot: Spot) -> SyntaxFault:
    shown = quoted((tag or "!").replace(_TAG, "!!"))
    return SyntaxFault("yaml-tag", f"the tag {shown} has no meaning in JSON", spot, _UNTAGGED)


def spot_of(event: Event) -> Spot:
    """Where it begins."""
    mark = event.start_mark
    return Spot(mark.line + 1, mark.column + 1) if mark is not None else Spot(1, 1)
