"""What callers of Compass get: a query as one iterator of rows, that is waited for, paged and cancelled."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest

from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"
BASE = "https://gateway.example/ACME_TST/DATAFABRIC/compass/v2"
SQL = "SELECT CUNO, CUNM FROM OCUSMA"


@pytest.fixture(scope="module")
def compass(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate((SPECS / "datalake.yaml").read_text("utf-8"))


class Server:
    """Runs one query: `looks` are the answers about its status, the last for ever; `rows` its rows."""

    def __init__(self, *looks: dict[str, object], rows: int = 0, page: int = 1000) -> None:
        self.looks = list(looks)
        self.rows = rows
        self.page = page
        self.calls: list[str] = []
        self.requests: list[httpx2.Request] = []
        self.content: bytes | None = None
        self.failing = 200

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/ACME_TST/DATAFABRIC/compass/v2").strip("/")
        self.requests.append(request)
        asked = dict(parse_qsl(request.url.query.decode()))
        self.calls.append(
            f"{path.rpartition('/')[2]} {asked['offset']}" if asked else path.rpartition("/")[2]
        )
        if self.content is not None:
            return httpx2.Response(self.failing, content=self.content)
        if path.endswith("result"):
            start = int(asked["offset"])
            end = min(self.rows, start + min(self.page, int(asked["limit"])))
            return httpx2.Response(200, json=[{"N": number} for number in range(start, end)])
        if path.endswith("cancel"):
            self.looks = [{"status": "CANCELED"}]
            return httpx2.Response(200, json={"queryId": "q", "status": "CANCELED"})
        look = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return httpx2.Response(202, json={"queryId": "q", **look})


def client(module: ModuleType, server: Callable[[httpx2.Request], httpx2.Response], **options: Any) -> Any:
    return module.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(server), **options)


RUNNING: dict[str, object] = {"status": "RUNNING"}


def finished(rows: int | None) -> dict[str, object]:
    return {"status": "FINISHED"} if rows is None else {"status": "FINISHED", "rowCount": rows}


def test_a_query_is_one_iterator(compass: ModuleType) -> None:
    """Submitted as text when the first row is asked for, waited for, fetched page by page."""
    server = Server(RUNNING, RUNNING, finished(5), rows=5)
    rows = client(compass, server).query(SQL, page_size=2, longest_pause=0.001)
    assert ([], None, None) == (server.calls, rows.query_id, rows.status)
    assert {"N": 0} == next(rows)
    assert ["jobs", "status", "status", "result 0"] == server.calls
    assert ("q", "FINISHED", 5) == (rows.query_id, rows.status, rows.row_count)
    assert [1, 2, 3, 4] == [row["N"] for row in rows]
    assert ["result 0", "result 2", "result 4"] == server.calls[3:]
    submitted = server.requests[0]
    assert ("POST", SQL) == (submitted.method, submitted.content.decode())
    assert submitted.headers["Content-Type"].startswith("text/plain")


def test_a_query_that_is_finished_at_once_is_not_waited_for(compass: ModuleType) -> None:
    """One without rows asks for none."""
    server = Server(finished(0))
    assert [] == list(client(compass, server).query(SQL))
    assert ["jobs"] == server.calls


@pytest.mark.parametrize(("told", "last"), [(5, "result 4"), (None, "result 5")])
def test_a_page_may_be_shorter_than_asked_for(compass: ModuleType, told: int | None, last: str) -> None:
    """Compass ends one at 10 MB. Where it does not say how many rows there are, an empty page is the last."""
    server = Server(finished(told), rows=5, page=2)
    assert list(range(5)) == [row["N"] for row in client(compass, server).query(SQL)]
    assert last == server.calls[-1]


def test_rows_that_are_missing_are_an_error(compass: ModuleType) -> None:
    """Not an end: a load that lacks rows must not look complete."""
    server = Server(finished(5), rows=3)
    rows = client(compass, server).query(SQL)
    assert [0, 1, 2] == [next(rows)["N"] for _ in range(3)]
    with pytest.raises(compass.DecodeError, match="has 3 rows of 5"):
        next(rows)


def test_numbers_keep_their_digits(compass: ModuleType) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("result/"):
            return httpx2.Response(200, content=b'[{"A": 0.10, "B": 7, "C": null, "D": "x", "E": true}]')
        return httpx2.Response(202, json={"queryId": "q", **finished(1)})

    (row,) = client(compass, answer).query(SQL)
    assert {"A": Decimal("0.10"), "B": 7, "C": None, "D": "x", "E": True} == row
    assert "0.10" == str(row["A"])


@pytest.mark.parametrize(
    ("told", "code", "message"),
    [
        ({"message": " No table X \n", "code": 400}, "400", "No table X"),
        ({"errorMessage": "No table X"}, None, "No table X"),
        ({"error": {"code": "E1", "message": "No table X"}}, None, "No table X"),
        ({}, None, ""),
    ],
)
def test_a_query_that_fails_raises(
    compass: ModuleType, told: dict[str, object], code: str | None, message: str
) -> None:
    """A business error with what Compass says, whatever it calls that."""
    server = Server(RUNNING, {"status": "FAILED", **told})
    with pytest.raises(compass.CompassError) as caught:
        list(client(compass, server).query(SQL, longest_pause=0.001))
    error = caught.value
    assert isinstance(error, compass.BusinessError)
    assert (code, message, "q", "FAILED") == (error.code, error.message, error.query_id, error.status)
    assert "the query q is FAILED" in str(error) and message in str(error)
    assert ["jobs", "status"] == server.calls
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (str(error), error.query_id) == (str(other), other.query_id)


def test_a_query_that_takes_too_long_is_cancelled(compass: ModuleType) -> None:
    server = Server(RUNNING)
    before = time.monotonic()
    with pytest.raises(compass.RequestTimeoutError, match=r"q is RUNNING after 0\.05 seconds"):
        list(client(compass, server).query(SQL, wait=0.05, longest_pause=0.01))
    assert time.monotonic() - before < 5
    assert "cancel" == server.calls[-1]
    assert 1 == server.calls.count("jobs")


def test_a_query_can_be_cancelled_from_another_thread(compass: ModuleType) -> None:
    """Who iterates is told so."""
    server = Server(RUNNING)
    rows = client(compass, server).query(SQL, longest_pause=0.01)
    timer = threading.Timer(0.05, rows.cancel)
    timer.start()
    with pytest.raises(compass.QueryCanceledError, match="the query q is CANCELED"):
        next(rows)
    timer.join()
    assert 1 == server.calls.count("cancel")
    rows.cancel()
    assert 1 == server.calls.count("cancel")


def test_a_query_that_was_cancelled_before_is_never_sent(compass: ModuleType) -> None:
    server = Server(RUNNING)
    rows = client(compass, server).query(SQL)
    rows.cancel()
    with pytest.raises(compass.QueryCanceledError):
        next(rows)
    assert [] == server.calls


def test_a_failure_while_waiting_cancels(compass: ModuleType) -> None:
    """The query would run on; what went wrong is raised, whatever becomes of the cancelling."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        calls.append(request.url.path.strip("/").rpartition("/")[2])
        return httpx2.Response(202 if calls == ["jobs"] else 500, json={"queryId": "q", **RUNNING})

    calls: list[str] = []
    with pytest.raises(compass.ServerError, match="status"):
        next(client(compass, answer).query(SQL, longest_pause=0.001))
    assert ["jobs", "status", "cancel"] == calls


def test_an_interrupt_while_waiting_cancels(compass: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the query as well."""

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    server = Server(RUNNING)
    rows = client(compass, server).query(SQL)
    monkeypatch.setattr(time, "sleep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        next(rows)
    assert ["jobs", "cancel"] == server.calls


def test_leaving_early_cancels_what_runs_and_nothing_else(compass: ModuleType) -> None:
    """A query whose rows come has ended; no more of them are fetched."""
    server = Server(finished(5), rows=5)
    with client(compass, server).query(SQL, page_size=2) as rows:
        next(rows)
    assert ["jobs", "result 0"] == server.calls
    assert [] == list(rows)


def test_a_submission_is_never_repeated_where_it_may_have_run(compass: ModuleType) -> None:
    """The looks and the pages are."""
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.path)
        return httpx2.Response(503)

    with pytest.raises(compass.ServerError):
        next(client(compass, answer, retry=compass.Retry(pause=0.001)).query(SQL))
    assert 1 == len(seen)

    def broken(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.path)
        raise httpx2.ReadError("gone", request=request)

    with pytest.raises(compass.TransportError):
        next(client(compass, broken, retry=compass.Retry(pause=0.001)).query(SQL))
    assert 2 == len(seen)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html>", "expected JSON"),
        (b"[]", "expected an object"),
        (b"{}", "queryId"),
        (b"", "expected JSON"),
        (b'{"queryId": 1}', "queryId"),
    ],
)
def test_answers_that_are_none(compass: ModuleType, content: bytes, says: str) -> None:
    server = Server(RUNNING)
    server.content = content
    with pytest.raises(compass.DecodeError, match=says):
        next(client(compass, server).query(SQL))
    assert ["jobs"] == server.calls


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"sql": " "}, "sql: a blank"),
        ({"sql": SQL, "page_size": 0}, "page_size"),
        ({"sql": SQL, "page_size": 100_001}, "page_size"),
    ],
)
def test_arguments_out_of_range(compass: ModuleType, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        client(compass, Server(RUNNING)).query(**arguments)


def test_the_same_from_asyncio(compass: ModuleType) -> None:
    """Rows, failures, cancelled tasks."""

    async def calls() -> None:
        server = Server(RUNNING, finished(5), rows=5)
        transport = httpx2.MockTransport(server)
        async with compass.AsyncClient(auth=None, base_url=BASE, transport=transport) as made:
            found = [row["N"] async for row in made.query(SQL, page_size=2, longest_pause=0.001)]
            assert list(range(5)) == found
            server.looks = [{"status": "FAILED", "message": "no"}]
            with pytest.raises(compass.CompassError, match="no"):
                async for _ in made.query(SQL):
                    pass
            server.looks = [RUNNING]
            rows = made.query(SQL)
            waiting = asyncio.create_task(anext(rows))
            await asyncio.sleep(0.02)
            assert "RUNNING" == rows.status
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert "cancel" == server.calls[-1]
            server.looks = [RUNNING]
            async with made.query(SQL, longest_pause=0.01) as rows:
                waiting = asyncio.create_task(anext(rows))
                await asyncio.sleep(0.02)
                await rows.cancel()
                with pytest.raises(compass.QueryCanceledError):
                    await waiting
            server.looks = [finished(3)]
            async with made.query(SQL, page_size=1) as rows:
                assert {"N": 0} == await anext(rows)
            assert "result 0" == server.calls[-1]

    asyncio.run(calls())


def test_operations_called_query_keep_out_of_the_way(generate: Callable[..., ModuleType]) -> None:
    """The name is the client's."""
    text = (SPECS / "datalake.yaml").read_text("utf-8").replace("operationId: ping", "operationId: query")
    module = generate(text)
    made = client(module, Server(finished(1), rows=1))
    assert [{"N": 0}] == list(made.query(SQL))
    assert callable(made.query_)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[tuple[Sandbox, Path]]:
    path = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "datalake.yaml"]) as sandbox:
        path.write_text(sandbox.ionapi_text(), "utf-8")
        path.chmod(0o600)
        yield sandbox, path


def test_a_session_with_the_sandbox(compass: ModuleType, box: tuple[Sandbox, Path]) -> None:
    """Queued, running, finished, in pages of the server's length; failing, refused, cancelled."""
    sandbox, path = box
    with compass.Client.from_ionapi(path) as made:
        rows = made.query("SELECT o.CUNO, CUNM AS name FROM o LIMIT 2500", longest_pause=0.01)
        assert {"CUNO": "CUNO 1", "name": "name 1"} == next(rows)
        assert (2499, 2500) == (len(list(rows)), rows.row_count)
        assert ["0", "1000", "2000"] == [
            dict(parse_qsl(each.query))["offset"] for each in sandbox.control.journal if each.query
        ]
        with pytest.raises(compass.CompassError, match="Only SELECT"):
            list(made.query("DROP TABLE x", longest_pause=0.01))
        sandbox.control.refusals.times = 1
        with pytest.raises(compass.CompassError, match="refuses"):
            list(made.query(SQL, longest_pause=0.01))
        job = made.jobs.submit_job(body=SQL)
        assert "QUEUED" == job.status
        with pytest.raises(compass.BadRequestError):
            made.jobs.get_job_result(job.query_id)
        assert "CANCELED" == made.jobs.cancel_job(job.query_id).status
        assert "CANCELED" == made.jobs.get_job_status(job.query_id).status
        with pytest.raises(compass.NotFoundError):
            made.jobs.get_job_status("unknown")


def test_a_submission_that_was_executed_is_not_repeated(
    compass: ModuleType, box: tuple[Sandbox, Path]
) -> None:
    """A look that got lost is."""
    sandbox, path = box
    with compass.Client.from_ionapi(path, retry=compass.Retry(pause=0.001)) as made:
        sandbox.control.lost_answers.times = 1
        with pytest.raises(compass.ServerError):
            next(made.query(SQL))
        assert [1] == list(sandbox.control.executed.values())
        rows = made.query(SQL, longest_pause=0.001)
        sandbox.control.reset()
        job = made.jobs.submit_job(body=SQL)
        sandbox.control.lost_answers.times = 1
        assert made.jobs.get_job_status(job.query_id).status
        assert 25 == len(list(rows))


def test_several_documents_have_a_query_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a package of several: `client.compass.query(...)`, at its own address."""
    import importlib

    from click.testing import CliRunner

    from ionapi_codegen.cli import main

    sources = [str(SPECS / "datalake.yaml"), str(SPECS / "salesorders.yaml")]
    arguments = ["generate", *sources, "--package", "several_infor", "--output", str(tmp_path)]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert 0 == done.exit_code, done.output
    monkeypatch.syspath_prepend(str(tmp_path))
    several = importlib.import_module("several_infor")
    server = Server(finished(1), rows=1)
    transport = httpx2.MockTransport(server)
    gateway = "https://gateway.example/ACME_TST"
    made = several.Client(auth=None, base_url=gateway, transport=transport, ln_company=1000)
    assert [{"N": 0}] == list(made.compass.query(SQL))
    assert [f"{BASE}/jobs/", f"{BASE}/jobs/q/result/?offset=0&limit=10000"] == [
        str(each.url) for each in server.requests
    ]
    server.content = json.dumps({"value": []}).encode()
    assert [] == made.sales_orders.orders.list_orders().value
    assert "1000" == server.requests[-1].headers["X-Infor-LnCompany"]
    assert "/LN/lnapi/odata/tdapi.slsSalesOrder/Orders" in str(server.requests[-1].url)
    assert all(hasattr(several, name) for name in ("LNError", "CompassError", "Rows"))
    server.content = b'{"error": {"code": "1", "message": "no"}}'
    server.failing = 404
    with pytest.raises(several.LNError, match="no"):
        made.sales_orders.orders.get_order("1")
    with pytest.raises(several.NotFoundError) as caught:
        made.compass.jobs.get_job_status("q")
    assert not isinstance(caught.value, several.LNError)
