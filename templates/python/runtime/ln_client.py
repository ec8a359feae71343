"""The clients of LN's OData services: as others, with the company and the identity that
calls work in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, Unpack

from .async_client import AsyncClientBase
from .client import SyncClientBase
from .configuration import Timeout
from .credentials import Credentials
from .infor_client import Arguments, in_languages, with_given
from .retry import Retry

if TYPE_CHECKING:
    import httpx2


class SyncLNClient(SyncClientBase):
    """Calls LN and waits for the answers.

    Args:
        ln_company: the number of the company that all calls work in which name no
            other: the header `X-Infor-LnCompany`.
        ln_identity: the identity of LN that calls have: `X-Infor-LnIdentity`.
        content_language: the language of texts, such as `de-DE`: `Content-Language`.
        accept_language: the languages that answers may have: `Accept-Language`.
        credentials: who calls; as for any client.
        headers: what is sent with each call.
        transport: what sends the requests in place of the network, for tests.
        arguments: the other arguments of a client.
    """

    def __init__(
        self,
        *,
        ln_company: str | int | None = None,
        ln_identity: str | None = None,
        content_language: str | None = None,
        accept_language: str | None = None,
        credentials: Credentials | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.BaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> None:
        super().__init__(
            credentials=credentials,
            headers=_in_company(
                in_languages(headers, content_language, accept_language),
                ln_company,
                ln_identity,
            ),
            transport=transport,
            **arguments,
        )

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        ln_company: str | int | None = None,
        ln_identity: str | None = None,
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
            headers=_in_company(
                in_languages(headers, content_language, accept_language),
                ln_company,
                ln_identity,
            ),
            transport=transport,
            **arguments,
        )

    def with_options(
        self,
        *,
        ln_company: str | int | None = None,
        ln_identity: str | None = None,
        content_language: str | None = None,
        accept_language: str | None = None,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """A cheap copy with other options, which shares connections and token.

            berlin = client.with_options(ln_company=2200)

        A call that names a company works in that one.
        """
        headers = in_languages(headers, content_language, accept_language)
        headers = _in_company(headers, ln_company, ln_identity)
        return super().with_options(timeout=timeout, headers=headers, retry=retry)


class AsyncLNClient(AsyncClientBase):
    """Calls LN from asyncio; arguments as for the client that waits."""

    def __init__(
        self,
        *,
        ln_company: str | int | None = None,
        ln_identity: str | None = None,
        content_language: str | None = None,
        accept_language: str | None = None,
        credentials: Credentials | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> None:
        super().__init__(
            credentials=credentials,
            headers=_in_company(
                in_languages(headers, content_language, accept_language),
                ln_company,
                ln_identity,
            ),
            transport=transport,
            **arguments,
        )

    @classmethod
    def from_ionapi(
        cls,
        ionapi: str | os.PathLike[str],
        *,
        ln_company: str | int | None = None,
        ln_identity: str | None = None,
        content_language: str | None = None,
        accept_language: str | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **arguments: Unpack[Arguments],
    ) -> Self:
        """As `Client.from_ionapi`."""
        return super().from_ionapi(
            ionapi,
            headers=_in_company(
                in_languages(headers, content_language, accept_language),
                ln_company,
                ln_identity,
            ),
            transport=transport,
            **arguments,
        )

    def with_options(
        self,
        *,
        ln_company: str | int | None = None,
        ln_identity: str | None = None,
        content_language: str | None = None,
        accept_language: str | None = None,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
    ) -> Self:
        """As `Client.with_options`."""
        headers = in_languages(headers, content_language, accept_language)
        headers = _in_company(headers, ln_company, ln_identity)
        return super().with_options(timeout=timeout, headers=headers, retry=retry)


def _in_company(
    headers: Mapping[str, str] | None, company: str | int | None, identity: str | None
) -> Mapping[str, str] | None:
    """The headers of a client, with those of its company and its identity."""
    given = {
        "X-Infor-LnCompany": ("ln_company", company),
        "X-Infor-LnIdentity": ("ln_identity", identity),
    }
    return with_given(headers, given)
