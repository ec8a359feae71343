"""From page to page: written once and without I/O, for threads and for tasks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar, cast
from urllib.parse import urljoin

import httpx2

from .errors import DecodeError
from .model import Model
from .outgoing import Outgoing
from .pages import (
    ByCursor,
    ByLastItem,
    ByLink,
    ByOffset,
    ByPage,
    PagedOperation,
    Pages,
    Way,
)
from .shapes import name_of_kind, step
from .unset import UNSET
from .values import is_object

T = TypeVar("T")

_LINK = re.compile(
    r'<([^<>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]*))?)*)'
)
_RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))', re.IGNORECASE)


class Paging(Generic[T]):
    """One walk through the pages of an operation.

    The driver sends `outgoing`, hands the answer to `items`, yields what that gives,
    and calls `turn`, until there is nothing more to send.

    Attributes:
        plan: what one call sends and returns.
        outgoing: what asks for the next page; None after the last one.
    """

    def __init__(
        self,
        operation: PagedOperation[..., Any, T],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> None:
        assert operation.pages is not None
        self._operation = operation
        self.plan = operation.plan
        self._pages: Pages[Any] = operation.pages
        self._arguments = arguments
        self._named = dict(named)
        self._options = options
        self._asked: set[object] = set()
        self._answer: httpx2.Response | None = None
        self._value: object = None
        self._items: list[T] = []
        self._before = b""
        self.outgoing: Outgoing | None = operation.plan.outgoing(
            arguments, named, options
        )

    def items(self, answer: httpx2.Response, strict: bool) -> list[T]:
        """The items of a page.

        Raises:
            DecodeError: there is no list where they should be, or the page is the same
                as the one before.
        """
        value = self.plan.results.value(answer, strict)
        found = _at(value, self._pages.items, decoded=True)
        if found is None:
            found = []
        if not isinstance(found, list):
            raise self._error(
                self._pages.items, f"expected a list, found {name_of_kind(found)}"
            )
        counted = isinstance(self._pages, (ByOffset, ByPage))
        if counted and found and answer.content == self._before:
            raise self._error(
                self._pages.items, "the server sent the same page once more"
            )
        self._before = answer.content
        self._answer = answer
        self._value = value
        self._items = cast("list[T]", found)
        return self._items

    def turn(self) -> None:
        """Go on to the next page.

        Raises:
            DecodeError: the answer leads to another server or in a circle, or to
                nothing that could be asked for.
        """
        self.outgoing, answered = None, self.outgoing
        more = self._pages.more
        if more is not None and _at(self._value, more) is False:
            return
        match self._pages:
            case ByOffset() as pages:
                if self._items:
                    start = self._number(pages.argument, pages.first)
                    self._ask(pages.argument, start + len(self._items))
            case ByPage() as pages:
                number = self._number(pages.argument, pages.first)
                count = None if pages.count is None else _at(self._value, pages.count)
                known = isinstance(count, int) and number - pages.first + 1 >= count
                if self._items and not known:
                    self._ask(pages.argument, number + 1)
            case ByCursor() as pages:
                also = pages.onward(empty=not self._items)
                if also is not None:
                    self._named.update(also)
                    self._follow(pages.argument, self._value, pages.next, "")
            case ByLastItem() as pages:
                if self._items:
                    self._follow(pages.argument, self._items[-1], pages.key, "[-1]")
            case ByLink() as pages:
                assert answered is not None
                self._follow_link(pages.next, answered)
            case _:
                raise TypeError(f"not a way to page: {self._pages!r}")

    def _ask(self, argument: str, value: object) -> None:
        self._named[argument] = value
        self.outgoing = self.plan.outgoing(self._arguments, self._named, self._options)

    def _number(self, argument: str, first: int) -> int:
        """Where the page before began."""
        given = self._named.get(argument)
        if given is None:
            return first
        if isinstance(given, (int, float, str)):
            return int(given)
        raise TypeError(f"{argument}: expected a number, not {type(given).__name__}")

    def _follow(self, argument: str, value: object, way: Way, place: str) -> None:
        cursor = _at(value, way)
        if not cursor:
            return
        if isinstance(cursor, bool) or not isinstance(cursor, (str, int)):
            raise self._error(
                way, f"expected a text or a number, found {name_of_kind(cursor)}", place
            )
        self._asked.add(self._named.get(argument))
        if cursor in self._asked:
            if self._items:
                raise self._error(way, "leads to a page that came already", place)
            return
        self._ask(argument, cursor)

    def _follow_link(self, way: Way | None, answered: Outgoing) -> None:
        assert self._answer is not None
        if way is None:
            link: object = next_link(self._answer.headers.get_list("link"))
        else:
            link = _at(self._value, way)
        if not link:
            return
        if not isinstance(link, str):
            raise self._error(way, f"expected a URL, found {name_of_kind(link)}")
        here = self._answer.request.url
        url = _resolved(here, link)
        if url is None:
            raise self._error(way, "expected a URL, found another text")
        if url.origin != here.origin:
            raise self._error(
                way,
                f"leads to another server, {url.scheme}://{url.netloc.decode()}, where "
                "nothing is sent",
            )
        self._asked.add(here.raw_path)
        if url.raw_path in self._asked:
            raise self._error(way, "leads to a page that came already")
        self.outgoing = copy.copy(answered)
        self.outgoing.link = url.raw_path

    def _error(self, way: Way | None, message: str, place: str = "") -> DecodeError:
        """What is wrong with the answer at a way; None is the header `Link`."""
        path = "$" + place + "".join(map(step, way or ()))
        said = message if way is not None else f"the header Link {message}"
        operation = self._operation
        return DecodeError(path, f"{said} ({operation.method} {operation.path})")


def next_link(headers: list[str]) -> str | None:
    """The target with the relation `next` in the headers `Link` (RFC 8288).

    >>> next_link(['<https://x/?page=1>; rel="first", </?page=3>; rel="next"'])
    '/?page=3'
    """
    for header in headers:
        for target, parameters in _links(header):
            relation = _RELATION.search(parameters)
            named = (relation[1] or relation[2] or "") if relation else ""
            if "next" in named.lower().split():
                return target
    return None


def _links(header: str) -> Iterator[tuple[str, str]]:
    for found in _LINK.finditer(header):
        yield found[1].strip(), found[2]


def _resolved(here: httpx2.URL, link: str) -> httpx2.URL | None:
    """A link as the address to ask; None where it is none.

    A path that is the end of the path just asked for is that path: behind a gateway the
    API does not know what stands before its own. A link that says http where this
    connection is https means the same server, seen from behind its proxy.
    """
    try:
        if link.startswith("/") and not link.startswith("//"):
            path = link.partition("#")[0].partition("?")[0]
            if here.path.endswith(path):
                query = httpx2.URL(link).query
                return here.copy_with(query=query, fragment=None)
        url = httpx2.URL(urljoin(str(here), link))
        if (url.scheme, here.scheme) == ("http", "https"):
            secure = url.copy_with(scheme="https")
            return secure if secure.origin == here.origin else url
    except (httpx2.InvalidURL, ValueError):
        return None
    return url if url.host else None


def _at(value: object, way: Way, *, decoded: bool = False) -> object:
    """What a value has at a way: as it came, or decoded; None where it has nothing."""
    for name in way:
        if isinstance(value, Model):
            field = type(value).__record__.by_wire_name.get(name)
            if not decoded:
                value = value.__source__.get(name)
            elif field is None:
                value = value.extra.get(name)
            else:
                value = getattr(value, field.name, None)
        else:
            value = value.get(name) if is_object(value) else None
    return None if value is UNSET else value
