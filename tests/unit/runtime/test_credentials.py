"""The `.ionapi` file as users have it: in any spelling that exists; a clear message where it will not do."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from ionapi_runtime.credentials import Credentials
from ionapi_runtime.errors import CredentialsError

FILE: dict[str, object] = {
    "ti": "ACME_TST",
    "cn": "orders",
    "dt": "12",
    "ci": "ACME_TST~client",
    "cs": "cs-hush",
    "iu": "https://mingle-ionapi.example.com",
    "pu": "https://mingle-sso.example.com:443/ACME_TST/as/",
    "oa": "authorization.oauth2",
    "ot": "token.oauth2",
    "or": "revoke_token.oauth2",
    "ev": "V1",
    "v": "1.0",
    "saak": "ACME_TST#saak-hush",
    "sask": "sask-hush",
}


def text(**changes: object) -> str:
    """The file with other values; None takes a key away."""
    return json.dumps({key: value for key, value in (FILE | changes).items() if value is not None})


def test_a_file_is_read_as_infor_writes_it(tmp_path: Path) -> None:
    """Every key has its place, and what is not known is kept."""
    path = tmp_path / "acme.ionapi"
    path.write_text(text())
    path.chmod(0o600)
    assert Credentials.from_file(path) == Credentials(
        gateway_url="https://mingle-ionapi.example.com",
        tenant="ACME_TST",
        client_id="ACME_TST~client",
        client_secret="cs-hush",
        token_url="https://mingle-sso.example.com:443/ACME_TST/as/token.oauth2",
        revoke_url="https://mingle-sso.example.com:443/ACME_TST/as/revoke_token.oauth2",
        authorize_url="https://mingle-sso.example.com:443/ACME_TST/as/authorization.oauth2",
        username="ACME_TST#saak-hush",
        password="sask-hush",
        application="orders",
        extra={"dt": "12", "ev": "V1", "v": "1.0"},
    )


@pytest.mark.parametrize(
    "spelling",
    [
        "\ufeff" + text(),
        ("\ufeff" + text()).encode(),
        json.dumps({key.upper(): value for key, value in FILE.items()}),
        text(pu="https://mingle-sso.example.com:443/ACME_TST/as"),
        text(ot="/token.oauth2"),
        text(ot="https://mingle-sso.example.com:443/ACME_TST/as/token.oauth2"),
        text(iu="https://mingle-ionapi.example.com/"),
        text(iu="https://mingle-ionapi.example.com/ACME_TST/"),
    ],
)
def test_spellings_that_mean_the_same(spelling: str | bytes) -> None:
    """BOM, keys in any case, slashes, absolute paths, a tenant that is in the URL already."""
    read = Credentials.from_text(spelling)
    assert "https://mingle-sso.example.com:443/ACME_TST/as/token.oauth2" == read.token_url
    assert "https://mingle-ionapi.example.com/ACME_TST" == read.base_url
    assert "password" == read.grant


@pytest.mark.parametrize(
    ("sc", "scopes"), [("a b", ("a", "b")), (["a", "b"], ("a", "b")), ("", ()), (None, ())]
)
def test_scopes_are_a_list_or_a_text(sc: object, scopes: tuple[str, ...]) -> None:
    """Both occur."""
    assert scopes == Credentials.from_text(text(sc=sc)).scopes


def test_on_premises_files_are_accepted_as_they_are() -> None:
    """Other hosts, paths and prefixes; this machine may do without TLS."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = Credentials.from_text(
            text(
                ci="infor~x",
                iu="http://localhost:7443/infor",
                pu="http://127.0.0.1:7443/",
                ot="connect/token",
            )
        )
    assert ("http://127.0.0.1:7443/connect/token", "http://localhost:7443/infor/ACME_TST") == (
        read.token_url,
        read.base_url,
    )


def test_a_backend_service_without_account_uses_client_credentials() -> None:
    """Chosen by the file's type."""
    assert "client_credentials" == Credentials.from_text(text(saak=None, sask=None)).grant


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ti": None}, r'^the \.ionapi text lacks "ti" \(the tenant\); download it again: API Gateway > '),
        ({"cs": ""}, r'lacks "cs" \(the client secret\)'),
        ({"pu": 5}, r'"pu" \(the authorization server\'s URL\) must be text in double quotes'),
        ({"cs": "cs-hush "}, r'"cs" \(the client secret\) has white space or a control character'),
        ({"sask": "sask-\nhush"}, r'"sask" \(the secret key of the service account\) has white space'),
        (
            {"saak": None, "sask": None, "dt": "3"},
            r'lacks "saak" .*"Create Service Account" ticked, or .*grant',
        ),
        ({"sask": None}, r'lacks "sask" \(the secret key of the service account\)'),
        ({"iu": "http://gateway.example.com"}, r'"iu" \(the gateway\'s URL\) does not begin with https://'),
        ({"pu": "https://u:url-hush@sso.example.com/"}, r'"pu" .* holds a user name or password'),
        ({"ot": "ftp://sso.example.com/"}, r'"ot" .* does not begin with https://'),
        ({"iu": "https://gateway.example.com:port"}, r'"iu" .* is no usable URL'),
        ({"pu": None}, r'lacks "pu" \(the authorization server\'s URL\)'),
        ({"ti": "../x"}, r'"ti" \(the tenant\) is no tenant, .*; download it again'),
        ({"ot": "token oauth2"}, r'"ot" .* is no usable URL'),
        ({"sc": {"a": 1}}, r'"sc" \(the scopes\) must be a text or a list of texts'),
    ],
)
def test_what_will_not_do_is_named(changes: dict[str, object], message: str, tmp_path: Path) -> None:
    """What, which key, what to do; never a value, not in the variables of a traceback either."""
    with pytest.raises(CredentialsError, match=message):
        Credentials.from_text(text(**changes))
    _hides(lambda: Credentials.from_text(text(**changes)))
    path = tmp_path / "acme.ionapi"
    path.write_text(text(**changes))
    path.chmod(0o600)
    _hides(lambda: Credentials.from_file(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"cs": "cs-hush",', r"the \.ionapi text is not JSON: .*, line 1, column 18"),
        ('["cs-hush"]', "it is not a JSON object"),
        ('{"cs": "cs-hush", "CS": "other-hush"}', 'has the key "cs" twice'),
        (b"\xff\x00\xfe cs-hush", "its text is not UTF-8"),
        ("", "is not JSON"),
        ("[" * 100_000, "cannot be read"),
        (" " * 2_000_000, "more than 1,048,576 bytes"),
    ],
)
def test_what_is_no_such_file_is_said(content: str | bytes, message: str) -> None:
    """Without a word of its content, not even in the variables of a traceback."""
    with pytest.raises(CredentialsError, match=message):
        Credentials.from_text(content)
    _hides(lambda: Credentials.from_text(content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the reason and the way out."""
    path = tmp_path / "none.ionapi"
    with pytest.raises(
        CredentialsError, match=r"none\.ionapi cannot be read: no such file or directory; check"
    ):
        Credentials.from_file(path)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_can_read_is_a_warning(tmp_path: Path, mode: int) -> None:
    """It works nevertheless."""
    path = tmp_path / "acme.ionapi"
    path.write_text(text())
    path.chmod(mode)
    with pytest.warns(
        UserWarning, match=rf"other users of this machine .*\(mode {mode:04o}\): chmod 600"
    ) as caught:
        Credentials.from_file(path)
    assert [__file__] == [warning.filename for warning in caught]


@pytest.mark.parametrize(
    "changes",
    [{"ci": "OTHER_PRD~x"}, {"saak": "OTHER_PRD#x"}, {"pu": "https://sso.example.com/OTHER_PRD/as/"}],
)
def test_tenants_that_disagree_are_a_warning_that_names_both(changes: dict[str, object]) -> None:
    """Whichever key says so."""
    (key,) = changes
    with pytest.warns(UserWarning, match=f'tenant ACME_TST, but "{key}" belongs to OTHER_PRD') as caught:
        Credentials.from_text(text(**changes))
    assert [__file__] == [warning.filename for warning in caught]


def test_a_file_of_another_tenant_is_one_warning() -> None:
    """Where `ti` is the odd one, every other key disagrees with it."""
    with pytest.warns(UserWarning, match="belongs to ACME_TST") as caught:
        Credentials.from_text(text(ti="OTHER_PRD"))
    assert 1 == len(caught)


def test_the_environment_names_a_file_or_holds_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file before the text; neither is a message that names both."""
    monkeypatch.delenv("IONAPI_FILE", raising=False)
    monkeypatch.setenv("IONAPI_JSON", text(cn="from the text"))
    assert "from the text" == Credentials.from_environment().application
    path = tmp_path / "acme.ionapi"
    path.write_text(text(cn="from the file"))
    path.chmod(0o600)
    monkeypatch.setenv("IONAPI_FILE", str(path))
    assert "from the file" == Credentials.from_environment().application
    monkeypatch.delenv("IONAPI_FILE")
    monkeypatch.setenv("IONAPI_JSON", "{")
    with pytest.raises(CredentialsError, match="the text in IONAPI_JSON is not JSON"):
        Credentials.from_environment()
    monkeypatch.delenv("IONAPI_JSON")
    with pytest.raises(CredentialsError, match=r"set IONAPI_FILE to the path .* or IONAPI_JSON to its text"):
        Credentials.from_environment()


def test_credentials_show_no_secret_and_are_no_pickle() -> None:
    """Copies are the object itself; another process reads the file by itself."""
    read = Credentials.from_text(text(hidden="extra-hush"))
    assert "hush" not in f"{read} {read!r} {read.__replace__(gateway_url='https://u:url-hush@x/')!r}"
    assert "ACME_TST~client" in repr(read)
    assert read is copy.copy(read) is copy.deepcopy(read)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(read)


def _hides(fails: Callable[[], object]) -> None:
    error: CredentialsError | None = None
    try:
        fails()
    except CredentialsError as raised:
        error = raised
    assert error is not None
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [frame for frame in trace.stack if "runtime" in frame.filename and __file__ != frame.filename]
    assert frames
    assert "hush" not in f"{[frame.locals for frame in frames]} {error} {error!r} {trace.__context__}"
