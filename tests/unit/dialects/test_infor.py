"""What any document of Infor's gateway gets: a base of the caller's, and headers that a client may have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
import yaml

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, Protocol

DOCUMENT = """
openapi: 3.0.1
info: {title: Warehouse, version: "1"}
servers: [{url: /ACME_TST/WM/wmwebservice_rest}]
paths:
  /shipments/{number}:
    get:
      operationId: getShipment
      parameters:
        - {name: number, in: path, required: true, schema: {type: string}}
        - {name: Content-Language, in: header, required: true, schema: {type: string}}
        - {name: X-Infor-SiteId, in: header, required: true, schema: {type: string}}
        - {name: X-Request, in: header, required: true, schema: {type: string}}
      responses:
        "200":
          description: A shipment
          content: {application/json: {schema: {type: object, properties: {number: {type: string}}}}}
"""


def read(folder: Path, url: str) -> Api:
    path = folder / "infor.yaml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(DOCUMENT), "servers": [{"url": url}]}), "utf-8")
    (api,) = pipeline.understand(str(path), "auto", Diagnostics())
    return api


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/ACME_TST/WM/wmwebservice_rest", "WM/wmwebservice_rest"),
        ("/ACME_TST/IDM/api", "IDM/api"),
        ("/ACME_TST/ifsservice/usermgt/v2", "ifsservice/usermgt/v2"),
        ("https://mingle-ionapi.inforcloudsuite.com/ACME_TST/NEW/service/v1", "NEW/service/v1"),
        ("https://mingle-ionapi.eu1.inforcloudsuite.com/{tenant}/NEW/v1", "NEW/v1"),
        ("https://www.inforcloudsuite.com/docs/v1", None),
        ("/ACME_TST/NEW/service", None),
        ("/WM/wmwebservice_rest", None),
        ("/api/compass/v1", None),
    ],
)
def test_the_base_is_found(tmp_path: Path, url: str, expected: str | None) -> None:
    """A suite that nobody knows is one where the host is the gateway's."""
    path = read(tmp_path, url).gateway_path
    assert expected == (path.raw if path else None)


def test_headers_of_all_calls_are_not_demanded_of_each(tmp_path: Path) -> None:
    """The language, and whatever is Infor's own; other headers stay as they are."""
    api = read(tmp_path, "/ACME_TST/WM/wmwebservice_rest")
    (found,) = api.operations
    required = {each.name.raw for each in found.parameters if each.required}
    assert {"number", "X-Request"} == required
    assert ["Content-Language", "X-Infor-SiteId"] == [each.name.raw for each in api.options]
    assert Protocol.INFOR is api.protocol


def test_documents_of_others_are_left_alone(tmp_path: Path) -> None:
    """What they require is required, whatever it is called."""
    api = read(tmp_path, "https://api.example.com/v1")
    (found,) = api.operations
    assert all(each.required for each in found.parameters)
    assert (None, ()) == (api.protocol, api.options)


@pytest.fixture(scope="module")
def warehouse(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate(DOCUMENT)


def ionapi(tenant: str) -> str:
    return (
        f'{{"ti": "{tenant}", "ci": "{tenant}~client", "cs": "secret-of-the-app", "iu": "https://eu.example",'
        f' "pu": "https://sso.example/{tenant}/as/", "ot": "token.oauth2", "or": "revoke_token.oauth2",'
        f' "saak": "{tenant}#key", "sask": "secret-of-the-account", "dt": "12"}}'
    )


def serve(requests: list[httpx2.Request], request: httpx2.Request) -> httpx2.Response:
    if request.url.host == "sso.example":
        return httpx2.Response(200, json={"access_token": "t", "token_type": "Bearer", "expires_in": 7200})
    requests.append(request)
    return httpx2.Response(200, json={"number": "1"})


@pytest.mark.parametrize("tenant", ["ACME_TST", "ACME_PRD", "OTHER_DEV"])
def test_calls_go_to_the_tenant_of_the_credentials(warehouse: ModuleType, tenant: str) -> None:
    """Whichever tenant the document was downloaded from."""
    requests: list[httpx2.Request] = []
    transport = httpx2.MockTransport(lambda request: serve(requests, request))
    with warehouse.Client.from_ionapi(ionapi(tenant), transport=transport) as client:
        client.get_shipment("1", x_request="r")
    assert [f"https://eu.example/{tenant}/WM/wmwebservice_rest/shipments/1"] == [
        str(each.url) for each in requests
    ]


def test_a_language_is_the_clients_and_a_calls_own_wins(warehouse: ModuleType) -> None:
    """Constructor, copy, call; other headers are the client's by their names."""
    requests: list[httpx2.Request] = []
    transport = httpx2.MockTransport(lambda request: serve(requests, request))
    options: dict[str, Any] = {"content_language": "de-DE", "headers": {"X-Infor-SiteId": "10"}}
    with warehouse.Client.from_ionapi(ionapi("ACME_TST"), transport=transport, **options) as client:
        client.get_shipment("1", x_request="r")
        client.with_options(content_language="fr-FR", accept_language="fr").get_shipment("1", x_request="r")
        client.get_shipment("1", x_request="r", content_language="sv-SE", site_id="20")
        with pytest.raises(ValueError, match="content_language: a blank says nothing"):
            client.with_options(content_language=" ")
    assert [("de-DE", None, "10"), ("fr-FR", "fr", "10"), ("sv-SE", None, "20")] == [
        (
            each.headers["Content-Language"],
            each.headers.get("Accept-Language"),
            each.headers["X-Infor-SiteId"],
        )
        for each in requests
    ]


def test_the_async_client_has_it_too(warehouse: ModuleType) -> None:
    requests: list[httpx2.Request] = []
    transport = httpx2.MockTransport(lambda request: serve(requests, request))

    async def calls() -> None:
        options: dict[str, Any] = {"content_language": "de-DE", "transport": transport}
        async with warehouse.AsyncClient.from_ionapi(ionapi("ACME_PRD"), **options) as client:
            await client.get_shipment("1", x_request="r")
            await client.with_options(content_language="fr-FR").get_shipment("1", x_request="r")

    asyncio.run(calls())
    assert ["de-DE", "fr-FR"] == [each.headers["Content-Language"] for each in requests]
    assert {"/ACME_PRD/WM/wmwebservice_rest/shipments/1"} == {each.url.path for each in requests}
