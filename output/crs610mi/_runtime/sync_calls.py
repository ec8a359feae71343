"""Carries out calls and waits for them."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast

import httpx2

from .auth import IonAuth
from .configuration import Configuration
from .connections import Connections, has_body_against_the_rules
from .group import Sync
from .interruptions import BARE
from .operations import Operation
from .session import Session
from .settings import Settings

if TYPE_CHECKING:
    from .errors import IonApiError
    from .exchange import Exchange, Send
    from .outgoing import Outgoing
    from .plans import AnyPlan, Listed, Walk
    from .response import Response
    from .streams import StreamedResponse

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class SyncCalls(Sync):
    """The calls of a client: its options, its connections, its token.

    Args:
        configuration: the client's arguments.
        connections: what sends requests.
        auth: what obtains tokens; None where none are sent.
        session: the options, where they are not those of the configuration.
    """

    def __init__(
        self,
        configuration: Configuration,
        connections: Connections,
        auth: IonAuth | None,
        session: Session | None = None,
    ) -> None:
        self._configuration = configuration
        self._connections = connections
        self.session = session or configuration.session
        self.auth = auth

    def call(
        self,
        operation: Operation[P, R],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> R:
        plan = operation.plan
        outgoing = plan.outgoing(arguments, named, self.session.options)
        streamed = plan.results.items is not None
        answer = self._answer(plan, outgoing, streamed=streamed)
        return plan.results.value(answer, self.session.strict)

    def iterate(
        self,
        operation: Listed[T],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> Iterator[T]:
        return self._items(operation.walk(arguments, named, self.session.options))

    def _items(self, walk: Walk[T]) -> Iterator[T]:
        while walk.outgoing is not None:
            answer = self._answer(walk.plan, walk.outgoing)
            yield from walk.items(answer, self.session.strict)
            walk.turn()

    def response(
        self,
        operation: Operation[..., R],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> Response[R]:
        """The whole answer of a call."""
        from .response import Response

        plan = operation.plan
        outgoing = plan.outgoing(arguments, named, self.session.options)
        streamed = plan.results.items is not None
        answer = self._answer(plan, outgoing, streamed=streamed)
        return Response(
            plan.results.value(answer, self.session.strict),
            status=answer.status_code,
            headers=answer.headers,
            content=b"" if streamed else answer.content,
            method=operation.method,
            path=operation.path,
        )

    @contextmanager
    def stream(
        self,
        operation: Operation[..., object],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> Generator[StreamedResponse]:
        """An answer whose body is read by the caller."""
        from .streams import Body, StreamedResponse

        plan = operation.plan
        outgoing = plan.outgoing(arguments, named, self.session.options)
        response = self._answer(plan, outgoing, streamed=True)
        try:
            yield StreamedResponse(Body(response, operation.method, operation.path))
        finally:
            response.close()

    def at(self, settings: Settings) -> Self:
        server = self._configuration.server(settings)
        return self.with_session(self.session.at(server, settings))

    def with_session(self, session: Session) -> Self:
        """The same connections and token with other options."""
        return type(self)(self._configuration, self._connections, self.auth, session)

    def close(self) -> None:
        """Revoke the token and close the connections."""
        if self.auth is not None:
            self.auth.close()
        self._connections.close()

    def _answer(
        self, plan: AnyPlan[Any], outgoing: Outgoing, *, streamed: bool = False
    ) -> httpx2.Response:
        """An answer that is a success; any other is raised."""
        from .exchange import TOKEN_KEPT, exchange

        auth = self.auth if self.session.trusts(outgoing) else None
        response = self._drive(
            exchange(outgoing, self.session, auth, streamed=streamed)
        )
        error: IonApiError | None = None
        if not outgoing.succeeds(response.status_code):
            error = plan.results.error(response)
            if auth is not self.auth:
                error.add_note(TOKEN_KEPT)
        check = self.session.check
        if check is not None:
            error = check(response, error)
        if error is not None:
            response.close()
            raise error
        return response

    def _drive(self, steps: Exchange) -> httpx2.Response:
        from .exchange import Renew, Send
        from .steps import Pause

        while True:
            try:
                step = next(steps)
            except StopIteration as done:
                return cast("httpx2.Response", done.value)
            match step:
                case Send():
                    self._send(step)
                case Renew():
                    assert self.auth is not None
                    step.token = self.auth.token(step.rejected)
                case Pause():
                    time.sleep(step.seconds)

    def _send(self, step: Send) -> None:
        response: httpx2.Response | None = None
        try:
            with BARE:
                response = self._connections.handle(step.request, trusted=step.trusted)
                if not step.keeps_open(response):
                    response.read()
                if has_body_against_the_rules(response):
                    connection = response.extensions.get("network_stream")
                    if connection is not None:
                        connection.close()
                step.answer = response
        except httpx2.RequestError as error:
            step.failed(error)
        finally:
            if step.answer is None and response is not None:
                response.close()
