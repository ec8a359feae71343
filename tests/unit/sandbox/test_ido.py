"""What the sandbox has of Mongoose: the list of documents of single IDOs, the documents, and their operations."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from ionapi_codegen import pipeline
from ionapi_codegen.diagnostics import Diagnostics
from ionapi_codegen.ir.api import Protocol
from ionapi_codegen.sandbox.server import Sandbox

IDO = Path(__file__).parents[3] / "specs" / "ido.json"
SERVICE = "CSI/IDORequestService/ido"
LIST = f"{SERVICE}/dynamic/api-docs-collection"
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Caller:
    """Calls the sandbox with a token of its own."""

    def __init__(self, box: Sandbox) -> None:
        self.file = json.loads(box.ionapi_text())
        form = {"grant_type": "password", "username": self.file["saak"], "password": self.file["sask"]}
        form |= {"client_id": self.file["ci"], "client_secret": self.file["cs"]}
        url = self.file["pu"].rstrip("/") + "/" + self.file["ot"]
        with _OPENER.open(url, urlencode(form).encode(), timeout=10) as answer:
            self.token = json.load(answer)["access_token"]

    def __call__(self, path: str, body: object = None, **headers: str) -> Any:
        """The decoded answer; the status of one that is an error."""
        url = f"{self.file['iu'].rstrip('/')}/{self.file['ti']}/{path}"
        content = None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        try:
            with _OPENER.open(urllib.request.Request(url, content, sent), timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code


@pytest.fixture(scope="module")
def call() -> Iterator[Caller]:
    with Sandbox([IDO]) as box:
        yield Caller(box)


def entities(answer: Any) -> list[str]:
    return [each["entity"] for each in answer["swaggerCollection"]["swagger"]]


def test_documents_are_listed_in_pages(call: Caller) -> None:
    """Ten at a time unless asked for another number; no configuration is needed."""
    first, second = call(LIST), call(f"{LIST}?pageNumber=2")
    assert {"total": 12, "pageNumber": 1, "pageSize": 10} == first["paging"]
    assert (10, 2) == (len(entities(first)), len(entities(second)))
    assert [] == entities(call(f"{LIST}?pageNumber=9"))
    assert ["SLCos", "SLCoitems"] == entities(call(f"{LIST}?pageSize=2"))


def test_a_search_looks_into_names_and_descriptions(call: Caller) -> None:
    """In any case."""
    found = call(f"{LIST}?search=CUSTOMER")
    assert ["SLCos", "SLCoitems", "SLCustomers"] == entities(found)
    assert 3 == found["paging"]["total"]
    assert {
        "category": "dynamic",
        "entity": "SLCustomers",
        "desc": "Customers",
        "swaggerEndpoint": "../api-docs-collection/SLCustomers",
    } == found["swaggerCollection"]["swagger"][2]
    assert [] == entities(call(f"{LIST}?search=nothing"))


def test_a_document_is_one_of_the_dialect(call: Caller, tmp_path: Path) -> None:
    """With the tenant and the suite of the download in its base path; what is not listed is not there."""
    document = call(f"{LIST}/SLItems")
    assert f"/{call.file['ti']}/{LIST}/SLItems" == document["basePath"]
    path = tmp_path / "SLItems.json"
    path.write_text(json.dumps(document), "utf-8")
    (api,) = pipeline.understand(str(path), "auto", Diagnostics())
    assert Protocol.IDO is api.protocol
    assert 404 == call(f"{LIST}/Nothing")


def test_its_operations_answer(call: Caller) -> None:
    """As those of the generic document: with a configuration, and in pages."""
    config = {"X-Infor-MongooseConfig": "DALS"}
    page = call(f"{LIST}/SLItems/GetItems?recordCap=2&properties=Item,UM", **config)
    assert ([{"Item": "Item 1", "UM": "UM 1"}, {"Item": "Item 2", "UM": "UM 2"}], True) == (
        page["Items"],
        page["MoreRowsExist"],
    )
    refused = call(f"{LIST}/SLItems/GetItems")
    assert refused["Success"] is False and "X-Infor-MongooseConfig" in refused["Message"]
    assert call(f"{LIST}/SLItems/UpdateItems", {"Changes": []}, **config)["Success"] is True
    assert 404 == call(f"{LIST}/SLItems/DropItems", **config)
