"""The clients of Infor's APIs that speak several languages: as others, with a language
for all calls."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from .async_client import AsyncClientBase
from .client import SyncClientBase
from .configuration import Timeout, Verify
from .credentials import Credentials
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


class SyncInforClient(SyncClientBase):
    """Calls one of Infor's APIs and waits for the answers.

    Args:
        content_language: the language of texts, such as `de-DE`, in all calls that name
            no other: the header `Content-Language`.
        accept_language: the languages that answers may have: `Accept-Language`.
        credentials: who calls; as for any client.
        headers: what is sent with each call.
        transport: what sends the requests in place of the network, for tests.
        arguments: the other arguments of a client.
    """

    def __init__(
        self,
        *,
        content_language: str | None = None,
        accept_language: str | None = None,
        credentials: Credentials | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.BaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> None:
        super().__init__(
            credentials=credentials,
            headers=in_languages(headers, content_language, accept_language),
            transport=transport,
            **arguments,
        )

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        content_language: str | None = None,
        accept_language: str | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.BaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> Self:
        """A client with the credentials of an `.ionapi` file, given by its path or as
        its text."""
        return super().from_ionapi(
            ionapi,
            headers=in_languages(headers, content_language, accept_language),
            transport=transport,
            **arguments,
        )

    def with_options(
        self,
        *,
        content_language: str | None = None,
        accept_language: str | None = None,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """A cheap copy with other options, which shares connections and token.

            german = client.with_options(content_language="de-DE")

        A call that names a language has that one.
        """
        headers = in_languages(headers, content_language, accept_language)
        return super().with_options(timeout=timeout, headers=headers, retry=retry)


class AsyncInforClient(AsyncClientBase):
    """Calls one of Infor's APIs from asyncio; arguments as for the client that
    waits."""

    def __init__(
        self,
        *,
        content_language: str | None = None,
        accept_language: str | None = None,
        credentials: Credentials | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> None:
        super().__init__(
            credentials=credentials,
            headers=in_languages(headers, content_language, accept_language),
            transport=transport,
            **arguments,
        )

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        content_language: str | None = None,
        accept_language: str | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> Self:
        """As `Client.from_ionapi`."""
        return super().from_ionapi(
            ionapi,
            headers=in_languages(headers, content_language, accept_language),
            transport=transport,
            **arguments,
        )

    def with_options(
        self,
        *,
        content_language: str | None = None,
        accept_language: str | None = None,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """As `Client.with_options`."""
        headers = in_languages(headers, content_language, accept_language)
        return super().with_options(timeout=timeout, headers=headers, retry=retry)


def in_languages(
    headers: Mapping[str, str] | None, content: str | None, accept: str | None
) -> Mapping[str, str] | None:
    """The headers of a client, with those of its languages."""
    given = {
        "Content-Language": ("content_language", content),
        "Accept-Language": ("accept_language", accept),
    }
    return with_given(headers, given)


def with_given(
    headers: Mapping[str, str] | None,
    given: Mapping[str, tuple[str, str | int | None]],
) -> Mapping[str, str] | None:
    """The headers of a client, with those that options of it have filled.

    Args:
        headers: what the caller gives by itself.
        given: option and value, by the name of the header; None says nothing.

    Raises:
        ValueError: a value is blank.
    """
    filled: dict[str, str] = {}
    for header, (option, value) in given.items():
        if value is None:
            continue
        text = str(value)
        if not text.strip():
            raise ValueError(f"{option}: a blank says nothing; leave it out")
        filled[header] = text
    return {**(headers or {}), **filled} if filled else headers
