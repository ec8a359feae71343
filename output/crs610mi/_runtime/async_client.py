"""The client that is awaited: the base class of every generated `AsyncClient`."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

import httpx2

from .configuration import (
    Configuration,
    Timeout,
    Verify,
    credentials_from,
    timeouts,
)
from .credentials import Credentials
from .group import Async, Group
from .headers import table
from .operations import operation_of
from .retry import Retry
from .schemes import Auth
from .settings import Settings
from .store import TokenStore
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .async_auth import AsyncIonAuth
    from .async_calls import AsyncCalls
    from .response import Response
    from .streams import AsyncStreamedResponse

P = ParamSpec("P")
R = TypeVar("R")


class AsyncClientBase(Group[Async]):
    """Calls an API from asyncio: as `Client`, but its methods are awaited.

    Args:
        credentials: who calls; those that `IONAPI_FILE` or `IONAPI_JSON` name where
            left out.
        base_url: where the API is; the gateway's address, or that of the document,
            where left out.
        timeout: seconds to wait for an answer, or for the next piece of it; 300 where
            left out.
        retry: what is sent once more when it failed.
        headers: what is sent with each call, such as `{"X-Infor-LnCompany": "100"}`.
        token_store: shares the token with other clients or processes. The token is then
            left there when the client is closed, and not revoked.
        verify: an `ssl.SSLContext`, or the path of a file with the certificate
            authorities to trust, for gateways on premises.
        transport: what sends the requests in place of the network, for tests.
        auth: in place of ION API's tokens: `Bearer`, `Basic` or `ApiKey`, a mapping of
            the document's security schemes to them, what the HTTP library knows, or
            None for an API that needs nothing.
        strict: whether an answer that is not what the document says is a
            `DecodeError`, and not kept as it came.

    Raises:
        CredentialsError: there are none, or they cannot be used.
        ValueError: it is not known where the API is.
    """

    def __init__(
        self,
        *,
        credentials: Credentials | None = None,
        base_url: str | None = None,
        timeout: Timeout | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        token_store: TokenStore | None = None,
        verify: Verify | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        auth: Auth | None | Unset = UNSET,
        strict: bool = False,
    ) -> None:
        # asyncio is loaded by those only who make such a client.
        from .async_auth import AsyncIonAuth
        from .async_calls import AsyncCalls
        from .async_connections import AsyncConnections

        configuration = Configuration(
            self.settings or Settings(title=type(self).__name__, user_agent="ionapi"),
            credentials=credentials,
            base_url=base_url,
            timeout=timeout,
            retry=retry,
            default_headers=headers,
            verify=verify,
            auth=auth,
            strict=strict,
            networked=transport is None,
        )
        connections = AsyncConnections(
            verify=configuration.verify,
            transport=transport,
            auth=configuration.auth,
        )
        ion: AsyncIonAuth | None = None
        if configuration.credentials is not None:
            ion = AsyncIonAuth(
                configuration.credentials,
                store=token_store,
                verify=configuration.verify,
                transport=transport,
                timeout=configuration.token_timeout,
            )
        self._owner = True
        self._calls = AsyncCalls(configuration, connections, ion)
        self.mode_ = self._calls

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        base_url: str | None = None,
        timeout: Timeout | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        token_store: TokenStore | None = None,
        verify: Verify | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        auth: Auth | None | Unset = UNSET,
        strict: bool = False,
    ) -> Self:
        """A client with the credentials of an `.ionapi` file, given by its path or as
        its text."""
        return cls(
            credentials=credentials_from(ionapi),
            base_url=base_url,
            timeout=timeout,
            retry=retry,
            headers=headers,
            token_store=token_store,
            verify=verify,
            transport=transport,
            auth=auth,
            strict=strict,
        )

    @property
    def auth(self) -> AsyncIonAuth:
        """The token's life: `auth.token()` obtains or renews it, `auth.revoke()` ends
        it. Both are rarely needed.

        Raises:
            RuntimeError: this client sends no ION tokens.
        """
        if self._calls.auth is None:
            raise RuntimeError("this client was made with auth=, and has no ION token")
        return self._calls.auth

    async def response(
        self,
        method: Callable[P, Coroutine[Any, Any, R]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response[R]:
        """Call a method of this client, and return the whole answer: status, headers,
        body and value.

            answer = await client.response(client.items.get_item, "X")
        """
        operation, group = operation_of(method)
        return await self._calls_of(group).response(operation, args, kwargs)

    def stream(
        self,
        method: Callable[P, Coroutine[Any, Any, object]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> AbstractAsyncContextManager[AsyncStreamedResponse]:
        """Call a method of this client, and hand out the answer before its body is
        read. An error status is raised before that.

            async with client.stream(client.files.download, "X") as answer:
                async for chunk in answer.aiter_bytes():
                    ...
        """
        operation, group = operation_of(method)
        return self._calls_of(group).stream(operation, args, kwargs)

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """A cheap copy with other options, which shares connections and token.

        Headers are added to those of the original. Closing a copy closes nothing; once
        the original is closed, its copies are, too.
        """
        session = self._calls.session.with_options(
            None if timeout is None else timeouts(timeout), table(headers or {}), retry
        )
        other = type(self).__new__(type(self))
        other._owner = False
        other._calls = self._calls.with_session(session)
        other.mode_ = other._calls
        return other

    async def aclose(self) -> None:
        """Revoke the token and close the connections; never raises."""
        if self._owner:
            await self._calls.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        title = "no API" if self.settings is None else self.settings.title
        return f"<{type(self).__name__} of {title}>"

    @staticmethod
    def _calls_of(group: Group[Async]) -> AsyncCalls:
        from .async_calls import AsyncCalls

        if isinstance(group.mode_, AsyncCalls):
            return group.mode_
        raise TypeError("expected a method of an AsyncClient, not of a Client")
