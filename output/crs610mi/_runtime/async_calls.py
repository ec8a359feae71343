"""Carries out calls and awaits them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast

import httpx2

from .async_auth import AsyncIonAuth
from .async_connections import AsyncConnections
from .configuration import Configuration
from .connections import has_body_against_the_rules
from .group import Async
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
    from .streams import AsyncStreamedResponse

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class AsyncCalls(Async):
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
        connections: AsyncConnections,
        auth: AsyncIonAuth | None,
        session: Session | None = None,
    ) -> None:
        self._configuration = configuration
        self._connections = connections
        self.session = session or configuration.session
        self.auth = auth

    async def call(
        self,
        operation: Operation[P, R],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> R:
        plan = operation.plan
        outgoing = plan.outgoing(arguments, named, self.session.options)
        streamed = plan.results.items is not None
        answer = await self._answer(plan, outgoing, streamed=streamed)
        return plan.results.value(answer, self.session.strict)

    def iterate(
        self,
        operation: Listed[T],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> AsyncIterator[T]:
        return self._items(operation.walk(arguments, named, self.session.options))

    async def _items(self, walk: Walk[T]) -> AsyncIterator[T]:
        while walk.outgoing is not None:
            answer = await self._answer(walk.plan, walk.outgoing)
            for item in walk.items(answer, self.session.strict):
                yield item
            walk.turn()

    async def response(
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
        answer = await self._answer(plan, outgoing, streamed=streamed)
        return Response(
            plan.results.value(answer, self.session.strict),
            status=answer.status_code,
            headers=answer.headers,
            content=b"" if streamed else answer.content,
            method=operation.method,
            path=operation.path,
        )

    @asynccontextmanager
    async def stream(
        self,
        operation: Operation[..., object],
        arguments: tuple[object, ...],
        named: Mapping[str, object],
    ) -> AsyncGenerator[AsyncStreamedResponse]:
        """An answer whose body is read by the caller."""
        from .streams import AsyncStreamedResponse, Body

        plan = operation.plan
        outgoing = plan.outgoing(arguments, named, self.session.options)
        response = await self._answer(plan, outgoing, streamed=True)
        try:
            yield AsyncStreamedResponse(
                Body(response, operation.method, operation.path)
            )
        finally:
            await response.aclose()

    def at(self, settings: Settings) -> Self:
        server = self._configuration.server(settings)
        return self.with_session(self.session.at(server, settings))

    def with_session(self, session: Session) -> Self:
        """The same connections and token with other options."""
        return type(self)(self._configuration, self._connections, self.auth, session)

    async def aclose(self) -> None:
        """Revoke the token and close the connections."""
        if self.auth is not None:
            await self.auth.aclose()
        await self._connections.aclose()

    async def _answer(
        self, plan: AnyPlan[Any], outgoing: Outgoing, *, streamed: bool = False
    ) -> httpx2.Response:
        """An answer that is a success; any other is raised."""
        from .exchange import TOKEN_KEPT, exchange

        auth = self.auth if self.session.trusts(outgoing) else None
        response = await self._drive(
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
            await response.aclose()
            raise error
        return response

    async def _drive(self, steps: Exchange) -> httpx2.Response:
        from .exchange import Renew, Send
        from .steps import Pause

        while True:
            try:
                step = next(steps)
            except StopIteration as done:
                return cast("httpx2.Response", done.value)
            match step:
                case Send():
                    await self._send(step)
                case Renew():
                    assert self.auth is not None
                    step.token = await self.auth.token(step.rejected)
                case Pause():
                    await asyncio.sleep(step.seconds)

    async def _send(self, step: Send) -> None:
        response: httpx2.Response | None = None
        try:
            with BARE:
                response = await self._connections.handle(
                    step.request, trusted=step.trusted
                )
                if not step.keeps_open(response):
                    await response.aread()
                if has_body_against_the_rules(response):
                    connection = response.extensions.get("network_stream")
                    if connection is not None:
                        await connection.aclose()
                step.answer = response
        except httpx2.RequestError as error:
            step.failed(error)
        finally:
            if step.answer is None and response is not None:
                await response.aclose()
