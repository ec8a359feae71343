"""Who may use a sandbox: one client and one service account, whose secrets are none, in the shape Infor
gives them."""

from __future__ import annotations

import json
from dataclasses import dataclass

APPLICATION = "ionapi sandbox"
"""What such a file calls its app (`cn`)."""


@dataclass(frozen=True, slots=True)
class FakeCredentials:
    """What an administrator would download. Nothing here is secret: it opens a server on this machine
    only."""

    tenant: str = "SANDBOX_TST"
    client_secret: str = "sandbox-client-secret"
    account_secret: str = "sandbox-account-secret"

    @property
    def client_id(self) -> str:
        return f"{self.tenant}~sandbox-client"

    @property
    def account(self) -> str:
        return f"{self.tenant}#sandbox-account"

    def ionapi_text(self, url: str, *, service_account: bool = True, on_premises: bool = False) -> str:
        """An `.ionapi` file for a sandbox that listens at `url`: with or without a service account, with the
        paths of Infor's cloud or of an installation on premises."""
        server = {
            "pu": f"{url}/{self.tenant}/as/",
            "oa": "authorization.oauth2",
            "ot": "token.oauth2",
            "or": "revoke_token.oauth2",
        }
        if on_premises:
            server = {
                "pu": f"{url}/{self.tenant}/",
                "oa": "connect/authorize",
                "ot": "connect/token",
                "or": "connect/revocation",
            }
        account = {"saak": self.account, "sask": self.account_secret} if service_account else {}
        identity = {"ti": self.tenant, "cn": APPLICATION, "dt": "12", "ci": self.client_id}
        content = {**identity, "cs": self.client_secret, "iu": url, **server, "v": "1.0", **account}
        return json.dumps(content, indent=2) + "\n"


def is_fake(text: str) -> bool:
    """Whether this is an `.ionapi` file of a sandbox, which nobody misses."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("cn") == APPLICATION
