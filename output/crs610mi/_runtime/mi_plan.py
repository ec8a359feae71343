"""What a call of an M3 transaction sends and returns, worked out once from its
declaration."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import FunctionType
from typing import TYPE_CHECKING, Generic, TypeVar, cast
from urllib.parse import parse_qs

import httpx2

from . import quoting
from .annotations import evaluate
from .errors import DecodeError, IonApiError
from .mi_answers import opened, refusal, succeeds
from .mi_errors import failure, termination
from .mi_options import CALL_OPTIONS, OPTIONS, written
from .mi_record import MIRecord, wire_name
from .mi_result import MIResult, results
from .mi_values import spell
from .outgoing import Outgoing

if TYPE_CHECKING:
    from .transactions import Transaction

R = TypeVar("R")

_ACCEPT = {"accept": (b"Accept", b"application/json")}


class TransactionPlan(Generic[R]):
    """A transaction, compiled.

    Attributes:
        results: what becomes of its answers.
        required: the fields that must be given, by their arguments.
        wires: the names in M3 of all fields, by their arguments.
    """

    def __init__(self, transaction: Transaction[..., R]) -> None:
        declared = transaction.declared
        assert isinstance(declared, FunctionType)
        code = declared.__code__
        self._transaction = transaction
        self._declared = declared
        self._fields = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
        self.required = frozenset(self._fields) - (declared.__kwdefaults__ or {}).keys()
        # A field that is called like the company, the division or the language has the
        # name; the declaration then offers the other options only.
        every = declared.__annotations__["options"] == "Unpack[Options]"
        context = OPTIONS if every else CALL_OPTIONS
        self._known = context.union(self._fields)
        self.wires = {name: wire_name(name) for name in self._fields} | dict(
            transaction.wires
        )
        self.results: TransactionResults[R] = TransactionResults(transaction)

    def outgoing(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Outgoing:
        """What a call with these fields and options sends.

        Raises:
            TypeError: a field is missing, unknown or of a type that M3 does not know.
            ValueError: a text is longer than its field.
        """
        self._check(arguments, named, self._known)
        own = {name: value for name, value in named.items() if name not in self.wires}
        together = {**options, **own}
        texts = self.texts(named, str(together.get("dateformat") or "YMD8"))
        transaction = self._transaction
        return Outgoing(
            method=transaction.method,
            path=transaction.path,
            target=_target(transaction.path, [*texts.items()], written(together)),
            headers=_ACCEPT,
            payload=None,
            server=None,
            security=None,
            read=transaction.read,
            succeeds=succeeds,
        )

    def fields(
        self, arguments: tuple[object, ...], named: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Arguments that must be fields: a transaction in bulk has no options.

        Raises:
            TypeError: a field is missing, or there is no such field.
        """
        self._check(arguments, named, self.wires.keys())
        return named

    def _check(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        known: AbstractSet[str],
    ) -> None:
        unknown = sorted(named.keys() - known)
        if unknown:
            raise TypeError(
                f"{self._declared.__qualname__}() got an unexpected keyword argument "
                f"{unknown[0]!r}"
            )
        if arguments or not self.required <= named.keys():
            # The body of the method is out of reach: Python refuses the arguments.
            self._declared(None, *arguments, **named)

    def texts(self, named: Mapping[str, object], dateformat: str) -> dict[str, str]:
        """The fields that are set, by their names in M3; a blank one is not set."""
        texts: dict[str, str] = {}
        lengths = self._transaction.lengths
        for name, wire in self.wires.items():
            value = named.get(name)
            if value is not None:
                text = spell(name, value, lengths.get(name), dateformat)
                if text.strip():
                    texts[wire] = text
        return texts


def _target(
    path: str, fields: list[tuple[str, str]], options: list[tuple[str, str]]
) -> str:
    """Where a call goes. In version 1 of M3's service the options follow the path, as
    its semicolon says; in version 2 they stand beside the fields."""
    if path.endswith(";"):
        path = ";".join([path[:-1], *_written(options)])
        options = []
    query = "&".join(_written([*fields, *options]))
    return f"{path}?{query}" if query else path


def _written(pairs: list[tuple[str, str]]) -> list[str]:
    return [f"{name}={quoting.strict(text)}" for name, text in pairs]


def _sent(url: httpx2.URL) -> dict[str, list[str]]:
    """Fields and options of a call, read off its address."""
    path, _, query = url.raw_path.decode("ascii").partition("?")
    options = path.rpartition("/")[2].split(";")[1:]
    return parse_qs("&".join([*options, query]))


class TransactionResults(Generic[R]):
    """What becomes of a transaction's answers."""

    items = None

    def __init__(self, transaction: Transaction[..., R]) -> None:
        declared = transaction.declared
        assert isinstance(declared, FunctionType)
        annotation: object = declared.__annotations__["return"]
        if isinstance(annotation, str):
            annotation = evaluate(annotation, declared.__globals__)
        (record,) = typing.get_args(annotation)
        self.record: type[MIRecord] = record
        self._transaction = transaction

    def value(self, response: httpx2.Response, strict: bool) -> R:
        """The result of an answer of status 200.

        Raises:
            BusinessError: M3 says that the transaction failed.
            DecodeError: the answer is no answer of M3's.
        """
        answer = opened(response.content)
        if answer is None:
            transaction = self._transaction
            raise DecodeError(
                "$",
                "expected an answer of M3 in JSON, found something else "
                f"({transaction.method} {transaction.path})",
            )
        options = _sent(response.request.url)
        dateformat = options.get("dateformat", ["YMD8"])[0]
        stripped = options.get("righttrim", ["true"])[0] != "false"
        found = results(answer, self.record, dateformat, stripped)
        result = found[0] if found else MIResult[MIRecord]([])
        error = result.error or termination(answer) or failure(answer)
        if error is not None:
            raise error
        return cast("R", result)

    def error(self, response: httpx2.Response) -> IonApiError:
        """The exception for an answer of another status."""
        return refusal(response, self._transaction.method, self._transaction.path)
