"""What a call of an operation sends and returns, worked out once from its
declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Generic, TypeVar

from . import template
from .bodies import Json, choose
from .headers import HeaderTable
from .outgoing import Outgoing
from .parameters import Cookie, Header, Parameter, Path, Query, Querystring
from .payload import Payload
from .results import Results
from .styles import Expansion
from .template import PathTemplate
from .texts import is_absent

if TYPE_CHECKING:
    from .operations import Operation

R = TypeVar("R")

_JSON = (Json(),)
_CHOICE = "content_type"
_NOT_PARAMETERS = frozenset({"body", _CHOICE})


class Plan(Generic[R]):
    """An operation, compiled.

    Attributes:
        results: what becomes of its answers.
    """

    def __init__(self, operation: Operation[..., R]) -> None:
        self.results: Results[R] = Results(operation)
        self._operation = operation
        self._arguments = Arguments(operation.declared)
        self._path: PathTemplate
        self._query: list[tuple[str, Expansion]] = []
        self._headers: list[tuple[str, str, bytes, Callable[[object], bytes]]] = []
        self._cookies: list[tuple[str, Expansion]] = []
        self._compile(operation)

    def outgoing(
        self,
        arguments: tuple[object, ...],
        named: Mapping[str, object],
        options: Mapping[str, object],
    ) -> Outgoing:
        """What a call with these arguments sends; the client's options are none of
        theirs.

        Raises:
            TypeError: an argument is missing, unknown or of a type that cannot be
                sent.
            ValueError: an argument cannot be sent where it belongs; the message names
                it.
        """
        operation = self._operation
        values = self._arguments.bind(arguments, named)
        target = self._path.expand(values)
        fields: list[str] = []
        for name, expand in self._query:
            value = values.get(name)
            if not is_absent(value):
                fields += expand(value)
        if fields:
            target += ("&" if "?" in target else "?") + "&".join(fields)
        headers: HeaderTable = {"accept": (b"Accept", self.results.accept)}
        payload = self._payload(values)
        if payload is not None:
            headers["content-type"] = (b"Content-Type", payload.content_type)
        for name, key, wire, write in self._headers:
            value = values.get(name)
            if not is_absent(value):
                headers[key] = (wire, write(value))
        if self._cookies:
            self._add_cookies(values, headers)
        return Outgoing(
            method=operation.method,
            path=operation.path,
            target=target,
            headers=headers,
            payload=payload,
            server=operation.server,
            security=operation.security,
            read=operation.read,
            succeeds=self.results.succeeds,
        )

    def _compile(self, operation: Operation[..., R]) -> None:
        in_path = template.names(operation.path)
        segments: dict[str, tuple[str, Callable[[object], str]]] = {}
        for name in self._arguments.names:
            if name in _NOT_PARAMETERS and name not in operation.parameters:
                continue
            parameter: Parameter | None = operation.parameters.get(name)
            if parameter is None:
                parameter = Path() if name in in_path else Query()
            match parameter:
                case Path():
                    segments[parameter.name or name] = (name, parameter.writer(name))
                case Query() | Querystring():
                    self._query.append((name, parameter.writer(name)))
                case Header():
                    wire = parameter.name or name
                    self._headers.append(
                        (name, wire.lower(), wire.encode(), parameter.writer(name))
                    )
                case Cookie():
                    self._cookies.append((name, parameter.writer(name)))
                case _:
                    raise TypeError(f"{name}: not a place of a request: {parameter!r}")
        self._path = PathTemplate(operation.path, segments)

    def _payload(self, values: Mapping[str, object]) -> Payload | None:
        value = values.get("body")
        if is_absent(value):
            return None
        content_type = values.get(_CHOICE)
        named = content_type if isinstance(content_type, str) else None
        body, media_type = choose(self._operation.bodies or _JSON, value, named)
        return body.payload(value, media_type)

    def _add_cookies(self, values: Mapping[str, object], headers: HeaderTable) -> None:
        cookies: list[str] = []
        for name, expand in self._cookies:
            value = values.get(name)
            if not is_absent(value):
                cookies += expand(value)
        if cookies:
            headers["cookie"] = (b"Cookie", "; ".join(cookies).encode("latin-1"))


class Arguments:
    """The arguments of a declared method, bound without a look at its signature.

    Attributes:
        names: all of them, in the order of the declaration, without `self`.
    """

    def __init__(self, declared: Callable[..., object]) -> None:
        assert isinstance(declared, FunctionType)
        code = declared.__code__
        variables = code.co_varnames
        self._declared = declared
        self._positional = variables[1 : code.co_argcount]
        self.names = variables[1 : code.co_argcount + code.co_kwonlyargcount]
        defaults = dict(declared.__kwdefaults__ or {})
        positional = declared.__defaults__ or ()
        defaults.update(zip(self._positional[::-1], positional[::-1], strict=False))
        self._known = frozenset(self.names)
        self._required = self._known - defaults.keys()
        self._constants = {
            name: value
            for name, value in defaults.items()
            if value is not None and name != _CHOICE
        }

    def bind(
        self, arguments: tuple[object, ...], named: Mapping[str, object]
    ) -> Mapping[str, object]:
        """The values by name, without those that are left out and None by default.

        Raises:
            TypeError: as Python raises it for the method.
        """
        values = named
        if arguments:
            positional = dict(zip(self._positional, arguments, strict=False))
            values = {**positional, **named}
        complete = self._required <= values.keys() <= self._known
        if not complete or len(values) != len(arguments) + len(named):
            # The body of the method is out of reach: Python refuses the arguments.
            self._declared(None, *arguments, **named)
        return {**self._constants, **values} if self._constants else values
