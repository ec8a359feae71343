"""Transactions of M3's programs: declared like other operations, with less to say."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from .operations import Operation
from .plans import AnyPlan

P = ParamSpec("P")
R = TypeVar("R")


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


def _declaring(
    path: str, read: bool, wires: Mapping[str, str] | None, lengths: Mapping[str, int]
) -> Callable[[Callable[Concatenate[Any, P], R]], Transaction[P, R]]:
    def declare(declared: Callable[Concatenate[Any, P], R]) -> Transaction[P, R]:
        return Transaction(
            declared, path, read=read, lengths=lengths, wires=wires or {}
        )

    return declare
