"""A client's defaults hold the addresses of the file, joined as Infor joins them, and no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.ionapi import defaults
from ionapi_codegen.targets.base import GatewayDefaults

FILE = {
    "ti": "ACME_TST",
    "ci": "ACME_TST~client",
    "cs": "hidden",
    "iu": "https://ion.example",
    "pu": "https://sso.example:443/ACME_TST/as/",
    "oa": "authorization.oauth2",
    "ot": "token.oauth2",
    "or": "revoke_token.oauth2",
    "saak": "ACME_TST#hidden",
    "sask": "hidden",
}


def loaded(folder: Path, **changes: str | None) -> GatewayDefaults:
    path = folder / "acme.ionapi"
    path.write_text(json.dumps({key: value for key, value in (FILE | changes).items() if value is not None}))
    return defaults.load(path, Diagnostics())


def test_addresses(tmp_path: Path) -> None:
    """Everything that is no secret, and nothing that is."""
    expected = GatewayDefaults(
        gateway_url="https://ion.example",
        tenant="ACME_TST",
        token_url="https://sso.example:443/ACME_TST/as/token.oauth2",
        revoke_url="https://sso.example:443/ACME_TST/as/revoke_token.oauth2",
        authorize_url="https://sso.example:443/ACME_TST/as/authorization.oauth2",
        grant="password",
    )
    assert expected == loaded(tmp_path)
    assert "hidden" not in repr(loaded(tmp_path))


@pytest.mark.parametrize("base", ["https://sso.example/ACME_TST/as", "https://sso.example/ACME_TST/as/"])
@pytest.mark.parametrize("path", ["token.oauth2", "/token.oauth2"])
def test_one_slash(tmp_path: Path, base: str, path: str) -> None:
    """However the pieces end and begin, one slash joins them."""
    assert "https://sso.example/ACME_TST/as/token.oauth2" == loaded(tmp_path, pu=base, ot=path).token_url


def test_a_whole_url_passes_through(tmp_path: Path) -> None:
    """A path that is a URL is not joined to anything."""
    assert "https://other.example/token" == loaded(tmp_path, ot="https://other.example/token").token_url


@pytest.mark.parametrize(
    "url", ["https://ion.example/", "https://ion.example/ACME_TST", "https://ion.example/ACME_TST/"]
)
def test_the_gateway_has_no_tenant(tmp_path: Path, url: str) -> None:
    """Files whose `iu` has the tenant already give the same gateway."""
    assert "https://ion.example" == loaded(tmp_path, iu=url).gateway_url


def test_on_premises(tmp_path: Path) -> None:
    """A gateway with a path and a port keeps both."""
    assert "https://host:7443/infor" == loaded(tmp_path, iu="https://host:7443/infor").gateway_url


def test_absent_endpoints_and_accounts(tmp_path: Path) -> None:
    """Without `or` and `oa` there is nothing to name; a backend service without account uses client
    credentials."""
    found = loaded(tmp_path, **{"or": None, "oa": None, "saak": None, "sask": None, "dt": "12"})
    assert (None, None, "client_credentials") == (found.revoke_url, found.authorize_url, found.grant)


def test_an_unusable_file_stops(tmp_path: Path) -> None:
    """No defaults come of a file with errors."""
    with pytest.raises(Stopped):
        loaded(tmp_path, cs=None)
