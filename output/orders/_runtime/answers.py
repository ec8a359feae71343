"""What the answers of an authorization server mean: a token, or a refusal in words that
may be shown.

Nothing here raises: an error would carry the answer in its traceback.
"""

from __future__ import annotations

import math

from .errors import AuthenticationError
from .members import members_of
from .redaction import excerpt
from .steps import Answer
from .tokens import Token

UNSTATED_LIFETIME = 300.0
"""Seconds that a token is trusted for where the server says nothing usable about it."""

_TOKENS = ("access_token", "refresh_token", "id_token")

_LONGEST_LIFETIME = 30 * 86_400.0


def token(answer: Answer, kept_refresh: str | None = None) -> Token | None:
    """The token in an answer (RFC 6749 section 5.1); None where there is none that
    could be used.

    Args:
        answer: what the server said.
        kept_refresh: what renews the token where the answer brings nothing new for it.
    """
    members = members_of(answer.body)
    access = members.get("access_token")
    kind = members.get("token_type", "bearer")
    scope = members.get("scope")
    refresh = members.get("refresh_token")
    if answer.status != 200 or not isinstance(access, str) or not is_visible(access):
        return None
    if not isinstance(kind, str) or kind.lower() != "bearer":
        return None
    return Token(
        access,
        asked_at=answer.asked_at,
        lifetime=lifetime(members.get("expires_in")),
        refresh=refresh if isinstance(refresh, str) and refresh else kept_refresh,
        scope=scope if isinstance(scope, str) else None,
    )


def lifetime(expires_in: object) -> float:
    """Seconds that a token lives, from what a server said: a number or its text.

    Anything else, and a life that is over before it begins, is 300 seconds: a token
    that turns out to be dead earlier is replaced when an API refuses it, whereas one
    that is held for dead at once would be asked for at every call.
    """
    if not isinstance(expires_in, str | int | float) or isinstance(expires_in, bool):
        return UNSTATED_LIFETIME
    try:
        seconds = float(expires_in)
    except (ValueError, OverflowError):
        return UNSTATED_LIFETIME
    if not math.isfinite(seconds) or seconds <= 0:
        return UNSTATED_LIFETIME
    return min(seconds, _LONGEST_LIFETIME)


def error_code(answer: Answer) -> str | None:
    """The `error` of a refusal (RFC 6749 section 5.2), such as `invalid_grant`."""
    code = members_of(answer.body).get("error")
    return code if isinstance(code, str) and code else None


def wants_other_login(answer: Answer) -> bool:
    """Whether the server refused the way in which the client named itself.

    Some read id and secret from the form, some from HTTP Basic, and say so by the code
    or by naming Basic in `WWW-Authenticate`.
    """
    if answer.status not in (400, 401):
        return False
    if (code := error_code(answer)) is not None:
        return code == "invalid_client"
    offered = answer.headers.get("www-authenticate", "")
    return answer.status == 401 and "basic " in f"{offered.lower()} "


def refusal(answer: Answer, secrets: tuple[str, ...]) -> AuthenticationError:
    """An answer as the error to raise, without anything secret in it."""
    members = members_of(answer.body)
    tokens = (members.get(name) for name in _TOKENS)
    secrets = (*secrets, *(token for token in tokens if isinstance(token, str)))
    code = error_code(answer)
    description = members.get("error_description")
    if 200 <= answer.status < 300:
        said = "no bearer token is in its answer; is the token URL right?"
    elif 300 <= answer.status < 400:
        said = "redirects are not followed with secrets; is the token URL right?"
    elif isinstance(description, str):
        said = excerpt(description, secrets)
    else:
        said = "" if code else excerpt(answer.body, secrets)
    return AuthenticationError(
        answer.status, excerpt(code, secrets)[:80] if code else None, said
    )


def is_visible(access: str) -> bool:
    """Whether a token can stand in a header: visible ASCII (RFC 6749 appendix A)."""
    return (
        bool(access) and access.isascii() and access.isprintable() and " " not in access
    )
