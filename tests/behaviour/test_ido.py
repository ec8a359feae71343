"""What callers of Mongoose get: a configuration for all calls, bookmarks followed, failures that raise."""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from click.testing import CliRunner

from ionapi_codegen.cli import main
from ionapi_codegen.sandbox.ido_documents import IDOS, document
from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"
BASE = "https://gateway.example/ACME_TST/CSI/IDORequestService/ido"
CONFIG = "X-Infor-MongooseConfig"
CALLS: Mapping[str, tuple[str, dict[str, object]]] = {
    "load": ("collections.load_collection", {"ido": "SLItems"}),
    "info": ("collections.get_property_info", {"ido": "SLItems"}),
    "download": ("documents.download_document", {"ido": "SLItems", "row_pointer": "1"}),
    "file": ("files.download_file", {"server": "s", "path": "a.txt"}),
    "configurations": ("methods.get_configurations", {}),
    "update": ("collections.update_collection", {"ido": "SLItems", "body": {"Changes": []}}),
    "invoke": ("methods.invoke_method", {"ido": "SLItems", "method": "Ship", "body": ["1", None]}),
    "event": ("methods.fire_event", {"event_name": "Ship"}),
    "upload": ("documents.upload_document", {"ido": "SLItems", "row_pointer": "1", "body": b"x"}),
    "put": ("files.upload_file", {"server": "s", "path": "a.txt", "body": b"x"}),
}
"""A call of each kind; the first five leave data alone."""
READS = list(CALLS)[:5]


@pytest.fixture(scope="module")
def ido(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate((SPECS / "ido.json").read_text("utf-8"))


class Server:
    """Answers with what it is given, one after the other and the last for ever, and keeps what was asked."""

    def __init__(self, *answers: httpx2.Response) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx2.Response(found.status_code, headers=found.headers, content=found.content)

    @property
    def queries(self) -> list[dict[str, str]]:
        return [dict(parse_qsl(urlsplit(str(each.url)).query)) for each in self.requests]


def said(status: int = 200, **members: Any) -> httpx2.Response:
    return httpx2.Response(status, json={"Success": True, "Message": None, **members})


def client(module: ModuleType, server: Server, **options: Any) -> Any:
    return module.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(server), **options)


def call(client: Any, name: str, **options: Any) -> Any:
    """Make the call of this name."""
    way, arguments = CALLS[name]
    group, method = way.split(".")
    return getattr(getattr(client, group), method)(**arguments, **options)


def page(*names: str, bookmark: str | None, **members: Any) -> httpx2.Response:
    return said(Items=[{"Name": each, "Description": None} for each in names], Bookmark=bookmark, **members)


def test_the_configuration_is_the_clients_and_a_calls_own_wins(ido: ModuleType) -> None:
    """Constructor, copy, call."""
    server = Server(page(bookmark=None))
    made = client(ido, server, mongoose_config="DALS", headers={"X-Trace": "1"})
    call(made, "load")
    call(made.with_options(mongoose_config="EMEA"), "load")
    call(made, "load", mongoose_config="APAC")
    call(made, "load")
    assert ["DALS", "EMEA", "APAC", "DALS"] == [each.headers[CONFIG] for each in server.requests]
    assert {"1"} == {each.headers["X-Trace"] for each in server.requests}
    with pytest.raises(ValueError, match="mongoose_config"):
        client(ido, server, mongoose_config=" ")


def test_the_async_client_has_it_too(ido: ModuleType) -> None:
    server = Server(page(bookmark=None))

    async def calls() -> None:
        transport = httpx2.MockTransport(server)
        async with ido.AsyncClient(
            auth=None, base_url=BASE, transport=transport, mongoose_config="DALS"
        ) as made:
            await call(made, "load")
            await call(made.with_options(mongoose_config="EMEA"), "load")

    asyncio.run(calls())
    assert ["DALS", "EMEA"] == [each.headers[CONFIG] for each in server.requests]


def test_a_walk_follows_the_bookmarks(ido: ModuleType) -> None:
    """Forward from the first page on, until the service says that no more rows exist."""
    server = Server(
        page("a", "b", bookmark="<B>1</B>", MoreRowsExist=True),
        page("c", bookmark="<B>2</B>", MoreRowsExist=False),
    )
    walk = client(ido, server).collections.load_collection.iterate("SLItems", record_cap=2)
    assert ["a", "b", "c"] == [each["Name"] for each in walk]
    first, second = server.queries
    assert {"recordCap": "2"} == first
    assert {"recordCap": "2", "loadType": "NEXT", "bookmark": "<B>1</B>"} == second


def test_an_empty_page_ends_a_walk(ido: ModuleType) -> None:
    """Older releases give a bookmark behind the last record, and no flag."""
    server = Server(page("a", bookmark="<B>1</B>"), page(bookmark="<B/>"), page("a", bookmark="<B>1</B>"))

    async def names() -> list[str]:
        transport = httpx2.MockTransport(server)
        async with ido.AsyncClient(auth=None, base_url=BASE, transport=transport) as made:
            return [each["Name"] async for each in made.collections.load_collection.iterate("SLItems")]

    assert ["a"] == asyncio.run(names())
    assert 2 == len(server.requests)


@pytest.mark.parametrize("name", list(CALLS))
def test_a_failure_of_status_200_raises(ido: ModuleType, name: str) -> None:
    """With its message, its code and the whole answer, from the plain call and from `response`."""
    server = Server(said(Success=False, Message="  The record is locked \r\n", MessageCode=1001))
    made = client(ido, server, mongoose_config="DALS")
    with pytest.raises(ido.IDOError) as caught:
        call(made, name)
    error = caught.value
    assert ("1001", "The record is locked", 200) == (error.code, error.message, error.status)
    assert json.loads(error.body)["Success"] is False
    assert isinstance(error, ido.BusinessError) and not isinstance(error, ido.MissingConfigurationError)
    copied = pickle.loads(pickle.dumps(error))
    assert (str(error), error.body) == (str(copied), copied.body)
    way, arguments = CALLS[name]
    group, method = way.split(".")
    with pytest.raises(ido.IDOError):
        made.response(getattr(getattr(made, group), method), **arguments)
    assert 2 == len(server.requests)


def test_a_failure_raises_from_a_walk_and_from_asyncio(ido: ModuleType) -> None:
    """Behind the records that came before."""
    server = Server(
        page("a", bookmark="<B>1</B>", MoreRowsExist=True), said(Success=False, Message="Time is up")
    )
    found: list[str] = []

    async def walk() -> None:
        transport = httpx2.MockTransport(server)
        async with ido.AsyncClient(auth=None, base_url=BASE, transport=transport) as made:
            async for each in made.collections.load_collection.iterate("SLItems"):
                found.append(each["Name"])

    with pytest.raises(ido.IDOError, match="Time is up"):
        asyncio.run(walk())
    assert ["a"] == found


def test_a_failure_without_a_message(ido: ModuleType) -> None:
    """Of a change it is one; of a read only where nothing came: Infor's own example of properties has both."""
    properties = said(Success=False, Properties=[{"Name": "Item"}])
    found = client(ido, Server(properties)).collections.get_property_info("SLItems")
    assert "Item" == found.properties[0].name
    for name in ("info", "update", "invoke"):
        with pytest.raises(ido.IDOError, match="the API reports a failure"):
            call(
                client(ido, Server(said(Success=False, Parameters=["1"] if name == "invoke" else None))), name
            )


def test_records_may_speak_of_success(ido: ModuleType) -> None:
    """What stands inside of records is data."""
    answer = said(Items=[{"Success": "no"}, {"Note": '"Success": false'}], Bookmark=None)
    answer = httpx2.Response(200, content=answer.content.replace(b'"no"', b"false"))
    found = client(ido, Server(answer)).collections.load_collection("SLLogs")
    assert 2 == len(found.items)


@pytest.mark.parametrize("name", ["download", "file"])
def test_a_download_that_failed_raises(ido: ModuleType, name: str) -> None:
    """It has no body, and says why in a header; an empty file says nothing."""
    refused = httpx2.Response(200, headers={"X-Message": " No such document "}, content=b"")
    made = client(ido, Server(refused), mongoose_config="DALS")
    with pytest.raises(ido.IDOError, match=r"^No such document$") as caught:
        call(made, name)
    assert b"" == caught.value.body
    way, arguments = CALLS[name]
    group, method = way.split(".")
    with (
        pytest.raises(ido.IDOError, match="No such document"),
        made.stream(getattr(getattr(made, group), method), **arguments),
    ):
        pytest.fail("there is nothing to stream")
    assert b"" == call(client(ido, Server(httpx2.Response(200))), name)
    noted = httpx2.Response(200, headers={"X-Message": "Cached"}, content=b"%PDF")
    assert b"%PDF" == call(client(ido, Server(noted)), name)


def test_a_missing_configuration_is_said_clearly(ido: ModuleType) -> None:
    """Whatever status it is refused with; what has another reason is only told of it."""
    said_so = said(Success=False, Message="Mongoose configuration not found")
    with pytest.raises(
        ido.MissingConfigurationError, match=r"not found\. The call named no Mongoose .* pass "
    ):
        call(client(ido, Server(said_so)), "load")
    refused = said(400, Success=False, Message="X-Infor-MongooseConfig is required")
    with pytest.raises(ido.MissingConfigurationError, match="is required") as caught:
        call(client(ido, Server(refused)), "load")
    assert isinstance(caught.value.__cause__, ido.BadRequestError)
    with pytest.raises(ido.BadRequestError) as caught:
        call(client(ido, Server(httpx2.Response(400))), "load")
    assert "mongoose_config=" in "".join(caught.value.__notes__)
    with pytest.raises(ido.IDOError) as caught:
        call(client(ido, Server(said_so), mongoose_config="NONE"), "load")
    assert not isinstance(caught.value, ido.MissingConfigurationError)


def test_an_error_status_is_a_status_error(ido: ModuleType) -> None:
    """With what the document says of it."""
    server = Server(said(400, Success=False, Message="No such IDO"))
    with pytest.raises(ido.BadRequestError) as caught:
        call(client(ido, server, mongoose_config="DALS"), "load")
    assert "No such IDO" == caught.value.error.message


def test_changes_hold_changes(ido: ModuleType) -> None:
    """A model that comes back to itself through four others goes out as it was put together."""
    models = ido.models
    inner = models.UpdateCollectionRequest(
        changes=[models.IdoUpdateItem(action=4, item_id="PBT=[SLCoitems]", update_locking=1)]
    )
    nested = models.NestedUpdate(
        ido_name="SLCoitems", link=models.NestedLink(work=models.NestedWork(request=inner))
    )
    item = models.IdoUpdateItem(
        action=1,
        properties=[models.UpdateProperty(name="CoNum", value=None, is_null=True)],
        nested_updates=[nested],
    )
    server = Server(said(RefreshItems=None))
    made = client(ido, server, mongoose_config="DALS")
    answer = made.collections.update_collection("SLCos", body=models.UpdateCollectionRequest(changes=[item]))
    assert answer.refresh_items is None
    change = {"Action": 4, "ItemId": "PBT=[SLCoitems]", "UpdateLocking": 1}
    link = {"Work": {"Request": {"Changes": [change]}}}
    assert {
        "Changes": [
            {
                "Action": 1,
                "Properties": [{"Name": "CoNum", "Value": None, "IsNull": True}],
                "NestedUpdates": [{"IDOName": "SLCoitems", "Link": link}],
            }
        ]
    } == json.loads(server.requests[0].content)


def test_the_document_can_be_taken_at_its_word(generate: Callable[..., ModuleType]) -> None:
    """`--dialect none`: a failure is an answer, and nothing is walked."""
    plain = generate((SPECS / "ido.json").read_text("utf-8"), "--dialect", "none")
    made = client(plain, Server(said(Success=False, Message="no")))
    assert call(made, "load").success is False
    assert not hasattr(made.collections.load_collection, "iterate")
    with pytest.raises(TypeError, match="mongoose_config"):
        client(plain, Server(said()), mongoose_config="DALS")


def test_several_documents_share_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generic one and those of single IDOs, each at its own address; failures raise from all."""
    sources = [str(SPECS / "ido.json")]
    for name in ("SLItems", "SLCustomers"):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document(IDOS[name], "/ACME_TST/CSI/IDORequestService/ido")), "utf-8")
        sources.append(str(path))
    arguments = ["generate", *sources, "--package", "several_idos", "--output", str(tmp_path)]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert 0 == done.exit_code, done.output
    monkeypatch.syspath_prepend(str(tmp_path))
    several = importlib.import_module("several_idos")
    server = Server(page("a", bookmark=None), page("b", bookmark=None), said(Success=False, Message="no"))
    gateway = "https://gateway.example/ACME_TST"
    transport = httpx2.MockTransport(server)
    made = several.Client(auth=None, base_url=gateway, transport=transport, mongoose_config="DALS")
    assert ["a"] == [each.name for each in made.slcustomers.get_customers.iterate()]
    assert ["b"] == [each["Name"] for each in made.ido_rest_service.collections.load_collection("X").items]
    with pytest.raises(several.IDOError):
        made.slitems.get_items()
    assert [
        "/dynamic/api-docs-collection/SLCustomers/GetCustomers",
        "/load/X",
        "/dynamic/api-docs-collection/SLItems/GetItems",
    ] == [each.url.path.removeprefix(urlsplit(BASE).path) for each in server.requests]
    assert {"DALS"} == {each.headers[CONFIG] for each in server.requests}


def test_lists_are_written_with_commas(ido: ModuleType) -> None:
    """Whatever place the document gives their format."""
    server = Server(page(bookmark=None))
    made = client(ido, server)
    made.collections.load_collection("SLItems", properties=["Item", "UM"], order_by=["Item DESC", "UM"])
    assert {"properties": "Item,UM", "orderBy": "Item DESC,UM"} == server.queries[0]


def test_operations_of_one_summary_are_two(ido: ModuleType) -> None:
    made = client(ido, Server(said(ItemId="1")), mongoose_config="DALS")
    assert made.documents.download_document.__doc__.startswith("Document object.")
    assert made.documents.upload_document.__doc__.startswith("Document object.")


@pytest.mark.parametrize("status", [200, 404, 500])
def test_the_password_in_a_path_is_shown_nowhere(
    ido: ModuleType, status: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even where the answer repeats the address."""
    caplog.set_level(logging.DEBUG)
    secret = "open sesame/1"
    path = "/ido/token/DALS/sa/open%20sesame%2F1"
    answer = said(status, Success=False, Message=f"{path}: no password {secret!r}")
    made = client(ido, Server(answer), mongoose_config="DALS", retry=ido.Retry(attempts=1))
    with pytest.raises(ido.IonApiError) as caught:
        made.token.get_security_token("DALS", "sa", secret)
    error = caught.value
    shown = [str(error), repr(error), str(error.args), str(vars(error)), caplog.text]
    shown += ["".join(traceback.format_exception_only(error))]
    assert not any(text in each for text in ("sesame", "open%20") for each in shown)
    credentials = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "ido.json"]) as box:
        credentials.write_text(box.ionapi_text(), "utf-8")
        credentials.chmod(0o600)
        with ido.Client.from_ionapi(credentials) as sandboxed:
            assert sandboxed.token.get_security_token("DALS", "sa", secret).token
        assert "sesame" not in f"{box.control.stats()}{list(box.control.journal)}{caplog.text}"


def called(module: ModuleType, path: Path, name: str) -> None:
    retry = module.Retry(pause=0.001)
    with module.Client.from_ionapi(path, retry=retry, mongoose_config="DALS") as made:
        call(made, name)


def awaited(module: ModuleType, path: Path, name: str) -> None:
    """The same from asyncio."""

    async def wait() -> None:
        retry = module.Retry(pause=0.001)
        async with module.AsyncClient.from_ionapi(path, retry=retry, mongoose_config="DALS") as made:
            await call(made, name)

    asyncio.run(wait())


@pytest.mark.parametrize("made", [called, awaited])
def test_no_write_is_executed_twice(
    ido: ModuleType, tmp_path: Path, made: Callable[[ModuleType, Path, str], None]
) -> None:
    """Where the gateway executes and then fails, reads are repeated and writes are not."""
    path = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "ido.json"]) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        for name in CALLS:
            box.control.reset()
            box.control.lost_answers.times = 1
            if name in READS:
                made(ido, path, name)
                assert [2] == list(box.control.executed.values()), name
            else:
                with pytest.raises(ido.StatusError):
                    made(ido, path, name)
                assert [1] == list(box.control.executed.values()), name


def test_a_session_with_the_sandbox(ido: ModuleType, tmp_path: Path) -> None:
    """Bookmarks both ways, failures on demand, a missing configuration, throttling."""
    path = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "ido.json"]) as box:
        path.write_text(box.ionapi_text(), "utf-8")
        path.chmod(0o600)
        retry = ido.Retry(pause=0.001)
        with ido.Client.from_ionapi(path, mongoose_config="DALS", retry=retry) as made:
            load = made.collections.load_collection
            items = list(load.iterate("SLItems", properties=["Item", "_ItemId"], record_cap=10))
            assert (25, ["Item", "_ItemId"], "Item 25") == (len(items), list(items[0]), items[-1]["Item"])
            second = load(
                "SLItems", record_cap=10, load_type="NEXT", bookmark=load("SLItems", record_cap=10).bookmark
            )
            back = load("SLItems", record_cap=10, load_type="PREV", bookmark=second.bookmark)
            assert ("Item 11", "Item 1") == (second.items[0]["Item"], back.items[0]["Item"])
            assert "Item 25" == load("SLItems", record_cap=3, load_type="LAST").items[-1]["Item"]
            assert ["1", None] == call(made, "invoke").parameters
            box.control.refusals.times = 2
            with pytest.raises(ido.IDOError, match="refuses"):
                call(made, "update")
            with pytest.raises(ido.IDOError, match="refuses"):
                call(made, "download")
            box.control.throttle.per_second = 1
            impatient = made.with_options(retry=ido.Retry(attempts=1))
            with pytest.raises(ido.RateLimitedError):
                assert [call(impatient, "load") for _ in range(9)]
            box.control.reset()
            with pytest.raises(ido.IDOError, match="no load type"):
                load("SLItems", load_type="SIDEWAYS")
        with ido.Client.from_ionapi(path) as nowhere, pytest.raises(ido.MissingConfigurationError):
            call(nowhere, "load")
