"""The clients of M3's programs: as others, with the options that M3 has, and bulk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, Unpack

from .async_client import AsyncClientBase
from .client import SyncClientBase
from .configuration import Timeout
from .mi_options import Options
from .retry import Retry

if TYPE_CHECKING:
    from .mi_bulk import AsyncBulk, Bulk


class SyncMIClient(SyncClientBase):
    """Calls programs of M3 and waits for the answers."""

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
        **options: Unpack[Options],
    ) -> Self:
        """A cheap copy with other options, which shares connections and token.

            norway = client.with_options(cono=100, divi="NOR")

        The options of M3 hold for all transactions; a call may say otherwise.
        """
        other = super().with_options(timeout=timeout, headers=headers, retry=retry)
        other._calls = other._calls.with_session(other._calls.session.saying(options))
        other.mode_ = other._calls
        return other

    def bulk(self, size: int = 100) -> Bulk:
        """Collects transactions of one program, to send them in few requests.

            bulk = client.bulk()
            for customer in blocked:
                bulk.add(client.chg_financial, cuno=customer, blcd=1)
            for result in bulk.send():
                print(result.error or "done")

        Args:
            size: the most transactions in one request.
        """
        from .mi_bulk import Bulk

        return Bulk(self._calls, size)


class AsyncMIClient(AsyncClientBase):
    """Calls programs of M3 from asyncio."""

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        retry: Retry | None = None,
        **options: Unpack[Options],
    ) -> Self:
        """As `Client.with_options`."""
        other = super().with_options(timeout=timeout, headers=headers, retry=retry)
        other._calls = other._calls.with_session(other._calls.session.saying(options))
        other.mode_ = other._calls
        return other

    def bulk(self, size: int = 100) -> AsyncBulk:
        """As `Client.bulk`; `send` is awaited."""
        from .mi_bulk import AsyncBulk

        return AsyncBulk(self._calls, size)
