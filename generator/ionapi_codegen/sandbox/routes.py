"""Which operation a path belongs to, found segment by segment: the size of a document does not matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import unquote

T = TypeVar("T")

_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(slots=True)
class _Branch(Generic[T]):
    """What may follow one segment: fixed text first, then text with variables inside, then a variable
    alone."""

    fixed: dict[str, _Branch[T]] = field(default_factory=dict)
    mixed: dict[str, tuple[re.Pattern[str], _Branch[T]]] = field(default_factory=dict)
    variable: _Branch[T] | None = None
    methods: dict[str, tuple[T, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The target of a path and a method; `variables` hold the values of the template, decoded, by name."""

    target: T
    variables: dict[str, str]


class Routes(Generic[T]):
    """Path templates with a target for each method. Of several that fit a path, the more literal one wins."""

    def __init__(self) -> None:
        self._root: _Branch[T] = _Branch()

    def add(self, method: str, template: str, target: T) -> None:
        """`/orders/{id}.json`; what follows `?` or `#` is not part of a path. The first target for the same
        template and method stays."""
        branch = self._root
        for segment in _segments(re.split(r"[?#]", template, maxsplit=1)[0]):
            branch = _follow(branch, segment)
        branch.methods.setdefault(method, (target, tuple(_VARIABLE.findall(template))))

    def find(self, method: str, path: str) -> Found[T] | None:
        """The target for a path as it was sent, percent-encoding included, so that an encoded slash divides
        nothing. None where no template fits, or none has this method."""
        for branch, values in _walk(self._root, [unquote(segment) for segment in _segments(path)], 0):
            if method in branch.methods:
                target, names = branch.methods[method]
                return Found(target, dict(zip(names, values, strict=False)))
        return None

    def methods(self, path: str) -> list[str]:
        """The methods that some template has for this path."""
        branches = _walk(self._root, [unquote(segment) for segment in _segments(path)], 0)
        return sorted({method for branch, _ in branches for method in branch.methods})


def _segments(path: str) -> list[str]:
    return path.removeprefix("/").split("/")


def _follow(branch: _Branch[T], segment: str) -> _Branch[T]:
    if _VARIABLE.fullmatch(segment):
        branch.variable = branch.variable or _Branch()
        return branch.variable
    if not _VARIABLE.search(segment):
        return branch.fixed.setdefault(unquote(segment), _Branch())
    texts = [re.escape(unquote(text)) for text in _VARIABLE.split(segment)[::2]]
    pattern = "(.+?)".join(texts)
    return branch.mixed.setdefault(pattern, (re.compile(pattern, re.DOTALL), _Branch()))[1]


def _walk(branch: _Branch[T], segments: list[str], at: int) -> list[tuple[_Branch[T], tuple[str, ...]]]:
    """Every branch that the segments lead to, with the values of variables on the way, the most literal one
    first."""
    if at == len(segments):
        return [(branch, ())] if branch.methods else []
    segment = segments[at]
    ends: list[tuple[_Branch[T], tuple[str, ...]]] = []
    if segment in branch.fixed:
        ends += _walk(branch.fixed[segment], segments, at + 1)
    for pattern, follower in branch.mixed.values():
        if match := pattern.fullmatch(segment):
            ends += [(end, match.groups() + values) for end, values in _walk(follower, segments, at + 1)]
    if branch.variable is not None and segment:
        ends += [(end, (segment, *values)) for end, values in _walk(branch.variable, segments, at + 1)]
    return ends
