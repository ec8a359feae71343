"""Lists that come in pages: how the next page is asked for, and the methods that go
through the items of all of them."""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from types import MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    Literal,
    ParamSpec,
    TypeAlias,
    TypeVar,
    overload,
)

from .group import AnyGroup, Async, Group, Sync
from .operations import Operation, Security, Statuses, operation

if TYPE_CHECKING:
    from inspect import Signature

    from .bodies import Body
    from .parameters import Parameter
    from .plans import Listed, Walk

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Way: TypeAlias = tuple[str, ...]
Names: TypeAlias = str | Way
"""A property of the answer by its name on the wire; several lead into nested ones, none
is the answer itself."""


class Pages(Generic[T_co]):
    """How an operation answers page by page; the type of the items may be a text.

    Args:
        items: where in the answer the items are; the answer itself where left out.
        more: where it says whether another page follows.
    """

    def __init__(self, *, items: Names = (), more: Names | None = None) -> None:
        self.items = _way(items)
        self.more = None if more is None else _way(more)


class ByOffset(Pages[T_co]):
    """An argument counts items: it grows by as many as came. The number of the first
    item is 0, or `first`."""

    def __init__(
        self,
        argument: str,
        /,
        *,
        first: int = 0,
        items: Names = (),
        more: Names | None = None,
    ) -> None:
        super().__init__(items=items, more=more)
        self.argument = argument
        self.first = first


class ByPage(Pages[T_co]):
    """An argument counts pages: the first is 1, or `first`; `count` is where the answer
    says how many there are."""

    def __init__(
        self,
        argument: str,
        /,
        *,
        first: int = 1,
        count: Names | None = None,
        items: Names = (),
        more: Names | None = None,
    ) -> None:
        super().__init__(items=items, more=more)
        self.argument = argument
        self.first = first
        self.count = None if count is None else _way(count)


class ByCursor(Pages[T_co]):
    """An argument takes what the answer before has at `next`."""

    def __init__(
        self,
        argument: str,
        /,
        *,
        next: Names,
        items: Names = (),
        more: Names | None = None,
    ) -> None:
        super().__init__(items=items, more=more)
        self.argument = argument
        self.next = _way(next)

    def onward(self, *, empty: bool) -> Mapping[str, object] | None:
        """What else the next page is asked for with; None where a page is the last.

        Args:
            empty: whether the page has no items.
        """
        return {}


class ByLastItem(Pages[T_co]):
    """An argument takes what the last item of the page before has at `key`."""

    def __init__(
        self,
        argument: str,
        /,
        *,
        key: Names,
        items: Names = (),
        more: Names | None = None,
    ) -> None:
        super().__init__(items=items, more=more)
        self.argument = argument
        self.key = _way(key)


class ByLink(Pages[T_co]):
    """The answer has the address of the next page at `next`, or, where that is left
    out, in its header `Link` (RFC 8288)."""

    def __init__(
        self,
        *,
        next: Names | None = None,
        items: Names = (),
        more: Names | None = None,
    ) -> None:
        super().__init__(items=items, more=more)
        self.next = None if next is None else _way(next)


class PagedOperation(Operation[P, R], Generic[P, R, T]):
    """An operation whose answer is a page of a list of `T`.

    Attributes:
        pages: how the next page is asked for.
    """

    def __init__(self, operation: Operation[P, R], pages: Pages[T]) -> None:
        super().__init__(
            operation.declared,
            operation.method,
            operation.path,
            parameters=operation.parameters,
            bodies=operation.bodies,
            returns=operation.returns,
            errors=operation.errors,
            read=operation.read,
            accept=operation.accept,
            security=operation.security,
            server=operation.server,
        )
        self.pages = pages

    def walk(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Walk[T]:
        """A walk that begins at the page for which these arguments ask."""
        from .paging import Paging

        return Paging(self, arguments, named, options)

    @overload
    def __get__(self, group: None, owner: type) -> PagedOperation[P, R, T]: ...
    @overload
    def __get__(self, group: Group[Sync], owner: type) -> Paged[P, R, T]: ...
    @overload
    def __get__(self, group: Group[Async], owner: type) -> AsyncPaged[P, R, T]: ...
    def __get__(
        self, group: AnyGroup | None, owner: type
    ) -> PagedOperation[P, R, T] | Paged[P, R, T] | AsyncPaged[P, R, T]:
        if group is None:
            return self
        if isinstance(group.mode_, Sync):
            return Paged(MethodType(self._waiting, group), self, group)
        return AsyncPaged(MethodType(self._awaited, group), self, group)


def paged(
    method: str,
    path: str,
    /,
    pages: Pages[T],
    *,
    parameters: Mapping[str, Parameter] | None = None,
    body: Body | Sequence[Body] | None = None,
    returns: Statuses | None = None,
    errors: Statuses | None = None,
    effect: Literal["read", "write"] | None = None,
    accept: str | None = None,
    security: Security | None = None,
    server: str | None = None,
) -> Callable[[Callable[Concatenate[Any, P], R]], PagedOperation[P, R, T]]:
    """Declare an operation that answers page by page, as `operation` does any other;
    the method then has `iterate`.

    Not an overload of `operation`: mypy infers the arguments of an overloaded function
    without knowing their types, and finds no type for the models of several errors.
    """
    declare = operation(
        method,
        path,
        parameters=parameters,
        body=body,
        returns=returns,
        errors=errors,
        effect=effect,
        accept=accept,
        security=security,
        server=server,
    )
    return lambda declared: PagedOperation(declare(declared), pages)


class _Method:
    """A bound method to `inspect`, with something added."""

    def __init__(self, method: Callable[..., object]) -> None:
        self._method = method
        self.__doc__ = method.__doc__
        self.__module__ = method.__module__

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            return getattr(object.__getattribute__(self, "_method"), name)

    @property
    def __signature__(self) -> Signature:
        from inspect import signature

        return signature(self._method)

    def __repr__(self) -> str:
        return repr(self._method)


class Paged(_Method, Generic[P, R_co, T_co]):
    """A method that gives one page of a list; `iterate` goes through all of them."""

    def __init__(
        self,
        method: Callable[P, R_co],
        operation: Listed[T_co],
        group: Group[Sync],
    ) -> None:
        super().__init__(method)
        self._call = method
        self._operation = operation
        self._group = group

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        return self._call(*args, **kwargs)

    def iterate(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[T_co]:
        """The items of all pages, from the page that the arguments ask for. A page is
        fetched when the items before it are used up.

        Raises:
            DecodeError: an answer has no items, or leads to another server or in a
                circle.
        """
        return self._group.mode_.iterate(self._operation, args, kwargs)


class AsyncPaged(_Method, Generic[P, R_co, T_co]):
    """A method that gives one page of a list; `iterate` goes through all of them."""

    def __init__(
        self,
        method: Callable[P, Coroutine[Any, Any, R_co]],
        operation: Listed[T_co],
        group: Group[Async],
    ) -> None:
        super().__init__(method)
        self._call = method
        self._operation = operation
        self._group = group

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, R_co]:
        return self._call(*args, **kwargs)

    def iterate(self, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T_co]:
        """The items of all pages, for `async for`; otherwise as in `Paged`."""
        return self._group.mode_.iterate(self._operation, args, kwargs)


def _way(names: Names) -> Way:
    return (names,) if isinstance(names, str) else names
