"""Transactions of M3's programs: declared like other operations, with less to say."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    TypeVar,
    overload,
)

from .group import AnyGroup, Async, Group, Sync
from .operations import Operation

if TYPE_CHECKING:
    from .mi_record import MIRecord
    from .mi_result import MIResult
    from .pages import AsyncPaged, Paged
    from .plans import AnyPlan, Walk

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound="MIRecord")


class Transaction(Operation[P, R]):
    """One transaction of a program.

    Attributes:
        lengths: the most characters of each field.
        wires: the names in M3 of fields whose argument does not tell it.
    """

    def __init__(
        self,
        declared: Callable[Concatenate[Any, P], R],
        path: str,
        *,
        read: bool,
        lengths: Mapping[str, int],
        wires: Mapping[str, str],
    ) -> None:
        super().__init__(
            declared,
            "GET",
            path,
            parameters={},
            bodies=(),
            returns=None,
            errors=None,
            read=read,
            accept=None,
            security=None,
            server=None,
        )
        self.lengths = lengths
        self.wires = wires

    @functools.cached_property
    def plan(self) -> AnyPlan[R]:
        """How fields become a request and an answer a result; made at the first
        call."""
        from .mi_plan import TransactionPlan

        return TransactionPlan(self)


class Listing(Transaction[P, "MIResult[T]"], Generic[P, T]):
    """A transaction that lists records from a field on.

    Attributes:
        start: the field, by the name of its argument.
    """

    start = ""

    def walk(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Walk[T]:
        """A walk that begins where these arguments say."""
        from .mi_listing import ListWalk

        return ListWalk(self, arguments, named, options)

    @overload
    def __get__(self, group: None, owner: type) -> Listing[P, T]: ...
    @overload
    def __get__(self, group: Group[Sync], owner: type) -> Paged[P, MIResult[T], T]: ...
    @overload
    def __get__(
        self, group: Group[Async], owner: type
    ) -> AsyncPaged[P, MIResult[T], T]: ...
    def __get__(
        self, group: AnyGroup | None, owner: type
    ) -> Listing[P, T] | Paged[P, MIResult[T], T] | AsyncPaged[P, MIResult[T], T]:
        if group is None:
            return self
        from .pages import AsyncPaged, Paged

        if isinstance(group.mode_, Sync):
            return Paged(MethodType(self._waiting, group), self, group)
        return AsyncPaged(MethodType(self._awaited, group), self, group)


def reads(
    path: str, /, *, wires: Mapping[str, str] | None = None, **lengths: int
) -> Callable[[Callable[Concatenate[Any, P], R]], Transaction[P, R]]:
    """Declare a transaction that leaves data alone, so that it may be repeated.

    A field is sent under the argument's name in capitals.

        @reads("/GetBasicData", cuno=10)
        def get_basic_data(
            self, *, cuno: Value, **options: Unpack[Options]
        ) -> MIResult[models.GetBasicData]:
            raise Declared

    Args:
        path: the transaction, below the program.
        wires: the names in M3 of fields that are called otherwise.
        lengths: the most characters of each field.
    """
    return _declaring(path, True, wires, lengths)


def writes(
    path: str, /, *, wires: Mapping[str, str] | None = None, **lengths: int
) -> Callable[[Callable[Concatenate[Any, P], R]], Transaction[P, R]]:
    """Declare a transaction that may change data: once M3 may have got it, it is never
    sent again. As `reads` otherwise."""
    return _declaring(path, False, wires, lengths)


def lists(
    path: str, start: str, /, *, wires: Mapping[str, str] | None = None, **lengths: int
) -> Callable[[Callable[Concatenate[Any, P], MIResult[T]]], Listing[P, T]]:
    """Declare a transaction that reads a list from a field on; the method then has
    `iterate`. As `reads` otherwise.

    Args:
        start: the argument of the field that orders the list.
    """

    def declare(declared: Callable[Concatenate[Any, P], MIResult[T]]) -> Listing[P, T]:
        listing: Listing[P, T] = Listing(
            declared, path, read=True, lengths=lengths, wires=wires or {}
        )
        listing.start = start
        return listing

    return declare


def _declaring(
    path: str, read: bool, wires: Mapping[str, str] | None, lengths: Mapping[str, int]
) -> Callable[[Callable[Concatenate[Any, P], R]], Transaction[P, R]]:
    def declare(declared: Callable[Concatenate[Any, P], R]) -> Transaction[P, R]:
        return Transaction(
            declared, path, read=read, lengths=lengths, wires=wires or {}
        )

    return declare
