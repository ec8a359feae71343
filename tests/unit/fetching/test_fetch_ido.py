"""`ionapi fetch ido`: the documents that a Mongoose application lists are found by a text and brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from ionapi_codegen.sandbox.server import Sandbox
from tests_support.document_site import COLLECTION, Site, document

Run: TypeAlias = Callable[..., Result]

ROOT = Path(__file__).parents[3]


def publish(site: Site, *names: str, endpoint: str = "../api-docs-collection/{}") -> None:
    for name in names:
        site.entries.append(
            {
                "entity": name,
                "desc": f"All {name}",
                "swaggerEndpoint": endpoint.format(name.replace("/", "%2F")),
            }
        )
        site.documents[f"{COLLECTION}/{name.replace('/', '%2F')}"] = document(name)


def test_search_and_fetch(run: Run, site: Site) -> None:
    """Every page of the list is read; the token is revoked; the next command is said."""
    publish(site, "SLCustomers", *(f"SLOrder{number}" for number in range(60)))

    result = run("fetch", "ido", "--search", "slorder", "--ionapi", "acme.ionapi")
    assert 0 == result.exit_code, result.output
    assert {f"SLOrder{number}.json" for number in range(60)} == {
        each.name for each in Path("specs").iterdir()
    }
    assert document("SLOrder7") == Path("specs/SLOrder7.json").read_bytes()
    assert "next: ionapi generate specs/SLOrder0.json" in result.output
    assert "revoke_token.oauth2" in site.asked[-1][1]
    again = run("fetch", "ido", "--search", "slorder", "--ionapi", "acme.ionapi")
    assert 60 == again.output.count(": unchanged")


def test_against_the_sandbox(run: Run) -> None:
    """What the sandbox lists is fetched and generated from; its tokens are revoked."""
    with Sandbox([ROOT / "specs" / "ido.json"]) as box:
        Path("box.ionapi").write_text(box.ionapi_text(), "utf-8")
        Path("box.ionapi").chmod(0o600)
        result = run("fetch", "ido", "--search", "customer", "--ionapi", "box.ionapi")
        assert 0 == result.exit_code, result.output
        stats = box.control.stats()
    assert 0 == run("generate", "specs", "--package", "ido", "--ionapi", "box.ionapi").exit_code
    assert "SLCustomers.json" in {path.name for path in Path("specs").iterdir()}
    assert {"password": 1} == stats["token_requests"]
    assert stats["revocations"]


def test_list(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """--list fetches nothing; IONAPI_FILE serves as well."""
    publish(site, "SLCustomers", "SLItems")
    monkeypatch.setenv("IONAPI_FILE", "acme.ionapi")
    result = run("fetch", "ido", "--search", "", "--list")
    assert "SLCustomers  All SLCustomers\nSLItems  All SLItems\n2 documents found\n" == result.output
    assert not Path("specs").exists()
    assert "0 documents found\n" == run("fetch", "ido", "--search", "nothing").output


def test_configuration_and_folder(run: Run, site: Site) -> None:
    """The Mongoose configuration goes with each request; files of equal names are told apart."""
    publish(site, "A/B", "a-b")
    options = ("--ionapi", "acme.ionapi", "--mongoose-config", "TST_DALS", "-o", "ido")
    result = run("fetch", "ido", "--search", "", *options)
    assert 0 == result.exit_code, result.output
    assert {"A-B.json", "a-b-2.json"} == {each.name for each in Path("ido").iterdir()}
    assert {"TST_DALS"} == {
        headers.get("X-Infor-Mongooseconfig") for method, _, headers in site.asked if method == "GET"
    }


@pytest.mark.parametrize(
    "endpoint", ["https://evil.example/{}", "../../../secrets/{}", "../api-docs-collection/../{}", "/x"]
)
def test_the_list_does_not_say_where_the_token_goes(run: Run, site: Site, endpoint: str) -> None:
    """An entry that leads out of the list is refused."""
    publish(site, "SLItems", endpoint=endpoint)
    result = run("fetch", "ido", "--search", "", "--ionapi", "acme.ionapi")
    assert 1 == result.exit_code
    assert "does not name a document of that list [fetch-ido-list]" in result.stderr


def test_too_many(run: Run, site: Site) -> None:
    publish(site, *(f"SLOrder{number}" for number in range(201)))
    result = run("fetch", "ido", "--search", "sl", "--ionapi", "acme.ionapi")
    assert 1 == result.exit_code
    assert "the search finds 201 documents, more than 200" in result.stderr


def test_no_list(run: Run, site: Site) -> None:
    """A suite that is not there, and usage."""
    result = run("fetch", "ido", "--search", "x", "--suite", "NO", "--ionapi", "acme.ionapi")
    assert (1, True) == (result.exit_code, "answers 404" in result.stderr)
    assert 2 == run("fetch", "ido", "--search", "x").exit_code
    assert 2 == run("fetch", "other", "--search", "x").exit_code
    assert 2 == run("fetch", "--list").exit_code
