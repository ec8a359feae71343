"""The token protocol, written once and without I/O: obtain, renew, revoke.

RFC 6749 (grants and refresh), RFC 7009 (revocation). The generators raise
`AuthenticationError` where the server refuses and `TransportError` where it cannot be
reached.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from . import answers
from .credentials import Credentials
from .errors import IonApiError, RequestTimeoutError, TransportError
from .retry import retry_after
from .steps import Answer, Pause, Post, Steps, Unreachable
from .token_state import is_passing
from .tokens import BasicLogin, Form, Token

REPEATS = 2
"""How often a request is repeated after a failure that may pass."""

LONGEST_PAUSE = 10.0
"""Seconds between two attempts, whatever the server asks for."""


class Grant:
    """The dialogue of one account with its authorization server.

    It remembers in which way the client has to name itself, and which refresh token
    must not be sent again because nobody knows whether the server has seen it.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._at_token_url = _Manner(by_login=False)
        self._at_revoke_url = _Manner(by_login=True)
        self._spent: Token | None = None

    def renew(self, old: Token | None) -> Steps[Token]:
        """Another token than `old`: by its refresh token if it has one, else from the
        account.

        A refresh that is refused, or whose answer is lost, is followed by the account,
        once: a refresh token that was sent twice would look stolen, and the server
        would end the whole grant. After a failure that may pass there are two repeats,
        then the error.
        """
        if old is not None and old.refresh is not None and not self._is_spent(old):
            token = yield from self._refreshed(old)
            if token is not None:
                return token
        return (yield from self._obtained())

    def revoke(self, token: Token, repeats: int = REPEATS) -> Steps[None]:
        """Ends the grant that a token stands for: revokes the refresh token, then the
        access token, each whatever became of the other.

        Nothing happens where the credentials name no revocation endpoint. Raises the
        first of the failures.
        """
        url = self._credentials.revoke_url
        if url is None:
            return
        failures: list[IonApiError] = []
        for form in _revocations(token):
            reply, post = yield from self._ask(url, form, self._at_revoke_url, repeats)
            if isinstance(reply, Unreachable) or not 200 <= reply.status <= 299:
                failures.append(_failure(reply, post))
        if failures:
            raise failures[0]

    def _refreshed(self, old: Token) -> Steps[Token | None]:
        """The new token; None where the account has to step in."""
        # Before it is sent: whoever is interrupted now does not know what arrives.
        self._spent = old
        reply, post = yield from self._ask(
            self._credentials.token_url,
            Form(grant_type="refresh_token", refresh_token=old.refresh or ""),
            self._at_token_url,
            once=True,
        )
        if isinstance(reply, Unreachable):
            if reply.sent:
                return None
            self._spent = None
            raise _failure(reply, post)
        token = answers.token(reply, old.refresh)
        if token is not None:
            # A server that gives no other refresh token takes this one again.
            self._spent = None
        elif is_passing(reply.status) or answers.wants_other_login(reply):
            self._spent = None
            raise _failure(reply, post)
        return token

    def _obtained(self) -> Steps[Token]:
        reply, post = yield from self._ask(
            self._credentials.token_url,
            _account_form(self._credentials),
            self._at_token_url,
        )
        token = answers.token(reply) if isinstance(reply, Answer) else None
        if token is None:
            raise _failure(reply, post)
        return token

    def _ask(
        self,
        url: str,
        form: Form,
        manner: _Manner,
        repeats: int = REPEATS,
        once: bool = False,
    ) -> Steps[tuple[Answer | Unreachable, Post]]:
        """Posts a form in the manner that the server took last time, and in the other
        one if it does not know the client so."""
        post = self._post(url, form, manner.by_login, once)
        reply = yield from _repeated(post, repeats)
        if not isinstance(reply, Answer) or not answers.wants_other_login(reply):
            return reply, post
        other = self._post(url, form, not manner.by_login, once)
        second = yield from _repeated(other, repeats)
        if isinstance(second, Answer) and answers.wants_other_login(second):
            return reply, post
        manner.by_login = not manner.by_login
        return second, other

    def _post(self, url: str, form: Form, by_login: bool, once: bool) -> Post:
        client = (self._credentials.client_id, self._credentials.client_secret)
        if by_login:
            return Post(url, form, BasicLogin(*client), once)
        return Post(url, form.with_client(*client), None, once)

    def _is_spent(self, token: Token) -> bool:
        return self._spent is not None and self._spent.refresh == token.refresh


class _Manner:
    """How the client names itself at an endpoint: by HTTP Basic, or in the form."""

    def __init__(self, by_login: bool) -> None:
        self.by_login = by_login


def _account_form(credentials: Credentials) -> Form:
    """What obtains a token without another one (RFC 6749 sections 4.3 and 4.4)."""
    fields: dict[str, str] = {"grant_type": credentials.grant}
    if credentials.grant == "password":
        fields["username"] = credentials.username or ""
        fields["password"] = credentials.password or ""
    if credentials.scopes:
        fields["scope"] = " ".join(credentials.scopes)
    return Form(**fields)


def _revocations(token: Token) -> Iterator[Form]:
    if token.refresh is not None:
        yield Form(token=token.refresh, token_type_hint="refresh_token")
    yield Form(token=token.access, token_type_hint="access_token")


def _repeated(post: Post, repeats: int) -> Steps[Answer | Unreachable]:
    attempt = 0
    while True:
        reply = yield post
        if reply is None:
            raise AssertionError("a driver answers every post")
        if attempt == repeats or not _may_pass(reply, post):
            return reply
        wanted = retry_after(reply.headers) if isinstance(reply, Answer) else None
        # Jitter, so that those who failed together do not come back together.
        pause = max(wanted or 0.0, random.uniform(0.1, 0.5) * 2**attempt)
        yield Pause(min(pause, LONGEST_PAUSE))
        attempt += 1


def _may_pass(reply: Answer | Unreachable, post: Post) -> bool:
    match reply:
        case Answer():
            return is_passing(reply.status)
        case Unreachable():
            return not reply.sent or not (post.once or reply.timed_out)


def _failure(reply: Answer | Unreachable, post: Post) -> IonApiError:
    match reply:
        case Answer():
            return answers.refusal(reply, post.secrets())
        case Unreachable(timed_out=True):
            return RequestTimeoutError(_silence(reply), reply.sent)
        case Unreachable():
            return TransportError(_silence(reply), reply.sent)


def _silence(reply: Unreachable) -> str:
    return f"no answer from the authorization server: {reply.reason}"
