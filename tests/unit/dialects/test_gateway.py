"""Where an API of Infor's gateway lies below its tenant, and which documents are none of Infor's."""

from __future__ import annotations

import pytest

from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.dialects import registry
from ionapi_codegen.dialects.gateway import below_tenant
from ionapi_codegen.ir.api import Api
from ionapi_codegen.ir.operation import Server
from ionapi_codegen.ir.text import Text


def api(*servers: str) -> Api:
    return Api(Text("Any"), Text("1"), (), {}, tuple(Server(Text(url)) for url in servers))


def gateway_path(url: str, dialect: str = "auto") -> str | None:
    path = registry.apply(api(url), dialect, Diagnostics()).gateway_path
    return path.raw if path else None


@pytest.mark.parametrize(
    ("base_path", "expected"),
    [
        ("/ACME_TST/M3/m3api-rest/v2/execute/CRS610MI", "M3/m3api-rest/v2/execute/CRS610MI"),
        ("/M3/m3api-rest/v2/execute/CRS610MI", "M3/m3api-rest/v2/execute/CRS610MI"),
        ("/m3api-rest/v2/execute/CRS610MI", "M3/m3api-rest/v2/execute/CRS610MI"),
        ("/{tenant}/M3/m3api-rest/v2", "M3/m3api-rest/v2"),
        ("/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/ACME_PRD/CSI/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/ACME_PRD/IDORequestService/ido", "CSI/IDORequestService/ido"),
        ("/ACME_DEV/LN/lnapi/odata/tdapi.slsSalesOrder", "LN/lnapi/odata/tdapi.slsSalesOrder"),
        ("/ACME_DEV/IONSERVICES/datalakeapi/v1", "IONSERVICES/datalakeapi/v1"),
        ("https://mingle-ionapi.inforcloudsuite.com/ACME_TST/M3/m3api-rest/v2", "M3/m3api-rest/v2"),
    ],
)
def test_the_tenant_of_the_download_is_not_part_of_the_path(base_path: str, expected: str) -> None:
    assert expected == gateway_path(base_path)


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/v2",
        "/API_V2/orders",
        "https://api.example.com/ACME_TST/M3/m3api-rest/v2",
        "https://inforcloudsuite.com.example.com/ACME_TST/M3/m3api-rest/v2",
        "http://[::bad/M3/m3api-rest",
    ],
)
def test_other_documents_are_left_alone(url: str) -> None:
    assert gateway_path(url) is None


def test_a_document_without_servers_is_left_alone() -> None:
    assert registry.apply(api(), "auto", Diagnostics()).gateway_path is None


def test_none_leaves_even_infors_documents_alone() -> None:
    assert gateway_path("/IDORequestService/ido", "none") is None


def test_a_dialect_asked_for_by_name_that_does_not_fit_warns() -> None:
    diagnostics = Diagnostics()

    registry.apply(api("/v2"), "infor", diagnostics)

    assert ["dialect-unrecognised"] == [found.code for found in diagnostics.sorted()]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example.com/v2/pets", "v2/pets"),
        ("/ACME_PRD/CustomerApi/pets/", "CustomerApi/pets"),
        ("/OTHER_PRD/pets", "OTHER_PRD/pets"),
        ("/", ""),
    ],
)
def test_any_document_can_be_put_below_a_tenant(url: str, expected: str) -> None:
    """For documents that are not recognised but come with an `.ionapi` file."""
    assert expected == below_tenant(api(url), "ACME_PRD").raw
