"""How operations answer page by page where `ionapi.toml` says it, in place of what their documents show."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ionapi_codegen.config import PagesSettings
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import (
    ByCursor,
    ByLastItem,
    ByLink,
    ByOffset,
    ByPage,
    Effect,
    Location,
    Operation,
    Pagination,
    Step,
    Way,
)
from ionapi_codegen.ir.schema import Anything, Array, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower.page_answers import Answer, Items, answer

_CODE = "config-pagination"


def apply(
    apis: Mapping[str, Api], chosen: Mapping[str, PagesSettings], diagnostics: Diagnostics
) -> dict[str, Api]:
    """The documents of a package with the pages that its user has chosen, by operationId or by where the
    operation stands. Whatever does not fit the documents is an error."""
    named: set[str] = set()
    found: dict[str, Api] = {}
    for name, api in apis.items():
        operations: list[Operation] = []
        for operation in api.operations:
            keys = [key for key in _keys(operation) if key in chosen]
            named.update(keys)
            if keys:
                pages = _Choice(keys[0], chosen[keys[0]], operation, api, diagnostics).pages()
                operation = replace(operation, pages=pages)
            operations.append(operation)
        found[name] = replace(api, operations=tuple(operations))
    known = sorted({key for api in apis.values() for each in api.operations for key in _keys(each)})
    for key in chosen:
        if key not in named:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "name it by its operationId or its JSON pointer"
            diagnostics.error(_CODE, f"the documents have no operation {key!r}", chosen[key].place, hint)
    return found


def _keys(operation: Operation) -> tuple[str, ...]:
    written = () if operation.id is None else (operation.id.raw,)
    return written if operation.place is None else (*written, operation.place.pointer)


class _Choice:
    """One entry of the configuration, held against the operation that it names."""

    def __init__(
        self, key: str, said: PagesSettings, operation: Operation, api: Api, diagnostics: Diagnostics
    ) -> None:
        self._key = key
        self._said = said
        self._operation = operation
        self._api = api
        self._diagnostics = diagnostics

    def pages(self) -> Pagination | None:
        """The pages; None where there are to be none, or where something is wrong, which has been said."""
        said = self._said
        if said.kind is None:
            return None
        if self._operation.effect is not Effect.READ:
            self._refuse(f"{self._key} changes data", "only what reads can be repeated page by page")
            return None
        value = answer(self._operation, self._api.schemas)
        if value is None:
            self._refuse(f"{self._key} does not answer with JSON of one type", f"write {self._key} = false")
            return None
        items = self._items(value)
        step = self._step(value, items) if items is not None else None
        more = self._way(value, value.type, "more", said.more)
        if items is None or step is None or more is None:
            return None
        return Pagination(step, items.item, items.way, more or None)

    def _step(self, value: Answer, items: Items) -> Step | None:
        said = self._said
        following = self._way(value, value.type, "next", said.next)
        count = self._way(value, value.type, "count", said.count)
        key = self._way(value, items.item, "key", said.key)
        parameter = Text(said.parameter or "")
        if following is None or count is None or key is None or not self._has(parameter):
            return None
        match said.kind:
            case "offset":
                return ByOffset(parameter, 0 if said.first is None else said.first)
            case "page":
                return ByPage(parameter, 1 if said.first is None else said.first, count or None)
            case "cursor":
                return ByCursor(parameter, following)
            case "last-item":
                return ByLastItem(parameter, key)
            case _:
                return ByLink(following or None)

    def _has(self, parameter: Text) -> bool:
        """Whether the operation has the query parameter, or none is needed."""
        asked = [each.name for each in self._operation.parameters if each.location is Location.QUERY]
        if not parameter or parameter in asked:
            return True
        has = ", ".join(repr(each.raw)[1:-1] for each in asked)
        self._refuse(
            f"{self._key} has no query parameter {parameter.raw!r}", f"it has {has}" if has else "it has none"
        )
        return False

    def _items(self, value: Answer) -> Items | None:
        if self._said.items is None:
            found = value.items(self._operation.path)
            if found is None:
                self._refuse(f"the answer of {self._key} has no list, or several", "say which: items = …")
            return found
        way = self._way(value, value.type, "items", self._said.items)
        if way is None:
            return None
        reached = value.at(value.type, way)
        plain = Anything() if reached is None else value.plain(reached)
        match plain:
            case Array(items):
                return Items(way, items)
            case Anything():
                return Items(way, Anything())
            case _:
                self._refuse(f"{_shown(way)} in the answer of {self._key} is no list", _lists(value))
                return None

    def _way(self, value: Answer, start: Type, key: str, names: Iterable[str] | None) -> Way | None:
        """The way, empty where none is said; None where the document describes what it leads through, and
        does not have it."""
        way = tuple(map(Text, names or ()))
        if value.leads(start, way):
            return way
        self._refuse(f"the answer of {self._key} has no {_shown(way)}, which {key} names", _lists(value))
        return None

    def _refuse(self, message: str, help: str) -> None:
        self._diagnostics.error(_CODE, message, self._said.place, help)


def _shown(way: Way) -> str:
    """As the configuration would have it: `"next"`, `["links", "next"]`."""
    names = [name.raw for name in way]
    return json.dumps(names[0] if len(names) == 1 else names)


def _lists(value: Answer) -> str:
    names = ", ".join(dict.fromkeys(_shown(each.way) for each in value.members))
    return f"it has {names}" if names else "the answer itself is the list: leave items out"
