"""Which module each model goes to, when one module would be too long for all of them.

A component has a module of its own name, together with what is written out inside it. What is tiny goes
to the component whose name its own extends (`OrderStatus` to `order`), or else to a module named by its
first word. So the place of a schema depends on its name and its size, not on how many others there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.schema import SchemaId
from ionapi_codegen.ir.text import Text
from ionapi_codegen.targets.python.models import needs
from ionapi_codegen.targets.python.names import allocate, wanted
from ionapi_codegen.targets.python.scopes import MODULES
from ionapi_codegen.targets.python.words import snake, words

LONGEST_MODULE = 500
"""Lines up to which all models of a document share one module."""

_TINY = 20


@dataclass(frozen=True, slots=True)
class _Chapter:
    """Schemas that are never parted: a component and what stands inside it."""

    ids: tuple[SchemaId, ...]
    words: tuple[str, ...]
    lines: int
    movable: bool


def modules(
    api: Api, names: Mapping[SchemaId, str], lines: Mapping[SchemaId, int], recursive: frozenset[SchemaId]
) -> dict[SchemaId, str]:
    """The module of each schema, by name; all empty where one module holds everything."""
    if sum(lines.values()) <= LONGEST_MODULE:
        return dict.fromkeys(api.schemas, "")
    chapters = _chapters(api, names, lines, recursive)
    hosts = {chapter.words for chapter in chapters if not (chapter.movable and chapter.lines < _TINY)}
    placed: dict[SchemaId, tuple[str, ...]] = {}
    for chapter in chapters:
        home = chapter.words if chapter.words in hosts else _host(chapter.words, hosts)
        placed.update(dict.fromkeys(chapter.ids, home))
    spelled = {home: snake(home) for home in set(placed.values())}
    found = allocate(MODULES, [wanted(name, Text(name)) for name in set(spelled.values())])
    return _without_cycles(
        {schema_id: found[spelled[home]] for schema_id, home in placed.items()}, api, recursive
    )


def _chapters(
    api: Api, names: Mapping[SchemaId, str], lines: Mapping[SchemaId, int], recursive: frozenset[SchemaId]
) -> list[_Chapter]:
    ids: dict[Text, list[SchemaId]] = {}
    for schema_id, schema in api.schemas.items():
        ids.setdefault(schema.hint[0] if schema.hint else Text(names[schema_id]), []).append(schema_id)
    chapters: list[_Chapter] = []
    for title, members in ids.items():
        own = set(members)
        outward = any(
            need not in own for schema_id in members for need in needs(api.schemas[schema_id], recursive)
        )
        spelled = words(title) or words(Text(names[members[0]]))
        chapters.append(
            _Chapter(tuple(members), spelled, sum(lines[schema_id] for schema_id in members), not outward)
        )
    return chapters


def _host(spelled: tuple[str, ...], hosts: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest beginning of the words that has a module, else the first word."""
    for length in range(len(spelled) - 1, 0, -1):
        if spelled[:length] in hosts:
            return spelled[:length]
    return spelled[:1]


def _without_cycles(
    placed: dict[SchemaId, str], api: Api, recursive: frozenset[SchemaId]
) -> dict[SchemaId, str]:
    """Modules that would have to be executed before each other become one, under the first name."""
    edges: dict[str, set[str]] = {module: set() for module in placed.values()}
    for schema_id, module in placed.items():
        edges[module] |= {placed[need] for need in needs(api.schemas[schema_id], recursive)} - {module}
    together: dict[str, str] = {}
    for module in sorted(edges):
        reached = _reachable(edges[module], edges)
        if module in reached:
            together[module] = min(other for other in reached if module in _reachable(edges[other], edges))
    return {schema_id: together.get(module, module) for schema_id, module in placed.items()}


def _reachable(starts: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    waiting, reached = list(starts), set[str]()
    while waiting:
        if (module := waiting.pop()) not in reached:
            reached.add(module)
            waiting.extend(edges[module])
    return reached
