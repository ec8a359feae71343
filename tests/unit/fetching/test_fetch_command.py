"""`ionapi fetch`: the documents of ionapi.toml come from their URLs, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from tests_support.document_site import SECRETS, Site, document

Run: TypeAlias = Callable[..., Result]

COPY = Path("specs/pets.json")


def configure(*documents: str) -> None:
    """ionapi.toml with a package of these documents, each an entry as TOML has it."""
    text = f'[packages.pets]\nionapi = "acme.ionapi"\ndocuments = [{", ".join(documents)}]\n'
    Path("ionapi.toml").write_text(text, "utf-8")


def entry(url: str, file: str = "specs/pets.json", more: str = "") -> str:
    return f'{{ file = "{file}", url = "{url}"{more} }}'


def test_new_changed_and_unchanged(run: Run, site: Site) -> None:
    """The file is what lies behind the URL; what the server says is the same is not sent again."""
    site.documents["/pets.json"] = document("Pets")
    configure(entry(f"{site.url}/pets.json"))

    first = run("fetch")
    assert (0, "specs/pets.json: new, 76 bytes\n") == (first.exit_code, first.output)
    assert document("Pets") == COPY.read_bytes()
    assert "specs/pets.json: unchanged\n" == run("fetch", "pets").output
    assert "If-None-Match" in site.asked[-1][2]
    site.documents["/pets.json"] = document("Pets", "2")
    assert "specs/pets.json: changed, 76 bytes\n" == run("fetch").output
    assert document("Pets", "2") == COPY.read_bytes()


def test_a_file_that_is_gone_is_asked_for_in_full(run: Run, site: Site) -> None:
    site.documents["/pets.json"] = document("Pets")
    configure(entry(f"{site.url}/pets.json"))
    run("fetch")
    COPY.unlink()
    assert "specs/pets.json: new" in run("fetch").output


def test_generating_needs_no_network(run: Run, site: Site) -> None:
    """The manifest has the URL, without a query that may hold a key; before the first fetch the message says
    what to do."""
    site.documents["/pets.json"] = document("Pets")
    configure(entry(f"{site.url}/pets.json?key=secret"))

    refused = run("generate")
    assert 1 == refused.exit_code
    assert (
        "specs/pets.json has not been fetched yet [spec-not-fetched]\n  --> ionapi.toml:3:1" in refused.stderr
    )
    assert "run `ionapi fetch`" in refused.stderr
    assert 0 == run("fetch").exit_code
    asked = len(site.asked)
    assert 0 == run("generate").exit_code
    assert 0 == run("generate", "--check").exit_code
    assert asked == len(site.asked)
    manifest = json.loads(Path("output/pets/.ionapi-codegen.json").read_text())
    assert ["pets.json"] == [one["name"] for one in manifest["documents"]]
    assert [f"{site.url}/pets.json"] == [one["origin"] for one in manifest["documents"]]


def test_a_plain_url(run: Run, site: Site) -> None:
    """It is kept in specs/ under the last part of its path, and generated from there."""
    site.documents["/v1/pets"] = document("Pets")
    Path("ionapi.toml").write_text(f'[packages.pets]\ndocuments = ["{site.url}/v1/pets"]\n')

    assert "specs/pets.json: new, 76 bytes\n" == run("fetch").output
    asked = len(site.asked)
    assert 0 == run("generate").exit_code
    assert asked == len(site.asked)


def test_a_page_that_lists_documents(run: Run, site: Site) -> None:
    """The fragment of the URL says which."""
    urls = [{"url": "/a.json", "name": "A"}, {"url": "/b.json", "name": "B"}]
    page = f"<!doctype html><script>SwaggerUIBundle({{urls: {json.dumps(urls)}}})</script>"
    site.documents = {"/ui": page.encode(), "/b.json": document("B")}
    configure(entry(f"{site.url}/ui#B"))

    assert 0 == run("fetch").exit_code
    assert document("B") == COPY.read_bytes()
    assert "specs/pets.json: unchanged\n" == run("fetch").output


def test_through_the_gateway(run: Run, site: Site) -> None:
    """Signed in with the package's .ionapi file, once for all documents; the token is revoked at the end."""
    site.documents = {"/ACME_TST/PETS/a": document("A"), "/ACME_TST/PETS/b": document("B")}
    gateway = ', through = "gateway"'
    configure(
        entry("PETS/a", "specs/a.json", gateway),
        entry(f"{site.url}/ACME_TST/PETS/b", "specs/b.json", gateway),
    )

    result = run("fetch")
    assert 0 == result.exit_code, result.output
    assert document("A") == Path("specs/a.json").read_bytes()
    assert document("B") == Path("specs/b.json").read_bytes()
    posted = [path.rpartition("/")[2] for method, path, _ in site.asked if method == "POST"]
    assert ["token.oauth2", "revoke_token.oauth2"] == posted


def test_the_token_goes_to_the_gateway_only(run: Run, site: Site) -> None:
    """Another host is refused, and a redirect to one gets no token."""
    other = Site()
    try:
        other.documents["/pets.json"] = document("Pets")
        configure(entry(f"{other.url}/pets.json", more=', through = "gateway"'))
        refused = run("fetch")
        assert 1 == refused.exit_code
        assert "the token goes nowhere else [fetch-other-host]" in refused.stderr
        assert [] == other.asked

        site.moved["/ACME_TST/pets"] = f"{other.url}/pets.json"
        configure(entry("pets", more=', through = "gateway"'))
        assert 0 == run("fetch").exit_code
        assert [None] == [headers.get("Authorization") for _, _, headers in other.asked]
    finally:
        other.close()


def test_no_token(run: Run, site: Site) -> None:
    """A refusal of the authorization server is one message."""
    site.token_status = 400
    configure(entry("pets", more=', through = "gateway"'))
    result = run("fetch")
    assert 1 == result.exit_code
    assert "error: no token for the gateway" in result.stderr
    assert "[fetch-login]\n  --> acme.ionapi" in result.stderr
    assert [] == site.gets()


def test_the_gateway_refuses(run: Run, site: Site) -> None:
    """The advice is not to sign in, which has happened; the token is revoked all the same."""
    site.token = "another"
    configure(entry("pets", more=', through = "gateway"'))
    result = run("fetch")
    assert 1 == result.exit_code
    assert "/ACME_TST/pets answers 401" in result.stderr
    assert "what the app and its service account may do" in result.stderr
    assert "revoke_token.oauth2" in site.asked[-1][1]


@pytest.mark.parametrize("content", [b"<html>sign in</html>", b"{}", b"{", b"\xff"])
def test_all_or_nothing(run: Run, site: Site, content: bytes) -> None:
    """Where one document is none, no file changes."""
    site.documents = {"/pets.json": document("Pets"), "/wrong": content}
    configure(entry(f"{site.url}/pets.json"), entry(f"{site.url}/wrong?k=1", "specs/wrong.json"))

    result = run("fetch")
    assert 1 == result.exit_code
    assert f"{site.url}/wrong" in result.stderr
    assert not Path("specs").exists()


def test_an_edited_file_is_not_overwritten(run: Run, site: Site) -> None:
    """Nor is one that was never fetched; --force overwrites both."""
    site.documents["/pets.json"] = document("Pets")
    configure(entry(f"{site.url}/pets.json"))
    run("fetch")
    COPY.write_bytes(document("Mine"))
    site.documents["/pets.json"] = document("Pets", "2")

    refused = run("fetch")
    assert 1 == refused.exit_code
    assert "[copy-foreign]\n  --> specs/pets.json" in refused.stderr
    assert document("Mine") == COPY.read_bytes()
    assert 0 == run("fetch", "--force").exit_code
    assert document("Pets", "2") == COPY.read_bytes()


def test_a_clone_knows_the_last_copy_from_the_manifest(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the cache of whoever has fetched it, the copy that the client was made from may be replaced."""
    site.documents["/pets.json"] = document("Pets")
    configure(entry(f"{site.url}/pets.json"))
    run("fetch")
    run("generate")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    site.documents["/pets.json"] = document("Pets", "2")
    assert "specs/pets.json: changed, 76 bytes\n" == run("fetch").output


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        (['{ file = "a.json" }'], "a document that is a table needs a file and a url"),
        ([entry("pets")], "'pets' is no address"),
        ([entry("x", more=', through = "tunnel"')], "there is no way through 'tunnel'"),
        ([entry("https://a.example", more=", x = 1")], "unknown key 'x'"),
        (
            [entry("https://a.example"), entry("https://b.example")],
            "documents of two addresses would be kept",
        ),
        ([entry("http://a.example/x.json")], "http:// can be read and changed on its way"),
        ([entry("https://me:pass@a.example/x.json")], "the URL holds a user name or password"),
        (["3"], "documents must be a list of texts"),
    ],
)
def test_wrong_entries(run: Run, documents: list[str], message: str) -> None:
    configure(*documents)
    result = run("fetch")
    assert 1 == result.exit_code
    assert message in result.stderr
    assert "pass@" not in result.output


def test_without_credentials(run: Run) -> None:
    """The message says where to put them."""
    document = entry("p", more=', through = "gateway"')
    Path("ionapi.toml").write_text(f"[packages.pets]\ndocuments = [{document}]\n")
    result = run("fetch")
    assert 1 == result.exit_code
    assert (
        "there is no .ionapi file to sign in with [fetch-no-ionapi]\n  --> ionapi.toml:2:1" in result.stderr
    )


def test_usage(run: Run) -> None:
    """A package that is not there, no configuration, nothing to fetch."""
    assert 2 == run("fetch").exit_code
    Path("api.json").write_bytes(document("Pets"))
    Path("ionapi.toml").write_text('[packages.pets]\ndocuments = ["api.json"]\n')
    assert "nothing to fetch" in run("fetch").output
    result = run("fetch", "birds")
    assert (2, True) == (result.exit_code, "it has pets" in result.stderr)


def test_nothing_secret_is_kept(
    run: Run, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the key of a URL nor a token lies in the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site.documents["/ACME_TST/pets"] = document("Pets")
    configure(entry("pets?key=hidden", more=', through = "gateway"'))
    assert 0 == run("fetch").exit_code
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        text = f"{path}{path.read_text()}"
        assert not any(secret in text for secret in (*SECRETS, "hidden"))
