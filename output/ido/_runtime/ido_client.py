"""The clients of Mongoose's IDOs: as others, with the configuration that they work
in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from .async_client import AsyncClientBase
from .client import SyncClientBase
from .configuration import Timeout, Verify
from .credentials import Credentials
from .ido_errors import CONFIG
from .retry import Retry
from .schemes import Auth
from .store import TokenStore
from .unset import Unset

if TYPE_CHECKING:
    import httpx2


class Arguments(TypedDict, total=False):
    """The arguments of a client that are the same for all APIs: see
    `SyncClientBase`."""

    base_url: str | None
    timeout: Timeout | None
    retry: Retry | None
    token_store: TokenStore | None
    verify: Verify | None
    auth: Auth | None | Unset
    strict: bool


class SyncIDOClient(SyncClientBase):
    """Calls Mongoose and waits for the answers.

    Args:
        mongoose_config: the configuration, such as `ACME_TRN_DALS`, in which all calls
            work that name no other.
        credentials: who calls; as for any client.
        headers: what is sent with each call.
        transport: what sends the requests in place of the network, for tests.
        arguments: the other arguments of a client.
    """

    def __init__(
        self,
        *,
        mongoose_config: str | None = None,
        credentials: Credentials | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.BaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> None:
        super().__init__(
            credentials=credentials,
            headers=_headers(headers, mongoose_config),
            transport=transport,
            **arguments,
        )

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        mongoose_config: str | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.BaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> Self:
        """A client with the credentials of an `.ionapi` file, given by its path or as
        its text."""
        return super().from_ionapi(
            ionapi,
            headers=_headers(headers, mongoose_config),
            transport=transport,
            **arguments,
        )

    def with_options(
        self,
        *,
        mongoose_config: str | None = None,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """A cheap copy with other options, which shares connections and token.

            dallas = client.with_options(mongoose_config="ACME_TRN_DALS")

        A call that names a configuration works in that one.
        """
        headers = _headers(headers, mongoose_config)
        return super().with_options(timeout=timeout, headers=headers, retry=retry)


class AsyncIDOClient(AsyncClientBase):
    """Calls Mongoose from asyncio; arguments as for the client that waits."""

    def __init__(
        self,
        *,
        mongoose_config: str | None = None,
        credentials: Credentials | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> None:
        super().__init__(
            credentials=credentials,
            headers=_headers(headers, mongoose_config),
            transport=transport,
            **arguments,
        )

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        mongoose_config: str | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> Self:
        """As `Client.from_ionapi`."""
        return super().from_ionapi(
            ionapi,
            headers=_headers(headers, mongoose_config),
            transport=transport,
            **arguments,
        )

    def with_options(
        self,
        *,
        mongoose_config: str | None = None,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """As `Client.with_options`."""
        headers = _headers(headers, mongoose_config)
        return super().with_options(timeout=timeout, headers=headers, retry=retry)


def _headers(
    headers: Mapping[str, str] | None, mongoose_config: str | None
) -> Mapping[str, str] | None:
    """The headers of a client, with that of the configuration."""
    if mongoose_config is None:
        return headers
    if not mongoose_config.strip():
        raise ValueError("mongoose_config: the name of a configuration, not a blank")
    return {**(headers or {}), CONFIG: mongoose_config}
