"""Renewing and revoking with a store that others may share: whoever gets the right to
renew does so, and everybody else finds the result."""

from __future__ import annotations

import logging
import random
import time

from .credentials import Credentials
from .errors import CredentialsError, RequestTimeoutError
from .grant import REPEATS, Grant
from .steps import Pause, Steps
from .store import TokenStore
from .token_record import TokenRecord, account_name
from .tokens import Token

PATIENCE = 120.0
"""Seconds to wait for the right to renew."""

_LOG = logging.getLogger(__name__)


class StoredGrant:
    """A `Grant` whose tokens are in a store."""

    def __init__(self, credentials: Credentials, store: TokenStore) -> None:
        self._grant = Grant(credentials)
        self._store = store
        self._account = account_name(credentials)

    def renew(self, old: Token | None) -> Steps[Token]:
        """Another token than `old`: the one in the store if it is fresh and another,
        else a new one, which is then in the store."""
        yield from self._acquire()
        try:
            stored = self._stored()
            now = time.monotonic()
            if stored and stored.fresh(now) and not stored.same_as(old):
                _LOG.debug("a fresh token is in the store")
                return stored
            token = yield from self._grant.renew(stored or old)
            _LOG.debug("a new token, for %.0f seconds", token.lifetime)
            self._keep(token)
            return token
        finally:
            self._store.release()

    def revoke(self, token: Token | None, repeats: int = REPEATS) -> Steps[None]:
        """Takes the token out of the store and ends its grant; that of `token` where
        the store has none."""
        yield from self._acquire()
        try:
            stored = self._stored()
            if stored is not None:
                self._store.save(None)
        finally:
            self._store.release()
        if (newest := stored or token) is not None:
            yield from self._grant.revoke(newest, repeats)

    def _acquire(self) -> Steps[None]:
        waited = 0.0
        while not self._store.acquire():
            if waited > PATIENCE:
                raise RequestTimeoutError(
                    f"the token store stayed locked for {PATIENCE:.0f} seconds", False
                )
            pause = random.uniform(0.01, 0.1)
            waited += pause
            yield Pause(pause)

    def _stored(self) -> Token | None:
        record = self._store.load()
        return record.token(self._account) if record else None

    def _keep(self, token: Token) -> None:
        """A token that cannot be stored serves this client nevertheless."""
        try:
            self._store.save(TokenRecord.of(token, self._account))
        except CredentialsError as error:
            _LOG.warning("%s", error)
