"""A generated method: a declaration that a descriptor turns into a call."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine, Mapping, Sequence
from types import MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    Literal,
    ParamSpec,
    TypeAlias,
    TypeGuard,
    TypeVar,
    overload,
)

from .group import AnyGroup, Async, Group, Sync

if TYPE_CHECKING:
    from .bodies import Body
    from .parameters import Parameter
    from .plans import AnyPlan

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

Statuses: TypeAlias = Callable[[], Mapping[Any, object]]
"""Gives the type for each status: an int, a range such as `"4XX"`, or `"default"`; a
function, so that models are loaded when the first answer comes."""

Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives; each names the security schemes that are needed together."""

_READS = frozenset({"GET", "HEAD", "OPTIONS", "QUERY"})


class Declared(NotImplementedError):
    """The body of a declared method; it is never reached."""


class Operation(Generic[P, R]):
    """One HTTP method on one path: what `operation` makes of the method it decorates.

    Attributes:
        method: the HTTP method.
        path: the template of the path, as the document has it.
        read: whether it leaves the server's data alone, so that it may be repeated.
    """

    def __init__(
        self,
        declared: Callable[Concatenate[Any, P], R],
        method: str,
        path: str,
        *,
        parameters: Mapping[str, Parameter],
        bodies: tuple[Body, ...],
        returns: Statuses | None,
        errors: Statuses | None,
        read: bool,
        accept: str | None,
        security: Security | None,
        server: str | None,
    ) -> None:
        self.declared = declared
        self.method = method
        self.path = path
        self.parameters = parameters
        self.bodies = bodies
        self.returns = returns
        self.errors = errors
        self.read = read
        self.accept = accept
        self.security = security
        self.server = server
        self.__doc__ = declared.__doc__

    def __repr__(self) -> str:
        return f"<operation {self.method} {self.path}>"

    @functools.cached_property
    def plan(self) -> AnyPlan[R]:
        """How arguments become a request and an answer a value; made at the first
        call."""
        from .plan import Plan

        return Plan(self)

    @overload
    def __get__(self, group: None, owner: type) -> Operation[P, R]: ...
    @overload
    def __get__(self, group: Group[Sync], owner: type) -> Callable[P, R]: ...
    @overload
    def __get__(
        self, group: Group[Async], owner: type
    ) -> Callable[P, Coroutine[Any, Any, R]]: ...
    def __get__(
        self, group: AnyGroup | None, owner: type
    ) -> Operation[P, R] | Callable[..., Any]:
        if group is None:
            return self
        waits = isinstance(group.mode_, Sync)
        return MethodType(self._waiting if waits else self._awaited, group)

    @functools.cached_property
    def _waiting(self) -> Callable[..., R]:
        def call(group: Group[Sync], /, *args: P.args, **kwargs: P.kwargs) -> R:
            return group.mode_.call(self, args, kwargs)

        return self._dressed(call)

    @functools.cached_property
    def _awaited(self) -> Callable[..., Coroutine[Any, Any, R]]:
        async def call(group: Group[Async], /, *args: P.args, **kwargs: P.kwargs) -> R:
            return await group.mode_.call(self, args, kwargs)

        return self._dressed(call)

    def _dressed(self, call: Callable[..., R2]) -> Callable[..., R2]:
        """The function under the declared name, with its docstring and signature."""
        functools.update_wrapper(call, self.declared)
        vars(call)["operation"] = self
        return call


R2 = TypeVar("R2")


def operation(
    method: str,
    path: str,
    /,
    *,
    parameters: Mapping[str, Parameter] | None = None,
    body: Body | Sequence[Body] | None = None,
    returns: Statuses | None = None,
    errors: Statuses | None = None,
    effect: Literal["read", "write"] | None = None,
    accept: str | None = None,
    security: Security | None = None,
    server: str | None = None,
) -> Callable[[Callable[Concatenate[Any, P], R]], Operation[P, R]]:
    """Declare an operation; what is derived from the method need not be said.

    A parameter whose name stands in the path is sent there, any other in the query,
    under its own name; `body` is sent as JSON. The answer is what the return
    annotation says.

        @operation("GET", "/items/{itemId}", parameters={"item_id": Path("itemId")})
        def get_item(self, item_id: str, *, language: str | None = None) -> models.Item:
            raise Declared

    Args:
        parameters: where arguments go that are not sent under their own name, or not in
            the usual style.
        body: how the body is written; several where the document offers several media
            types: the argument `content_type` chooses one, else the first that suits
            the value.
        returns: the types of success answers, where they differ by status.
        errors: the types of error answers; they become `StatusError.error`.
        effect: whether the operation changes data, where its HTTP method does not tell.
        accept: the media type that the answer shall have, where the return annotation
            does not tell.
        security: the security schemes it needs, where they are not the document's.
        server: the operation's own server.
    """
    bodies = () if body is None else (body,) if not isinstance(body, Sequence) else body

    def declare(declared: Callable[Concatenate[Any, P], R]) -> Operation[P, R]:
        return Operation(
            declared,
            method,
            path,
            parameters=parameters or {},
            bodies=tuple(bodies),
            returns=returns,
            errors=errors,
            read=method in _READS if effect is None else effect == "read",
            accept=accept,
            security=security,
            server=server,
        )

    return declare


def operation_of(method: Callable[..., object]) -> tuple[Operation[..., Any], AnyGroup]:
    """The operation and the group of a client's method, such as `client.items.get`.

    Raises:
        TypeError: it is no such method.
    """
    declaration: object = getattr(method, "operation", None)
    group: object = getattr(method, "__self__", None)
    if _is_operation(declaration) and _is_group(group):
        return declaration, group
    raise TypeError(
        "expected a method of the client, such as client.items.get_item, not "
        f"{type(method).__name__}; its arguments follow it"
    )


def _is_operation(value: object) -> TypeGuard[Operation[..., Any]]:
    return isinstance(value, Operation)


def _is_group(value: object) -> TypeGuard[AnyGroup]:
    return isinstance(value, Group)
