"""What the dialect of LN's OData services makes of their documents."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Api, Protocol
from ionapi_codegen.ir.operation import ByLink, Effect, Operation
from ionapi_codegen.ir.text import Text

LN = Path(__file__).parents[3] / "specs" / "salesorders.yaml"


def read(path: Path, dialect: str = "auto") -> Api:
    (api,) = pipeline.understand(str(path), dialect, Diagnostics())
    return api


def operation(api: Api, name: str) -> Operation:
    return next(each for each in api.operations if each.id == Text(name))


def names(operation: Operation) -> list[str]:
    return [each.name.raw for each in operation.parameters]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/ACME_TST/LN/lnapi/odata/tdapi.slsSalesOrder", "LN/lnapi/odata/tdapi.slsSalesOrder"),
        ("/LN/lnapi/odata/tdapi.slsSalesOrder", "LN/lnapi/odata/tdapi.slsSalesOrder"),
        ("/lnapi/odata/tdapi.slsSalesOrder/", "LN/lnapi/odata/tdapi.slsSalesOrder"),
        ("/ACME_TST/LNCE/lnapi/odata/x", "LNCE/lnapi/odata/x"),
        ("https://mingle-ionapi.inforcloudsuite.com/ACME_TST/LN/lnapi/odata/x", "LN/lnapi/odata/x"),
    ],
)
def test_the_base_is_found_with_and_without_tenant_and_suite(url: str, expected: str, tmp_path: Path) -> None:
    document = yaml.safe_load(LN.read_text("utf-8"))
    document["servers"] = [{"url": url}]
    path = tmp_path / "ln.yaml"
    path.write_text(yaml.safe_dump(document), "utf-8")
    api = read(path)
    assert (Protocol.LN, Text(expected)) == (api.protocol, api.gateway_path)


def test_headers_of_all_calls_are_not_demanded_of_each() -> None:
    """The client may have them; they come last, and the model knows them as options."""
    api = read(LN)
    listed = operation(api, "ListOrders")
    shared = ["X-Infor-LnCompany", "X-Infor-LnIdentity", "Content-Language"]
    assert shared == names(listed)[-3:]
    assert not any(each.required for each in listed.parameters)
    assert ["Content-Language", "X-Infor-LnCompany", "X-Infor-LnIdentity"] == [
        each.name.raw for each in api.options
    ]


def test_changes_take_an_etag_whether_the_document_says_so_or_not() -> None:
    api = read(LN)
    taking = {each.id.raw for each in api.operations if each.id and "If-Match" in names(each)}
    assert {"ChangeOrder", "DeleteOrder"} == taking
    assert names(operation(api, "ChangeOrder")).index("If-Match") < names(
        operation(api, "ChangeOrder")
    ).index("X-Infor-LnCompany")


def test_an_etag_that_the_document_demands_is_demanded(tmp_path: Path) -> None:
    document = yaml.safe_load(LN.read_text("utf-8"))
    etag = {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
    document["paths"]["/Orders('{OrderNumber}')"]["patch"]["parameters"] = [etag]
    path = tmp_path / "ln.yaml"
    path.write_text(yaml.safe_dump(document), "utf-8")
    found = [each for each in operation(read(path), "ChangeOrder").parameters if each.name.raw == "If-Match"]
    assert [True] == [each.required for each in found]


def test_lists_follow_the_link() -> None:
    """Not `$skip`, which the document has as well: LN decides how long a page is."""
    api = read(LN)
    pages = operation(api, "ListOrders").pages
    assert pages is not None
    assert ByLink((Text("@odata.nextLink"),)) == pages.step
    assert (Text("value"),) == pages.items
    assert operation(api, "GetOrder").pages is None


def test_what_changes_data_is_a_write() -> None:
    writes = {each.id.raw for each in read(LN).operations if each.id and each.effect is Effect.WRITE}
    assert {"CreateOrder", "ChangeOrder", "DeleteOrder"} == writes


@pytest.mark.parametrize(("dialect", "expected"), [("none", None), ("ln", Protocol.LN)])
def test_a_dialect_can_be_asked_for(dialect: str, expected: Protocol | None) -> None:
    assert expected is read(LN, dialect).protocol
