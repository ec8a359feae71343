"""Addresses that a document offers: what a client calls, and how its user chooses another."""

from __future__ import annotations

from typing import Any

import pytest

from tests_support.recorder import Recorder

DOCUMENT = """
openapi: 3.2.0
info: {title: Shop, version: "1"}
servers:
  - url: https://{region}.shop.example:{port}/{base-path}
    name: production
    description: Where customers are.
    variables:
      region: {default: eu, enum: [eu, us], description: Where the data is kept}
      port: {default: "443"}
      base-path: {default: v2}
  - url: https://test.shop.example/v2
    description: For tests
  - url: https://{host}/v2
paths:
  /items: {get: {operationId: listItems, responses: {"204": {description: ""}}}}
"""


@pytest.fixture(scope="module")
def package(generate: Any) -> Any:
    return generate(DOCUMENT)


def servers(package: Any) -> Any:
    from importlib import import_module

    return import_module(f"{package.__name__}.servers")


def test_a_server_is_a_function_of_its_variables(package: Any) -> None:
    """Called by its name, its short description or its host; arguments have the document's defaults."""
    found = servers(package)
    assert "https://eu.shop.example:443/v2" == found.production()
    assert "https://us.shop.example:8443/v2" == found.production(region="us", port="8443")
    assert "https://test.shop.example/v2" == found.for_tests()
    assert "https://localhost:1/v2" == found.host(host="localhost:1")


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"region": "mars"}, "region: 'mars' is none of eu, us"),
        ({"port": "1@evil.example"}, "port: '1@evil.example' cannot stand in a URL"),
        ({"base_path": "a b"}, "base_path: 'a b' cannot stand in a URL"),
        ({"base_path": "a?b#c"}, "cannot stand in a URL"),
    ],
)
def test_a_value_that_a_variable_cannot_have(package: Any, variables: dict[str, str], complaint: str) -> None:
    """Nothing is called then."""
    with pytest.raises(ValueError, match=complaint.replace("?", r"\?")):
        servers(package).production(**variables)


def test_a_variable_that_the_document_does_not_describe_is_asked_for(package: Any) -> None:
    """There is no default for it; and a port is text, as in the document."""
    with pytest.raises(TypeError, match="host"):
        servers(package).host()
    with pytest.raises(TypeError, match="port must be a str, not int"):
        servers(package).production(port=443)


def test_the_client_calls_the_address(package: Any, recorder: Recorder) -> None:
    """An address is a `base_url` like any other."""
    recorder.answers("", status=204)
    host = recorder.url.partition("://")[2]
    with package.Client(
        base_url=servers(package).host(host=host).replace("https", "http"), auth=None
    ) as client:
        client.list_items()
    assert "/v2/items" == recorder.last.target


def test_one_address_is_no_choice(generate: Any) -> None:
    """Without variables there is nothing to choose, nor among paths that only the document's own address
    completes."""
    for written in ('[{url: "https://shop.example/v1"}]', '[{url: "/v1"}, {url: "/v2"}]'):
        head, _, rest = DOCUMENT.partition("servers:")
        found = generate(f"{head}servers: {written}\npaths:{rest.partition('paths:')[2]}")
        with pytest.raises(ModuleNotFoundError):
            servers(found)
