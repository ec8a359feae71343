"""What is wrong with an `.ionapi` file is said by key and rule, never by value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_codegen.diagnostics import Diagnostic, Diagnostics, Severity
from ionapi_codegen.ionapi.check import check, check_mode
from ionapi_codegen.ionapi.file import parse

SOUND: dict[str, object] = {
    "ti": "ACME_TST",
    "cn": "Warehouse",
    "dt": "12",
    "ci": "ACME_TST~client",
    "cs": "client-secret",
    "iu": "https://ion.example",
    "pu": "https://sso.example:443/ACME_TST/as/",
    "oa": "authorization.oauth2",
    "ot": "token.oauth2",
    "or": "revoke_token.oauth2",
    "saak": "ACME_TST#account-key",
    "sask": "account-secret",
}


def checked(**changes: object) -> tuple[bool, tuple[Diagnostic, ...]]:
    """The verdict on the sound file with some keys changed, or taken out by `...`."""
    values = {key: value for key, value in (SOUND | changes).items() if value is not ...}
    diagnostics = Diagnostics()
    file = parse("acme.ionapi", json.dumps(values, indent=1).encode(), Diagnostics())
    return check(file, diagnostics), diagnostics.sorted()


def only(found: tuple[Diagnostic, ...]) -> Diagnostic:
    (one,) = found
    return one


def test_a_sound_file() -> None:
    """Nothing to say."""
    assert (True, ()) == checked()


@pytest.mark.parametrize("key", ["ti", "ci", "cs", "iu", "pu", "ot"])
@pytest.mark.parametrize("value", [..., "", None])
def test_missing_keys(key: str, value: object) -> None:
    """Each key without which no token can be had is missed by name; empty and null are missing, too."""
    usable, found = checked(**{key: value})
    assert not usable
    assert ("ionapi-missing-key", Severity.ERROR) == (found[0].code, found[0].severity)
    assert f'the .ionapi file lacks "{key}"' in found[0].message


def test_values_of_another_kind() -> None:
    """A number where text belongs is an error at its key."""
    usable, found = checked(cs=17)
    assert not usable
    assert "ionapi-not-text" == only(found).code


@pytest.mark.parametrize("key", ["ci", "cs", "saak", "sask"])
@pytest.mark.parametrize("space", [" ", "\n", "\t", "\u00a0", "\u200b"])
def test_space_in_a_secret(key: str, space: str) -> None:
    """White space and invisible characters are copying errors; the secret is not repeated."""
    usable, found = checked(**{key: f"{SOUND[key]}{space}"})
    assert not usable
    assert "ionapi-space-in-secret" == only(found).code
    assert str(SOUND[key]) not in only(found).message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iu": "http://ion.example"}, "ionapi-insecure-url"),
        ({"pu": "http://sso.example/ACME_TST/as"}, "ionapi-insecure-url"),
        ({"ot": "http://sso.example/token"}, "ionapi-insecure-url"),
        ({"iu": "https://me:hidden@ion.example"}, "ionapi-password-in-url"),
        ({"iu": "ion.example"}, "ionapi-bad-url"),
        ({"iu": "https://ion.example:port"}, "ionapi-bad-url"),
        ({"iu": "https://ion.example?x=1"}, "ionapi-bad-url"),
        ({"pu": "https://sso example/as"}, "ionapi-bad-url"),
    ],
)
def test_urls(changes: dict[str, object], code: str) -> None:
    """HTTPS only, no password inside, and a host."""
    usable, found = checked(**changes)
    assert not usable
    assert code == only(found).code
    assert "hidden" not in f"{only(found).message}{only(found).help}"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1"])
def test_this_machine_needs_no_https(url: str) -> None:
    """Plain HTTP is accepted for loopback addresses."""
    assert (True, ()) == checked(iu=url)


@pytest.mark.parametrize(
    ("changes", "other"),
    [
        ({"ci": "OTHER_PRD~client"}, "OTHER_PRD"),
        ({"saak": "OTHER_PRD#account-key"}, "OTHER_PRD"),
        ({"pu": "https://sso.example/OTHER_PRD/as/"}, "OTHER_PRD"),
    ],
)
def test_tenants_that_disagree(changes: dict[str, object], other: str) -> None:
    """Pieces of two files: a warning that names both tenants."""
    usable, found = checked(**changes)
    assert usable
    assert ("ionapi-tenant-mismatch", Severity.WARNING) == (only(found).code, only(found).severity)
    assert "ACME_TST" in only(found).message
    assert other in only(found).message


def test_on_premises_names_have_no_tenant() -> None:
    """`infor~…` and an authorization server without `/as` belong to every tenant."""
    assert (True, ()) == checked(ci="infor~client", pu="https://host:443/InforIntSTS/", ot="connect/token")


def test_no_service_account() -> None:
    """A backend service without one uses client credentials; another kind of app is warned with both ways
    out."""
    usable, found = checked(saak=..., sask=...)
    assert (True, Severity.NOTICE) == (usable, only(found).severity)
    usable, found = checked(saak=..., sask=..., dt="1")
    assert (True, Severity.WARNING) == (usable, only(found).severity)
    assert "Create Service Account" in str(only(found).help)
    assert "client-credentials grant" in str(only(found).help)


def test_half_a_service_account() -> None:
    """One key of the two is an error that names the other."""
    usable, found = checked(sask=...)
    assert not usable
    assert 'it lacks "sask"' in only(found).message


def test_no_revocation() -> None:
    """A file without `or` is worth a notice and no more."""
    usable, found = checked(**{"or": ...})
    assert (True, "ionapi-no-revocation", Severity.NOTICE) == (usable, only(found).code, only(found).severity)


@pytest.mark.parametrize(
    ("mode", "codes"),
    [(0o600, []), (0o640, ["ionapi-readable-by-others"]), (0o604, ["ionapi-readable-by-others"])],
)
def test_readable_by_others(tmp_path: Path, mode: int, codes: list[str]) -> None:
    """A file that others can read gives a warning."""
    path = tmp_path / "acme.ionapi"
    path.touch()
    path.chmod(mode)
    diagnostics = Diagnostics()
    check_mode(path, diagnostics)
    assert codes == [found.code for found in diagnostics.sorted()]


@pytest.mark.parametrize(
    "changes",
    [{"sc": 3}, {"sc": ["read", 3]}, {"cn": ["Warehouse"]}, {"or": {}}],
)
def test_other_values_of_another_kind(changes: dict[str, object]) -> None:
    """Keys that a file may lack are no less wrong; the client would refuse them, too."""
    usable, found = checked(**changes)
    assert (False, "ionapi-not-text") == (usable, only(found).code)


@pytest.mark.parametrize("scopes", ["openid read", ["openid", "read"], None])
def test_scopes(scopes: object) -> None:
    """One text or a list of texts."""
    assert (True, ()) == checked(sc=scopes)


@pytest.mark.parametrize("tenant", ["..", "ACME/PRD", "ACME?x=1", "ACME#", "ÄCME"])
def test_what_is_no_tenant(tenant: str) -> None:
    """The tenant is a segment of every path, and changes no other part of a URL."""
    usable, found = checked(ti=tenant)
    assert (False, "ionapi-bad-tenant") == (usable, only(found).code)


@pytest.mark.parametrize("key", ["ot", "or", "oa"])
@pytest.mark.parametrize("path", [" ", "token oauth2", "token?x=1", "token#x"])
def test_paths_that_make_no_url(key: str, path: str) -> None:
    """An endpoint that nothing can be sent to is said at its key."""
    usable, found = checked(**{key: path})
    assert (False, "ionapi-bad-url") == (usable, only(found).code)
    assert f'"{key}"' in only(found).message


def test_one_message_for_all_that_is_missing() -> None:
    """An empty object lacks many keys, and that is one mistake."""
    diagnostics = Diagnostics()
    assert not check(parse("acme.ionapi", b"{}", Diagnostics()), diagnostics)
    assert '"ti" (the tenant), "ci" (the client id)' in only(diagnostics.sorted()).message


def test_one_message_for_a_file_of_another_tenant() -> None:
    """Where `ti` is the odd one, every other key disagrees with it."""
    usable, found = checked(ti="OTHER_PRD")
    assert usable
    assert (
        '"ti" is the tenant OTHER_PRD, but "ci" (the client id), "saak" (the access key of the service account) '
        'and "pu" (the authorization server\'s URL) belong to ACME_TST'
    ) == only(found).message


def test_nothing_odd_is_said_of_a_file_that_is_wrong() -> None:
    """Warnings and notices would hide the error."""
    _, found = checked(cs=..., **{"or": ...}, ci="OTHER_PRD~client", dt="1", saak=..., sask=...)
    assert "ionapi-missing-key" == only(found).code
