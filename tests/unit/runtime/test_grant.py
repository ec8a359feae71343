"""The token protocol, step by step: what is posted, and what follows from each answer."""

from __future__ import annotations

import base64
import json
import math
import time
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import parse_qs, parse_qsl

import pytest
from ionapi_runtime import answers
from ionapi_runtime.credentials import Credentials
from ionapi_runtime.errors import AuthenticationError, RequestTimeoutError, TransportError
from ionapi_runtime.grant import Grant
from ionapi_runtime.steps import Answer, Pause, Post, Steps, Unreachable
from ionapi_runtime.tokens import Form, Token

T = TypeVar("T")

CREDENTIALS = Credentials(
    gateway_url="https://gateway.example.com",
    tenant="ACME_TST",
    client_id="ACME_TST~client",
    client_secret="cs-hush",
    token_url="https://sso.example.com/token",
    revoke_url="https://sso.example.com/revoke",
    username="ACME_TST#saak-hush",
    password="sask-hush",
)
OLD = Token("old", asked_at=0.0, lifetime=10.0, refresh="r-old")
LOST = Unreachable(sent=True, timed_out=False, reason="ReadError")
SILENT = Unreachable(sent=True, timed_out=True, reason="ReadTimeout")
NEVER_LEFT = Unreachable(sent=False, timed_out=False, reason="ConnectError")


def says(status: int, headers: dict[str, str] | None = None, /, **members: object) -> Answer:
    return Answer(status, headers or {}, json.dumps(members).encode(), 100.0)


NEW = says(200, access_token="new", token_type="Bearer", expires_in=100, refresh_token="r-new")
INVALID_GRANT = says(400, error="invalid_grant")
INVALID_CLIENT = says(401, error="invalid_client")


class Played:
    """The steps of a protocol, played with these answers: what was posted, what came out of it."""

    def __init__(self, steps: Steps[T], *replies: Answer | Unreachable) -> None:
        self.posts: list[Post] = []
        self.pauses: list[float] = []
        self.result: object = None
        self.error: Exception | None = None
        try:
            self.result = self._play(steps, iter(replies))
        except (AuthenticationError, TransportError) as error:
            self.error = error
        assert len(replies) == len(self.posts)

    def _play(self, steps: Steps[T], replies: Iterator[Answer | Unreachable]) -> T:
        reply: Answer | Unreachable | None = None
        while True:
            try:
                step = steps.send(reply)
            except StopIteration as end:
                result: T = end.value
                return result
            match step:
                case Post():
                    self.posts.append(step)
                    reply = next(replies)
                case Pause(seconds=seconds):
                    self.pauses.append(seconds)
                    reply = None

    @property
    def forms(self) -> list[dict[str, str]]:
        return [dict(parse_qsl(post.form.encoded().decode())) for post in self.posts]

    @property
    def grants(self) -> list[str]:
        return [form["grant_type"] for form in self.forms]

    @property
    def logins(self) -> list[str]:
        return ["basic" if post.login else "form" for post in self.posts]


def test_a_service_account_is_posted_as_a_form() -> None:
    """Account, client and scopes, encoded once, nothing added to any of them (RFC 6749 section 4.3)."""
    played = Played(Grant(CREDENTIALS.__replace__(scopes=("a", "b"))).renew(None), NEW)
    assert (
        b"grant_type=password&username=ACME_TST%23saak-hush&password=sask-hush&scope=a+b"
        b"&client_id=ACME_TST~client&client_secret=cs-hush"
    ) == played.posts[0].form.encoded()
    token = played.result
    assert isinstance(token, Token)
    assert ("Bearer new", "r-new", 200.0, 190.0) == (
        token.authorization,
        token.refresh,
        token.expires_at,
        token.stale_at,
    )


def test_an_app_without_account_uses_client_credentials() -> None:
    """The client's id and secret are all there is (RFC 6749 section 4.4)."""
    played = Played(Grant(CREDENTIALS.__replace__(username=None, password=None)).renew(None), NEW)
    assert {
        "grant_type": "client_credentials",
        "client_id": "ACME_TST~client",
        "client_secret": "cs-hush",
    } == played.forms[0]


def test_a_refresh_token_goes_first_and_is_kept_where_no_other_comes() -> None:
    """Some servers rotate it, some do not."""
    kept = says(200, access_token="new", expires_in="100")
    assert ["r-new", "r-old"] == [
        played.result.refresh
        for played in (
            Played(Grant(CREDENTIALS).renew(OLD), NEW),
            Played(Grant(CREDENTIALS).renew(OLD), kept),
        )
        if isinstance(played.result, Token)
    ]


@pytest.mark.parametrize("reply", [INVALID_GRANT, LOST, SILENT, says(200, nothing="usable")])
def test_a_refresh_that_is_refused_or_lost_is_followed_by_the_account_once(
    reply: Answer | Unreachable,
) -> None:
    """And the refresh token is not sent again, even if the account fails as well."""
    grant = Grant(CREDENTIALS)
    played = Played(grant.renew(OLD), reply, INVALID_GRANT)
    assert ["refresh_token", "password"] == played.grants
    assert isinstance(played.error, AuthenticationError)
    assert ["password"] == Played(grant.renew(OLD), NEW).grants


def test_a_refresh_token_is_spent_when_it_is_sent() -> None:
    """Whoever is interrupted while it is on its way does not send it again; one that was not used up is."""
    grant = Grant(CREDENTIALS)
    interrupted = grant.renew(OLD)
    assert isinstance(next(interrupted), Post)
    interrupted.close()
    assert ["password"] == Played(grant.renew(OLD), NEW).grants
    for unused in ([NEVER_LEFT] * 3, [says(503)] * 3, [says(200, access_token="new")]):
        grant = Grant(CREDENTIALS)
        Played(grant.renew(OLD), *unused)
        assert ["refresh_token"] == Played(grant.renew(OLD), NEW).grants


@pytest.mark.parametrize("reply", [says(503), says(429), says(500), NEVER_LEFT])
@pytest.mark.parametrize("old", [OLD, None])
def test_what_may_pass_is_repeated_twice_and_then_an_error(
    reply: Answer | Unreachable, old: Token | None
) -> None:
    """A server that is down does not get the account after the refresh token."""
    kind = "password" if old is None else "refresh_token"
    success = Played(Grant(CREDENTIALS).renew(old), reply, reply, NEW)
    failure = Played(Grant(CREDENTIALS).renew(old), reply, reply, reply)
    assert ([kind] * 3, [kind] * 3) == (success.grants, failure.grants)
    assert success.error is None
    assert failure.error is not None
    assert all(0.1 <= pause <= 1.0 for pause in failure.pauses)


def test_the_server_may_ask_for_a_longer_pause_within_bounds() -> None:
    """Retry-After in seconds or as a date; ten seconds at most."""
    replies = [says(429, {"retry-after": value}) for value in ("3", "Fri, 31 Dec 2999 23:59:59 GMT")]
    assert [3.0, 10.0] == Played(Grant(CREDENTIALS).renew(None), *replies, NEW).pauses
    dated = says(503, {"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"})
    assert 0.5 >= Played(Grant(CREDENTIALS).renew(None), dated, NEW).pauses[0]


def test_a_lost_answer_to_the_account_is_asked_for_again_unless_it_was_slow() -> None:
    """A second token does no harm; three time-outs in a row would."""
    assert ["password"] * 2 == Played(Grant(CREDENTIALS).renew(None), LOST, NEW).grants
    played = Played(Grant(CREDENTIALS).renew(None), SILENT)
    assert isinstance(played.error, RequestTimeoutError)
    assert played.error.sent


@pytest.mark.parametrize(
    "refused",
    [
        INVALID_CLIENT,
        Answer(401, {"www-authenticate": "Basic realm=x"}, b"", 0.0),
        Answer(401, {"www-authenticate": 'Bearer realm="x", Basic realm="y"'}, b"", 0.0),
    ],
)
def test_a_client_is_named_in_the_form_first_then_by_http_basic(refused: Answer) -> None:
    """The manner that worked is the first one from then on."""
    grant = Grant(CREDENTIALS)
    first, second = Played(grant.renew(None), refused, NEW), Played(grant.renew(None), NEW)
    assert (["form", "basic"], ["basic"]) == (first.logins, second.logins)
    assert "client_secret" not in second.forms[0]
    login = second.posts[0].login
    assert login is not None
    assert f"Basic {base64.b64encode(b'ACME_TST~client:cs-hush').decode()}" == login.header()


def test_a_client_that_is_refused_in_both_manners_is_refused() -> None:
    """Two requests, and not two more with the account after the refresh token."""
    played = Played(Grant(CREDENTIALS).renew(OLD), INVALID_CLIENT, INVALID_CLIENT)
    assert ["refresh_token"] * 2 == played.grants
    assert "the authorization server answered 401 Unauthorized: invalid_client" == str(played.error)


def test_revoking_ends_the_refresh_token_then_the_access_token() -> None:
    """By HTTP Basic; each whatever became of the other (RFC 7009)."""
    played = Played(Grant(CREDENTIALS).revoke(OLD), says(400, error="unsupported_token_type"), says(200))
    assert [
        {"token": "r-old", "token_type_hint": "refresh_token"},
        {"token": "old", "token_type_hint": "access_token"},
    ] == played.forms
    assert ["basic", "basic"] == played.logins
    assert "400 Bad Request: unsupported_token_type" in str(played.error)
    assert [] == Played(Grant(CREDENTIALS.__replace__(revoke_url=None)).revoke(OLD)).posts


@pytest.mark.parametrize(
    ("expires_in", "lifetime"),
    [
        (7200, 7200.0),
        ("7199", 7199.0),
        (0.5, 0.5),
        (10**12, 2_592_000.0),
        (None, 300.0),
        (-5, 300.0),
        (0, 300.0),
        ("soon", 300.0),
        ("", 300.0),
        ("nan", 300.0),
        (math.inf, 300.0),
        (True, 300.0),
        ([], 300.0),
        (10**400, 300.0),
    ],
)
def test_the_life_of_a_token_is_read_with_suspicion(expires_in: object, lifetime: float) -> None:
    """Nonsense makes neither a token that never ends nor one that is asked for at each call."""
    assert lifetime == answers.lifetime(expires_in)


@pytest.mark.parametrize(
    "answer",
    [
        says(200),
        says(200, access_token=""),
        says(200, access_token=5),
        says(200, access_token="a b"),
        says(200, access_token="a\r\nX-Evil: 1"),
        says(200, access_token="new", token_type="mac"),
        says(200, access_token="new", token_type=None),
        says(302, access_token="new"),
        Answer(200, {}, b"<html>please log in</html>", 0.0),
        Answer(200, {}, b"[" * 100_000, 0.0),
    ],
)
def test_what_is_no_bearer_token_is_refused(answer: Answer) -> None:
    """Whatever the status says."""
    assert answers.token(answer) is None
    assert isinstance(Played(Grant(CREDENTIALS).renew(None), answer).error, AuthenticationError)


def test_a_token_is_renewed_a_minute_before_its_end() -> None:
    """Or in the last tenth of a short life."""
    now = time.monotonic()
    long, short = Token("a", asked_at=now, lifetime=7200.0), Token("b", asked_at=now, lifetime=100.0)
    assert (now + 7140.0, now + 90.0) == (long.stale_at, short.stale_at)
    assert (True, False) == (long.fresh(now + 7139), long.fresh(now + 7141))


def test_tokens_and_forms_show_nothing() -> None:
    """However they are printed."""
    shown = f"{OLD} {OLD!r} {Post('https://x', Form(password='hush'))!r} {NEW!r}"
    assert [] == [secret for secret in ("old", "hush", "new") if secret in shown]
    with pytest.raises(TypeError, match="not pickled"):
        OLD.__reduce__()
    assert {"a": ["1"]} == parse_qs(Form(a="1").encoded().decode())
