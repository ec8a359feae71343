"""The authorization server of a sandbox: what a token request is answered with, by the rules of RFC 6749 and
7009.

Grants `password`, `client_credentials`, `authorization_code` (consent is given at once) and `refresh_token`
with rotation; client authentication in the body or by HTTP Basic. Authlib decides what is valid; `tokens`
remembers.
"""

# Authlib is extended by subclassing and ships no types; the stubs that pyright has are of an older version.
# mypy: allow-subclassing-any
# pyright: reportIncompatibleMethodOverride=false, reportArgumentType=false, reportAssignmentType=false

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidGrantError,
    OAuth2Request,
    grants,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7009 import RevocationEndpoint

from ionapi_codegen.sandbox.credentials import FakeCredentials
from ionapi_codegen.sandbox.tokens import Client, Grant, Token, TokenBook

_CLIENT_AUTHENTICATION = ["client_secret_post", "client_secret_basic"]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the authorization server."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """A request to the authorization server: a form that was posted, or the query of a GET."""

    method: str
    path: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]

    @staticmethod
    def parse(method: str, path: str, headers: Mapping[str, str], text: str) -> Form:
        return Form(method, path, headers, dict(parse_qsl(text, keep_blank_values=True)))


class _Request(OAuth2Request):
    def __init__(self, form: Form) -> None:
        # Authlib refuses http, which on this machine is what a sandbox speaks.
        super().__init__(form.method, f"https://sandbox.invalid{form.path}", headers=dict(form.headers))
        self.fields = dict(form.fields)
        self.payload = BasicOAuth2Payload(self.fields)

    @property
    def form(self) -> dict[str, str]:
        return self.fields

    @property
    def args(self) -> dict[str, str]:
        return self.form


@dataclass(frozen=True, slots=True)
class _Code:
    """An authorization code, with what it was given for."""

    client_id: str
    redirect_uri: str
    scope: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


class Authorization(AuthorizationServer):
    """Answers `Form`s with `Reply`s. `seconds` is how long access tokens live; `refresh_tokens` is whether
    the app was set up with "Issue Refresh Tokens"."""

    def __init__(
        self, credentials: FakeCredentials, book: TokenBook, seconds: float, *, refresh_tokens: bool = True
    ) -> None:
        super().__init__()
        self.credentials = credentials
        self.book = book
        self.codes: dict[str, _Code] = {}
        self._seconds = seconds
        grant_types = {"password", "client_credentials", "authorization_code", "refresh_token"}
        self._client = Client(credentials.client_id, credentials.client_secret, frozenset(grant_types))
        self._refresh_tokens = refresh_tokens
        self.register_token_generator("default", self._new_token)
        for grant in (_Password, _ClientCredentials, _AuthorizationCode, _Refresh):
            self.register_grant(grant)
        self.register_endpoint(_Revocation)

    def token(self, form: Form) -> Reply:
        """RFC 6749, sections 3.2 and 5."""
        reply: Reply = self.create_token_response(form)
        return reply

    def revoke(self, form: Form) -> Reply:
        """RFC 7009: a refresh token ends its grant with all tokens, an access token ends alone."""
        reply: Reply = self.create_endpoint_response(_Revocation.ENDPOINT_NAME, form)
        return reply

    def authorize(self, form: Form) -> Reply:
        """RFC 6749, section 4.1.1: redirects at once with a code, in the name of the service account."""
        redirect_uri, client_id = form.fields.get("redirect_uri", ""), form.fields.get("client_id", "")
        if client_id != self._client.client_id or form.fields.get("response_type") != "code":
            return self.handle_response(400, {"error": "invalid_request"}, [])
        if not urlsplit(redirect_uri).scheme:
            return self.handle_response(400, {"error": "invalid_request"}, [])
        code = self.book.new_text("code")
        self.codes[code] = _Code(client_id, redirect_uri, form.fields.get("scope", ""))
        answer = urlencode(
            {"code": code} | {key: form.fields[key] for key in ("state",) if key in form.fields}
        )
        mark = "&" if urlsplit(redirect_uri).query else "?"
        return self.handle_response(302, "", [("Location", f"{redirect_uri}{mark}{answer}")])

    def query_client(self, client_id: str) -> Client | None:
        return self._client if client_id == self._client.client_id else None

    def save_token(self, token: Mapping[str, object], request: OAuth2Request) -> None:
        old: Token | None = request.refresh_token
        grant = (
            old.grant
            if old
            else Grant(self._client.client_id, str(request.user or "the client itself"), str(token["scope"]))
        )
        refresh = token.get("refresh_token")
        access = str(token["access_token"])
        self.book.record(access, None if refresh is None else str(refresh), self._seconds, grant)

    def create_oauth2_request(self, request: Form) -> OAuth2Request:
        return _Request(request)

    def handle_response(self, status: int, body: object, headers: list[tuple[str, str]]) -> Reply:
        text = body if isinstance(body, str) else json.dumps(body)
        return Reply(status, tuple(headers), text.encode())

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def _new_token(self, *, scope: str | None, include_refresh_token: bool, **_: object) -> dict[str, object]:
        token: dict[str, object] = {
            "access_token": self.book.new_text("access"),
            "token_type": "Bearer",
            "expires_in": round(self._seconds),
            "scope": scope or "",
        }
        if include_refresh_token and self._refresh_tokens:
            token["refresh_token"] = self.book.new_text("refresh")
        return token


class _Password(grants.ResourceOwnerPasswordCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def authenticate_user(self, username: str, password: str) -> str:
        credentials: FakeCredentials = self.server.credentials
        if (username, password) != (credentials.account, credentials.account_secret):
            raise InvalidGrantError("The service account or its secret key is wrong.")
        return username


class _ClientCredentials(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION


class _AuthorizationCode(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def query_authorization_code(self, code: str, client: Client) -> _Code | None:
        found: _Code | None = self.server.codes.get(code)
        return found if found and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        codes: dict[str, _Code] = self.server.codes
        del codes[self.request.form["code"]]

    def authenticate_user(self, authorization_code: _Code) -> str:
        credentials: FakeCredentials = self.server.credentials
        return credentials.account


class _Refresh(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
        book: TokenBook = self.server.book
        return book.redeem(refresh_token)

    def authenticate_user(self, refresh_token: Token) -> str:
        return refresh_token.grant.user

    def revoke_old_credential(self, refresh_token: Token) -> None:
        refresh_token.refresh_spent = True


class _Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def query_token(self, token_string: str, token_type_hint: str | None) -> Token | None:
        book: TokenBook = self.server.book
        return book.find(token_string)

    def revoke_token(self, token: Token, request: OAuth2Request) -> None:
        if request.form["token"] == token.refresh:
            token.grant.revoked = True
        else:
            token.access_ended = True
