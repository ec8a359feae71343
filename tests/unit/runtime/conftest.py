"""The runtime of generated clients, importable as `ionapi_runtime`, and a server to authorize it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests_support.authorization_server import REVOKE, TOKEN, AuthorizationServer

if TYPE_CHECKING:
    from ionapi_runtime.credentials import Credentials

RUNTIME = Path(__file__).parents[3] / "templates" / "python" / "runtime"


def _load(name: str, folder: Path) -> None:
    """Makes a folder importable as a package of another name, as it is in a generated client."""
    if name in sys.modules:
        return
    found = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert found is not None
    assert found.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(sys.modules[name])


_load("ionapi_runtime", RUNTIME)


@pytest.fixture
def server() -> Iterator[AuthorizationServer]:
    with AuthorizationServer() as running:
        yield running


@pytest.fixture
def credentials(server: AuthorizationServer) -> Credentials:
    """A service account that the server knows."""
    from ionapi_runtime.credentials import Credentials

    return Credentials(
        gateway_url=server.url,
        tenant="ACME_TST",
        client_id="ACME_TST~client",
        client_secret="cs-secret",
        token_url=server.url + TOKEN,
        revoke_url=server.url + REVOKE,
        username="ACME_TST#saak-secret",
        password="sask-secret",
    )
