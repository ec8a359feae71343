"""Programs behind version 1 of M3's REST service: the same client, whatever the answers look like."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

from ionapi_codegen.sandbox.server import Sandbox
from tests_support.m3_version1 import document

BASE = "https://gateway.example/ACME_TST/M3/m3api-rest/execute/CRS610MI"
REFUSED = {
    "@type": "ServerReturnedNOK",
    "@code": "WCU0203 ",
    "@field": "CUNO",
    "Message": "Customer does not exist      ",
}


@pytest.fixture(scope="module")
def crs610mi(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate(json.dumps(document()))


def record(index: int, **fields: str) -> dict[str, Any]:
    return {
        "RowIndex": str(index),
        "NameValue": [{"Name": name, "Value": text} for name, text in fields.items()],
    }


def answered(*records: dict[str, Any]) -> dict[str, Any]:
    return {"Program": "CRS610MI", "Transaction": "LstByNumber", "MIRecord": list(records)}


def client(module: ModuleType, content: bytes, asked: list[str] | None = None, status: int = 200) -> Any:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if asked is not None:
            asked.append(request.url.raw_path.decode().rpartition("/CRS610MI")[2])
        return httpx2.Response(status, content=content)

    return module.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(answer))


def test_records_of_pairs_are_typed(crs610mi: ModuleType) -> None:
    """By the field list that the document has as an example; padding goes, what is unknown stays."""
    content = json.dumps(answered(record(0, CUNO="Y30000    ", CRLM=" 1250.50", NEWF="x  "))).encode()
    result = client(crs610mi, content).get_financial(cuno="Y30000")
    assert "LstByNumber" == result.transaction
    found = result.record
    assert isinstance(found, crs610mi.models.GetFinancial)
    assert ("Y30000", "1250.50", {"NEWF": "x"}) == (found.cuno, str(found.crlm.decimal), found.extra)


def test_one_record_may_come_without_its_list(crs610mi: ModuleType) -> None:
    """As from servers that make their JSON of XML."""
    one = {"RowIndex": "0", "NameValue": {"Name": "CUNO", "Value": "1"}}
    content = json.dumps({"Program": "CRS610MI", "Transaction": "LstByNumber", "MIRecord": one}).encode()
    assert ["1"] == [each.cuno for each in client(crs610mi, content).lst_by_number()]
    nothing = json.dumps({"Program": "CRS610MI", "Transaction": "ChgFinancial"}).encode()
    assert [] == client(crs610mi, nothing).chg_financial(cuno="1").records


def test_options_follow_the_path(crs610mi: ModuleType) -> None:
    """As matrix parameters; fields stay in the query."""
    asked: list[str] = []
    m3 = client(crs610mi, json.dumps(answered()).encode(), asked)
    m3.with_options(divi="NOR").lst_by_number(cuno="A B", cono=100, maxrecs=0, returncols=["CUNO", "CUNM"])
    m3.lst_by_number()
    assert [
        "/LstByNumber;divi=NOR;maxrecs=0;returncols=CUNO%2CCUNM?CONO=100&CUNO=A%20B",
        "/LstByNumber",
    ] == asked


@pytest.mark.parametrize(
    ("content", "came"),
    [
        (json.dumps(REFUSED), []),
        (json.dumps({**answered(record(0, CUNO="1")), **REFUSED}), ["1"]),
        (json.dumps(answered(record(0, CUNO="1"), record(1, CUNO="2"), REFUSED)), ["1", "2"]),
        (json.dumps(answered(record(0, CUNO="1"))) + json.dumps(REFUSED), ["1"]),
        (json.dumps(answered(record(0, CUNO="1")))[:-2] + "," + json.dumps(REFUSED, indent=1), ["1"]),
    ],
)
def test_a_failure_has_the_records_that_came_before(
    crs610mi: ModuleType, content: str, came: list[str]
) -> None:
    """Alone, beside the records, after the last of them, or where the answer breaks off."""
    with pytest.raises(crs610mi.TransactionRefusedError) as caught:
        client(crs610mi, content.encode()).lst_by_number()
    error = caught.value
    assert ("WCU0203", "CUNO", "ServerReturnedNOK", "Customer does not exist") == (
        error.code,
        error.field,
        error.kind,
        error.message,
    )
    assert came == [each.cuno for each in error.records]


def test_a_failure_of_another_status(crs610mi: ModuleType) -> None:
    with pytest.raises(crs610mi.TransactionRefusedError, match="does not exist"):
        client(crs610mi, json.dumps(REFUSED).encode(), status=400).lst_by_number()
    with pytest.raises(crs610mi.StatusError):
        client(crs610mi, b'{"Message": "no route"}', status=404).lst_by_number()


@pytest.mark.parametrize("content", [b"<html>busy</html>", b'{"MIRecord": [', b'{"@type": "Server'])
def test_something_else_than_an_answer(crs610mi: ModuleType, content: bytes) -> None:
    with pytest.raises(crs610mi.DecodeError):
        client(crs610mi, content).get_basic_data(cuno="1")


def test_there_is_no_bulk(crs610mi: ModuleType) -> None:
    m3 = client(crs610mi, b"")
    with pytest.raises(TypeError, match="version 1 of M3's REST service, which has no bulk"):
        m3.bulk().add(m3.delete, cuno="1")


def test_a_session_with_the_sandbox(crs610mi: ModuleType, tmp_path: Path) -> None:
    """Records, options, pages, refusals: a sandbox speaks the version that the document has."""
    spec = tmp_path / "crs610mi.json"
    spec.write_text(json.dumps(document()), "utf-8")
    path = tmp_path / "demo.ionapi"
    with Sandbox([spec]) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        with crs610mi.Client.from_ionapi(path) as m3:
            record = m3.get_basic_data(cuno="Y30000").record
            assert ("Y30000", "Name of the customer") == (record.cuno, record.cunm)
            assert 2 == len(m3.lst_by_number(maxrecs=2))
            assert ["CUNO"] == list(m3.lst_by_number(returncols=["CUNO"]).record.to_dict())
            assert 5 == len(list(m3.lst_by_number.iterate(maxrecs=2)))
            box.control.refusals.times = 1
            with pytest.raises(crs610mi.TransactionRefusedError, match="refuses"):
                m3.chg_financial(cuno="Y30000", blcd=0)
