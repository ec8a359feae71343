"""Which operations answer with a part of a list, and how the next part is asked for.

Nothing in OpenAPI says so. An operation counts where its parameters and the shape of its answer say the same
in words that many APIs use; where they leave a doubt it does not, since an iterator that skips items or never
ends is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

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
    Parameter,
    Step,
    Way,
)
from ionapi_codegen.ir.schema import Docs, Kind, Nullable, Scalar, Schema, SchemaId, Type
from ionapi_codegen.ir.text import Text
from ionapi_codegen.lower import page_words as words
from ionapi_codegen.lower.page_answers import Answer, Items, Member, answer, success
from ionapi_codegen.lower.page_words import folded

_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})
_INTEGER = frozenset({Kind.INTEGER})
_FLAG = frozenset({Kind.BOOLEAN})
_KEYS = frozenset({Kind.STRING, Kind.UUID, Kind.INTEGER})
_SAID = (
    r"\b{0}[ -]?(based|indexed)\b|\b(start|begin)\w* (at|from|with) {0}\b"
    r"|\bfirst page (is|has the number) {0}\b"
    r"|\bdefaults?( value)?( is| to)?[ :='\"`]*{0}\b(?![.,]?\d)"
)
_FROM_ZERO = re.compile(_SAID.format("(zero|0)"), re.IGNORECASE)
_FROM_ONE = re.compile(_SAID.format("(one|1)") + r"|\bpage=1\b", re.IGNORECASE)
_LEADS_ON = re.compile(r"\b(next|subsequent|following|to continue)\b", re.IGNORECASE)
_AN_ID = re.compile(r"\bID\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\bur[il]\b|\blink\b|\bhttps?:", re.IGNORECASE)


def paged(operations: Iterable[Operation], schemas: Mapping[SchemaId, Schema]) -> tuple[Operation, ...]:
    """The operations, each with its pages where it has some."""
    return tuple(
        replace(each, pages=found) if (found := pagination(each, schemas)) is not None else each
        for each in operations
    )


def pagination(operation: Operation, schemas: Mapping[SchemaId, Schema]) -> Pagination | None:
    """The pages of an operation; None where it has none, or where a doubt is left."""
    if operation.effect is not Effect.READ:
        return None
    asked = [each for each in operation.parameters if each.location is Location.QUERY]
    value = answer(operation, schemas)
    items = None if value is None else value.items(operation.path)
    if value is None or items is None:
        return None
    more = _only(value, words.MORE, _FLAG)
    if not any(_is_of_pages(each) for each in asked):
        link = _link(value, [each for each in value.members if each.name in words.NEXT_LINKS])
        return None if link is None else Pagination(link, items.item, items.way, more)
    step = (
        _by_cursor(asked, value, more)
        or _by_last_item(asked, value, items, more)
        or _by_link(operation, value)
        or _by_page(asked, value, items)
        or _by_offset(asked, value, items)
    )
    return None if step is None else Pagination(step, items.item, items.way, more)


def _by_cursor(asked: list[Parameter], value: Answer, more: Way | None) -> Step | None:
    cursors = _asked(asked, words.CURSORS, _KEYS, value)
    if len(cursors) != 1:
        return None
    (cursor,) = cursors
    known = folded(cursor.name)
    found = [each for each in value.members if value.scalar(each.type) in _KEYS and not _is_address(each)]
    for fits in (
        [each for each in found if each.name in words.NEXT_CURSORS],
        [each for each in found if each.name in words.NESTED_CURSORS and each.around in words.NOTES],
        [each for each in found if each.name == known and _speaks(each.declared.docs, _LEADS_ON)],
        [each for each in found if each.name in words.LAST_IDS and more is not None],
    ):
        if len(fits) == 1:
            return ByCursor(cursor.name, fits[0].way)
        if fits:
            return None
    return None


def _by_last_item(asked: list[Parameter], value: Answer, items: Items, more: Way | None) -> Step | None:
    cursors = [
        each
        for each in _asked(asked, words.CURSORS, _KEYS, value)
        if folded(each.name) in words.AFTER_ITEMS
        or (folded(each.name) == "after" and _speaks(each.docs, _AN_ID))
    ]
    keys = [each for each in value.properties(items.item) if each.name == Text("id")]
    if len(cursors) != 1 or more is None or not keys or value.scalar(keys[0].type) not in _KEYS:
        return None
    return ByLastItem(cursors[0].name, (keys[0].name,))


def _by_link(operation: Operation, value: Answer) -> Step | None:
    link = _link(value, value.members)
    if link is not None:
        return link
    response = success(operation)
    named = response is not None and any(each.name.raw.lower() == "link" for each in response.headers)
    return ByLink() if named else None


def _link(value: Answer, members: Iterable[Member]) -> ByLink | None:
    """The one address of the next page among some members: a text, or what is `href` in an object."""
    found: list[Way] = []
    for member in members:
        nested = member.name == "next" and (member.around == "links" or _is_address(member))
        if not nested and member.name not in words.NEXT_LINKS:
            continue
        inside = [each for each in value.properties(member.type) if folded(each.name) == "href"]
        way = (*member.way, *(each.name for each in inside))
        if value.scalar(inside[0].type if inside else member.type) is Kind.STRING:
            found.append(way)
    return ByLink(found[0]) if len(found) == 1 else None


def _by_page(asked: list[Parameter], value: Answer, items: Items) -> Step | None:
    pages = _asked(asked, words.PAGES, _NUMBERS, value)
    offsets = _asked(asked, words.OFFSETS, _NUMBERS, value)
    count = _only(value, words.PAGE_COUNTS, _INTEGER)
    if len(pages) != 1 or offsets:
        return None
    (page,) = pages
    follows = _only(value, words.NEXT_PAGES, _INTEGER)
    if follows is not None:
        return ByCursor(page.name, follows)
    if not (count or _is_told(asked, value, items)):
        return None
    first = _first(page)
    return None if first is None else ByPage(page.name, first, count)


def _by_offset(asked: list[Parameter], value: Answer, items: Items) -> Step | None:
    offsets = _asked(asked, words.OFFSETS, _NUMBERS, value)
    sizes = _asked(asked, words.SIZES, _NUMBERS, value)
    if len(offsets) != 1 or not sizes or not _is_told(asked, value, items):
        return None
    (offset,) = offsets
    follows = _only(value, words.NEXT_OFFSETS, _INTEGER)
    if follows is not None:
        return ByCursor(offset.name, follows)
    first = _first(offset)
    if first is None and folded(offset.name) in words.FROM_ZERO:
        first = 0
    return None if first is None else ByOffset(offset.name, first)


def _is_of_pages(parameter: Parameter) -> bool:
    return folded(parameter.name) in words.SIZES | words.PAGES | words.OFFSETS | words.CURSORS


def _asked(
    asked: list[Parameter], names: frozenset[str], kinds: frozenset[Kind], value: Answer
) -> list[Parameter]:
    return [each for each in asked if folded(each.name) in names and value.scalar(each.type) in kinds]


def _is_told(asked: list[Parameter], value: Answer, items: Items) -> bool:
    """Whether a number in the query counts pages: beside it stands how long they are, and what comes is a
    list, or an object about one."""
    if not _asked(asked, words.SIZES, _NUMBERS, value):
        return False
    if not items.way or folded(items.way[-1]) in words.ITEMS:
        return True
    alone = len(value.properties(value.type)) == 1
    return alone or any(
        each.name in words.COUNTS and value.scalar(each.type) in _NUMBERS for each in value.members
    )


def _only(value: Answer, names: frozenset[str], kinds: frozenset[Kind]) -> Way | None:
    """The way to the one property of these names and kinds."""
    found = [each.way for each in value.members if each.name in names and value.scalar(each.type) in kinds]
    return found[0] if len(found) == 1 else None


def _is_address(member: Member) -> bool:
    """Whether a property is said to be a URL."""
    written = member.type.format if isinstance(member.type, Scalar) else None
    if written is not None and written.raw in ("uri", "url", "uri-reference"):
        return True
    docs = member.declared.docs
    shown = any(isinstance(each, Text) and "/" in each.raw and "?" in each.raw for each in docs.examples)
    return shown or _speaks(docs, _ADDRESS)


def _speaks(docs: Docs, of: re.Pattern[str]) -> bool:
    return any(of.search(said.raw) for said in (docs.summary, docs.description) if said)


def _first(parameter: Parameter) -> int | None:
    """The number that means the beginning, as far as the document tells it."""
    default = parameter.default
    if isinstance(default, int | float) and not isinstance(default, bool) and default in (0, 1):
        return int(default)
    for said in (parameter.docs.summary, parameter.docs.description):
        if said and bool(_FROM_ZERO.search(said.raw)) != bool(_FROM_ONE.search(said.raw)):
            return 0 if _FROM_ZERO.search(said.raw) else 1
    plain: Type = parameter.type.of if isinstance(parameter.type, Nullable) else parameter.type
    # A minimum of 0 says nothing: many write it of pages that begin with 1.
    return 1 if isinstance(plain, Scalar) and plain.constraints.minimum == 1 else None
