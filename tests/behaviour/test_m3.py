"""What callers of M3 programs get: typed records, fields checked before they are sent, business errors, bulk."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"
BASE = "https://gateway.example/ACME_TST/M3/m3api-rest/v2/execute/CRS610MI"
VERBS = {
    "get_basic_data": {"cuno": "1"},
    "lst_by_number": {},
    "lst_by_name": {},
    "add": {"cuno": "1", "cunm": "x"},
    "chg_financial": {"cuno": "1"},
    "copy": {"cuno": "1", "ncun": "2"},
    "delete": {"cuno": "1"},
    "reserve_voucher": {"divi": "AAA"},
}


@pytest.fixture(scope="module")
def crs610mi(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate((SPECS / "crs610mi.json").read_text("utf-8"))


class Server:
    """Answers as M3 would, and keeps what was asked."""

    def __init__(self, status: int = 200, **result: object) -> None:
        self.status = status
        self.answer: dict[str, Any] = {"results": [{"transaction": "T", "records": [], **result}]}
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return httpx2.Response(self.status, json=self.answer)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(str(self.requests[-1].url)).query))


def client(module: ModuleType, server: Server) -> Any:
    return module.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(server))


def test_records_are_typed_and_trimmed(crs610mi: ModuleType) -> None:
    """Texts without padding; numbers and dates on request; what the document does not know is kept."""
    server = Server(records=[{"CUNO": "Y30000    ", "CRLM": " 1250.50", "BLCD": "0", "NEWF": "x  "}])
    record = client(crs610mi, server).get_financial(cuno="Y30000").record
    assert ("Y30000", "1250.50", Decimal("1250.50"), 0) == (
        record.cuno,
        record.crlm.strip(),
        record.crlm.decimal,
        record.blcd.int,
    )
    assert {"NEWF": "x"} == record.extra
    assert "" == record.tepy
    assert "Y30000    " == record.to_dict()["CUNO"]
    assert "CRLM" == crs610mi.models.GetFinancial.crlm
    assert record == copy.copy(record) == pickle.loads(pickle.dumps(record))


def test_a_result_tells_of_itself(crs610mi: ModuleType) -> None:
    """It iterates over its records; none is no error until one is asked for."""
    server = Server(records=[{"CUNO": "1"}, {"CUNO": "2"}])
    result = client(crs610mi, server).lst_by_number()
    assert ["1", "2"] == [each.cuno for each in result]
    assert (2, [], False) == (len(result), result.errors, result.not_processed)
    empty = client(crs610mi, Server()).lst_by_number()
    with pytest.raises(LookupError, match="returned no record"):
        _ = empty.record


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("0", "0"),
        (0, "0"),
        (True, "1"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.10"), "0.10"),
        (dt.date(2026, 11, 24), "20261124"),
        (dt.datetime(2026, 11, 24, 8, 30, tzinfo=dt.UTC), "20261124"),
    ],
)
def test_fields_are_written_as_m3_reads_them(crs610mi: ModuleType, value: object, sent: str) -> None:
    """Numbers without exponent, dates in the format of the call."""
    server = Server()
    client(crs610mi, server).chg_financial(cuno="A", crlm=value)
    assert {"CUNO": "A", "CRLM": sent} == server.query


def test_blank_is_not_sent_and_options_go_their_own_way(crs610mi: ModuleType) -> None:
    """Those of a call win over those of the client; field and option of one name do not meet."""
    server = Server()
    m3 = client(crs610mi, server).with_options(cono=100, divi="NOR", maxrecs=10)
    m3.lst_by_number(
        cuno=" ", cono=300, maxrecs=0, excludeempty=True, returncols=["CUNO", "CUNM"], dateformat="YMD8-"
    )
    assert {
        "CONO": "300",
        "cono": "100",
        "divi": "NOR",
        "maxrecs": "0",
        "excludeempty": "true",
        "returncols": "CUNO,CUNM",
        "dateformat": "YMD8-",
    } == server.query


def test_names_that_are_no_identifiers(crs610mi: ModuleType) -> None:
    server = Server()
    client(crs610mi, server).chg_financial(cuno="A", field_3rdp="X")
    assert {"CUNO": "A", "3RDP": "X"} == server.query


@pytest.mark.parametrize(
    ("fields", "error", "says"),
    [
        ({"cuno": "12345678901"}, ValueError, "cuno: 11 characters, and the field holds 10"),
        ({"cuno": 1.5}, TypeError, "cuno: expected a str"),
        ({"cuno": "A", "crlm": Decimal("NaN")}, ValueError, "crlm: NaN"),
        ({}, TypeError, "missing 1 required keyword-only argument: 'cuno'"),
        ({"cuno": "A", "cumn": "B"}, TypeError, "unexpected keyword argument 'cumn'"),
        ({"cuno": "A", "maxrecs": 1.5}, TypeError, "maxrecs"),
    ],
)
def test_what_m3_would_refuse_is_not_sent(
    crs610mi: ModuleType, fields: dict[str, object], error: type[Exception], says: str
) -> None:
    server = Server()
    with pytest.raises(error, match=says):
        client(crs610mi, server).chg_financial(**fields)
    assert [] == server.requests


@pytest.mark.parametrize("status", [200, 400])
def test_business_errors(crs610mi: ModuleType, status: int) -> None:
    """In an answer of success with the records that came before, or at the top of one of status 400."""
    said = {
        "errorMessage": "  Customer does not exist    ",
        "errorCode": "WCU0203 ",
        "errorField": "CUNO",
        "errorType": "ServerReturnedNOK",
    }
    server = Server(status, records=[{"CUNO": "1"}], **said)
    if status == 400:
        server.answer = said
    with pytest.raises(crs610mi.TransactionRefusedError) as caught:
        client(crs610mi, server).get_basic_data(cuno="1")
    error = caught.value
    assert ("WCU0203", "CUNO", "ServerReturnedNOK", "Customer does not exist") == (
        error.code,
        error.field,
        error.kind,
        error.message,
    )
    assert (["1"] if status == 200 else []) == [each.cuno for each in error.records]
    assert isinstance(error, crs610mi.BusinessError)


def test_a_terminated_call_is_a_failure(crs610mi: ModuleType) -> None:
    server = Server()
    server.answer = {"results": [], "wasTerminated": True, "terminationReason": "Time is up"}
    with pytest.raises(crs610mi.BusinessError, match="Time is up"):
        client(crs610mi, server).get_basic_data(cuno="1")


@pytest.mark.parametrize("content", [b"<html>busy</html>", b"[]", b""])
def test_something_else_than_an_answer_of_m3(crs610mi: ModuleType, content: bytes) -> None:
    def page(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=content)

    m3 = crs610mi.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(page))
    with pytest.raises(crs610mi.DecodeError):
        m3.get_basic_data(cuno="1")


def test_dates_are_read_in_the_format_of_the_call(crs610mi: ModuleType) -> None:
    date = crs610mi.DateText
    expected = dt.date(2026, 11, 24)
    texts = [("20261124", "YMD8"), ("261124", "YMD6"), ("112426", "MDY6"), ("241126", "DMY6")]
    texts += [("26482", "YWD5"), ("2026-11-24", "YMD8-"), ("20261124", "DMY6")]
    assert [expected] * len(texts) == [date(text, dateformat).date for text, dateformat in texts]
    assert (None, None) == (date("").date, date("0").date)
    with pytest.raises(ValueError, match="no date"):
        _ = date("soon").date


def test_bulk_keeps_order_and_errors(crs610mi: ModuleType) -> None:
    """One POST for each piece, to the service's own address; a failure is that of its transaction alone."""
    sent: list[tuple[str, Any]] = []

    def execute(request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        sent.append((f"{request.method} {request.url}", body))
        results = [
            (
                {"transaction": each["transaction"], "errorMessage": "no", "errorType": "ServerReturnedNOK"}
                if each["record"]["CUNO"] == "2"
                else {"transaction": each["transaction"], "records": [{"CUNO": each["record"]["CUNO"]}]}
            )
            for each in body["transactions"]
        ]
        return httpx2.Response(200, json={"results": results})

    m3 = crs610mi.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(execute))
    bulk = m3.with_options(cono=100).bulk(size=2)
    entries = [bulk.add(m3.get_basic_data, cuno=str(number)) for number in (1, 2, 3)]
    results = bulk.send()
    assert [None, "no", None] == [each.error.message if each.error else None for each in results]
    assert ("1", "3") == (entries[0].result.record.cuno, entries[2].result.record.cuno)
    with pytest.raises(crs610mi.BusinessError):
        _ = entries[1].result
    url = BASE.removesuffix("/CRS610MI")
    assert [f"POST {url}", f"POST {url}"] == [where for where, _ in sent]
    assert {
        "program": "CRS610MI",
        "cono": 100,
        "transactions": [{"transaction": "GetBasicData", "record": {"CUNO": "3"}}],
    } == sent[1][1]
    with pytest.raises(ValueError, match="cuno: 11 characters"):
        bulk.add(m3.delete, cuno="12345678901")
    with pytest.raises(TypeError, match="maxrecs"):
        bulk.add(m3.delete, cuno="1", maxrecs=1)


def called(module: ModuleType, path: Path, name: str) -> None:
    """Call a transaction with what it must be given."""
    with module.Client.from_ionapi(path, retry=module.Retry(pause=0.001)) as m3:
        getattr(m3, name)(**VERBS[name])


def awaited(module: ModuleType, path: Path, name: str) -> None:
    """The same from asyncio."""

    async def call() -> None:
        async with module.AsyncClient.from_ionapi(path, retry=module.Retry(pause=0.001)) as m3:
            await getattr(m3, name)(**VERBS[name])

    asyncio.run(call())


@pytest.mark.parametrize("call", [called, awaited])
def test_no_write_is_executed_twice(
    crs610mi: ModuleType, tmp_path: Path, call: Callable[[ModuleType, Path, str], None]
) -> None:
    """Where the gateway executes and then fails, reads are repeated and writes are not."""
    path = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "crs610mi.json"]) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        for name in VERBS:
            box.control.reset()
            box.control.lost_answers.times = 1
            if name.startswith(("get", "lst")):
                call(crs610mi, path, name)
                assert [2] == list(box.control.executed.values()), name
            else:
                with pytest.raises(crs610mi.StatusError):
                    call(crs610mi, path, name)
                assert [1] == list(box.control.executed.values()), name


def test_a_session_with_the_sandbox(crs610mi: ModuleType, tmp_path: Path) -> None:
    """Records made of the document's fields, limits, refusals on demand, bulk."""
    path = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "crs610mi.json"]) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        with crs610mi.Client.from_ionapi(path) as m3:
            record = m3.get_basic_data(cuno="Y30000", extendedresult=True).record
            assert ("Y30000", "Name of the customer") == (record.cuno, record.cunm)
            assert 2 == len(m3.lst_by_number(maxrecs=2))
            columns = m3.lst_by_number(returncols=[crs610mi.models.LstByNumber.cuno]).record.to_dict()
            assert ["CUNO"] == list(columns)
            box.control.refusals.times = 1
            with pytest.raises(crs610mi.TransactionRefusedError, match="refuses"):
                m3.chg_financial(cuno="Y30000", blcd=0)
            bulk = m3.bulk()
            found = bulk.add(m3.get_basic_data, cuno="Y30001")
            assert [None] == [each.error for each in bulk.send()]
            assert "Y30001" == found.result.record.cuno
