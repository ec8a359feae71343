"""What a generated client knows of its document: the constants in `client.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import httpx2

    from .errors import IonApiError

Check: TypeAlias = "Callable[[httpx2.Response, IonApiError | None], IonApiError | None]"
"""Called with each answer and the error that its status means; gives the error to
raise, which an answer with a success status may tell of, too. Where the answer is
streamed, its body was not read."""


class GatewayDefaults:
    """Where the gateway and its authorization server are; nothing secret."""

    __slots__ = (
        "authorize_url",
        "gateway_url",
        "grant",
        "revoke_url",
        "tenant",
        "token_url",
    )

    def __init__(
        self,
        *,
        gateway_url: str,
        tenant: str,
        token_url: str,
        revoke_url: str | None = None,
        authorize_url: str | None = None,
        grant: str = "password",
    ) -> None:
        self.gateway_url = gateway_url
        self.tenant = tenant
        self.token_url = token_url
        self.revoke_url = revoke_url
        self.authorize_url = authorize_url
        self.grant = grant


class Settings:
    """The constants of one document.

    Args:
        title: the API's name, for messages.
        user_agent: what is sent as `User-Agent`.
        base_url: the document's server; may be relative.
        gateway_path: the path below `{gateway}/{tenant}` where the API is; the server
            does not count then.
        gateway: the gateway that the client was generated for.
        security: the alternatives of security schemes that operations need which do
            not say otherwise.
        check: finds failures that the status of an answer does not tell.
    """

    __slots__ = (
        "base_url",
        "check",
        "gateway",
        "gateway_path",
        "security",
        "title",
        "user_agent",
    )

    def __init__(
        self,
        *,
        title: str,
        user_agent: str,
        base_url: str | None = None,
        gateway_path: str | None = None,
        gateway: GatewayDefaults | None = None,
        security: tuple[tuple[str, ...], ...] | None = None,
        check: Check | None = None,
    ) -> None:
        self.title = title
        self.user_agent = user_agent
        self.base_url = base_url
        self.gateway_path = gateway_path
        self.gateway = gateway
        self.security = security
        self.check = check
