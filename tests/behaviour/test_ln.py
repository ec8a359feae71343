"""What callers of LN get: a company for all calls, changes under a condition, lists followed, LN's own words."""

from __future__ import annotations

import asyncio
import copy
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest

from ionapi_codegen.sandbox.server import Sandbox

SPECS = Path(__file__).parents[2] / "specs"
BASE = "https://gateway.example/ACME_TST/LN/lnapi/odata/tdapi.slsSalesOrder"
COMPANY = "X-Infor-LnCompany"
REFUSAL = {
    "error": {
        "code": "tdsls4001.23",
        "message": "  The order is closed  ",
        "target": "OrderStatus",
        "details": [
            {"code": "tdsls1", "message": "No line is open", "target": "Lines"},
            {"message": "Ask the planner"},
        ],
    }
}


@pytest.fixture(scope="module")
def ln(generate: Callable[..., ModuleType]) -> ModuleType:
    return generate((SPECS / "salesorders.yaml").read_text("utf-8"))


class Server:
    """Answers with what it is given, one after the other and the last for ever, and keeps what was asked."""

    def __init__(self, *answers: httpx2.Response) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx2.Response(found.status_code, headers=found.headers, content=found.content)


def client(module: ModuleType, server: Server, **options: Any) -> Any:
    return module.Client(auth=None, base_url=BASE, transport=httpx2.MockTransport(server), **options)


def page(*numbers: str, link: str | None = None) -> httpx2.Response:
    answer: dict[str, object] = {"value": [{"OrderNumber": each} for each in numbers]}
    return httpx2.Response(200, json=answer if link is None else {**answer, "@odata.nextLink": link})


def test_the_company_is_the_clients_and_a_calls_own_wins(ln: ModuleType) -> None:
    """Constructor, copy, call; a number is as good as a text."""
    server = Server(page())
    made = client(ln, server, ln_company=1000, ln_identity="jdoe", content_language="de-DE")
    made.orders.list_orders()
    made.with_options(ln_company="2200", ln_identity="other").orders.list_orders()
    made.orders.list_orders(ln_company="3300", content_language="en-US")
    made.orders.list_orders()
    assert ["1000", "2200", "3300", "1000"] == [each.headers[COMPANY] for each in server.requests]
    assert ["jdoe", "other", "jdoe", "jdoe"] == [
        each.headers["X-Infor-LnIdentity"] for each in server.requests
    ]
    assert ["de-DE", "de-DE", "en-US", "de-DE"] == [
        each.headers["Content-Language"] for each in server.requests
    ]
    with pytest.raises(ValueError, match="ln_company: a blank says nothing"):
        client(ln, server, ln_company=" ")
    with pytest.raises(ValueError, match="control character"):
        client(ln, server, ln_company="1\r\nX: y")


def test_the_async_client_has_it_too(ln: ModuleType) -> None:
    server = Server(page())

    async def calls() -> None:
        transport = httpx2.MockTransport(server)
        async with ln.AsyncClient(auth=None, base_url=BASE, transport=transport, ln_company=1000) as made:
            await made.orders.list_orders()
            await made.with_options(ln_company=2200).orders.list_orders()

    asyncio.run(calls())
    assert ["1000", "2200"] == [each.headers[COMPANY] for each in server.requests]


@pytest.mark.parametrize(
    "link",
    [
        f"{BASE}/Orders?$skiptoken=2",
        f"{BASE.replace('https', 'http')}/Orders?$skiptoken=2",
        "/odata/tdapi.slsSalesOrder/Orders?$skiptoken=2",
        "Orders?$skiptoken=2",
    ],
)
def test_a_walk_follows_the_links(ln: ModuleType, link: str) -> None:
    """To the gateway, however LN writes them, with the headers of the call."""
    server = Server(page("1", "2", link=link), page("3"))
    walk = client(ln, server, ln_company=1000).orders.list_orders.iterate(content_language="de-DE")
    assert ["1", "2", "3"] == [each.order_number for each in walk]
    assert [f"{BASE}/Orders", f"{BASE}/Orders?$skiptoken=2"] == [
        str(each.url).replace("%24", "$") for each in server.requests
    ]
    assert {("1000", "de-DE")} == {
        (each.headers[COMPANY], each.headers["Content-Language"]) for each in server.requests
    }


def test_a_link_to_another_server_is_not_followed(ln: ModuleType) -> None:
    server = Server(page("1", link="https://ln.internal.example/odata/Orders?$skiptoken=1"))
    with pytest.raises(ln.DecodeError, match="another server"):
        list(client(ln, server).orders.list_orders.iterate())
    assert 1 == len(server.requests)


def test_a_change_sends_the_etag(ln: ModuleType) -> None:
    server = Server(httpx2.Response(204))
    made = client(ln, server)
    made.orders.change_order("1", body={"OrderStatus": "Closed"}, if_match='W/"1"')
    made.orders.delete_order("1", if_match="*")
    made.orders.delete_order("1")
    assert ['W/"1"', "*", None] == [each.headers.get("If-Match") for each in server.requests]


def test_quotes_in_a_key_are_doubled(ln: ModuleType) -> None:
    """As OData wants them: a text cannot leave its quotes."""
    server = Server(httpx2.Response(200, json={}))
    client(ln, server).orders.get_order("O'Brien')/Lines('1")
    path = server.requests[0].url.raw_path.decode()
    assert "Orders('O%27%27Brien%27%27%29%2FLines%28%27%271')" == path.rpartition("/")[2]


STATUSES = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFoundError",
    409: "ConflictError",
    412: "PreconditionFailedError",
    418: "StatusError",
    422: "UnprocessableEntityError",
    428: "PreconditionRequiredError",
    429: "RateLimitedError",
    500: "ServerError",
}


@pytest.mark.parametrize("status", list(STATUSES))
def test_lns_words_are_typed(ln: ModuleType, status: int) -> None:
    """Code, message, target and details, on an error that is one of its status, too."""
    server = Server(httpx2.Response(status, json=REFUSAL))
    with pytest.raises(ln.LNError) as caught:
        client(ln, server, retry=ln.Retry(attempts=1)).orders.change_order("1", body={})
    error = caught.value
    assert isinstance(error, getattr(ln, STATUSES[status]))
    assert (status, "tdsls4001.23", "The order is closed", "OrderStatus") == (
        error.status,
        error.code,
        error.message,
        error.target,
    )
    assert (
        ln.LNErrorDetail("tdsls1", "No line is open", "Lines"),
        ln.LNErrorDetail(None, "Ask the planner", None),
    ) == error.details
    assert "The order is closed; No line is open; Ask the planner" in str(error)
    assert "tdsls4001.23" == error.error.error.code
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(error), str(error), error.details) == (type(other), str(other), other.details)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"error": {"message": {"lang": "en", "value": "No"}}}, (None, "No", ())),
        ({"error": {"code": 12, "message": None, "details": "none"}}, ("12", "", ())),
        ({"error": {"code": True, "details": [1, {"message": "a"}]}}, (None, "", ("a",))),
    ],
)
def test_words_of_another_form_do_no_harm(
    ln: ModuleType, answer: object, expected: tuple[str | None, str, tuple[str, ...]]
) -> None:
    server = Server(httpx2.Response(400, json=answer))
    with pytest.raises(ln.LNError) as caught:
        client(ln, server).orders.get_order("1")
    error = caught.value
    assert expected == (error.code, error.message, tuple(each.message for each in error.details))
    assert "400" in str(error)


@pytest.mark.parametrize("content", [b"<html>", b'{"error": "Bad Request"}', b"[]", b""])
def test_what_the_gateway_says_is_not_lns(ln: ModuleType, content: bytes) -> None:
    server = Server(httpx2.Response(400, content=content))
    with pytest.raises(ln.BadRequestError) as caught:
        client(ln, server).orders.get_order("1")
    assert not isinstance(caught.value, ln.LNError)


def test_errors_come_from_walks_and_from_asyncio(ln: ModuleType) -> None:
    server = Server(page("1", link="Orders?$skiptoken=1"), httpx2.Response(412, json=REFUSAL))

    async def walk() -> None:
        transport = httpx2.MockTransport(server)
        async with ln.AsyncClient(auth=None, base_url=BASE, transport=transport) as made:
            async for _ in made.orders.list_orders.iterate():
                pass

    with pytest.raises(ln.LNError, match="The order is closed"):
        asyncio.run(walk())


@pytest.fixture
def box(tmp_path: Path) -> Iterator[tuple[Sandbox, Path]]:
    path = tmp_path / "demo.ionapi"
    with Sandbox([SPECS / "salesorders.yaml"]) as sandbox:
        path.write_text(sandbox.ionapi_text(), "utf-8")
        path.chmod(0o600)
        yield sandbox, path


def test_a_session_with_the_sandbox(ln: ModuleType, box: tuple[Sandbox, Path]) -> None:
    """Companies with entities of their own, pages, ETags, refusals on demand."""
    sandbox, path = box
    with ln.Client.from_ionapi(path, ln_company=2200) as made:
        orders = made.orders
        numbers = [each.order_number for each in orders.list_orders.iterate()]
        assert (25, "220000001") == (len(numbers), numbers[0])
        assert numbers[:12] == [each.order_number for each in orders.list_orders.iterate(top=12)]
        assert numbers[20:] == [each.order_number for each in orders.list_orders.iterate(skip=20)]
        assert {"$skiptoken": "10"} == dict(parse_qsl(sandbox.control.journal[1].query))
        other = made.with_options(ln_company=1000).orders.list_orders(select="OrderNumber").value[0]
        assert ("100000001", None) == (other.order_number, other.order_date or None)
        order = orders.get_order("220000001")
        with pytest.raises(ln.PreconditionRequiredError):
            orders.change_order("220000001", body={"OrderStatus": "Closed"})
        orders.change_order("220000001", body={"OrderStatus": "Closed"}, if_match=order.odata_etag)
        assert "Closed" == orders.get_order("220000001").order_status
        with pytest.raises(ln.PreconditionFailedError) as caught:
            orders.delete_order("220000001", if_match=order.odata_etag)
        assert "Somebody else" in caught.value.message
        orders.delete_order("220000001", if_match="*")
        with pytest.raises(ln.LNError, match="does not exist in company 2200"):
            orders.get_order("220000001")
        entered = orders.create_order(body={"OrderNumber": "O'Brien", "OrderStatus": "Free"})
        assert entered.odata_etag and "Free" == orders.get_order("O'Brien").order_status
        with pytest.raises(ln.ConflictError):
            orders.create_order(body={"OrderNumber": "O'Brien"})
        sandbox.control.refusals.times = 1
        with pytest.raises(ln.LNError, match="refuses") as refused:
            orders.list_orders()
        assert "SBX0001" == refused.value.details[0].code
        with pytest.raises(ln.BadRequestError, match="The company x does not exist"):
            orders.list_orders(ln_company="x")


def test_no_change_is_made_twice(ln: ModuleType, box: tuple[Sandbox, Path]) -> None:
    """Where the gateway executes and then fails, reads are repeated and changes are not."""
    sandbox, path = box
    calls: dict[str, Callable[[Any], object]] = {
        "list": lambda orders: orders.list_orders(),
        "get": lambda orders: orders.get_order("100000001"),
        "create": lambda orders: orders.create_order(body={"OrderNumber": "X"}),
        "change": lambda orders: orders.change_order("100000002", body={}, if_match="*"),
        "delete": lambda orders: orders.delete_order("100000003", if_match="*"),
    }
    with ln.Client.from_ionapi(path, retry=ln.Retry(pause=0.001)) as made:
        for name, call in calls.items():
            sandbox.control.reset()
            sandbox.control.lost_answers.times = 1
            if name in ("list", "get"):
                call(made.orders)
                assert [2] == list(sandbox.control.executed.values()), name
            else:
                with pytest.raises(ln.ServerError):
                    call(made.orders)
                assert [1] == list(sandbox.control.executed.values()), name


def test_the_document_can_be_taken_at_its_word(generate: Callable[..., ModuleType]) -> None:
    """`--dialect none`: the company is an argument of each call, which demands it."""
    plain = generate((SPECS / "salesorders.yaml").read_text("utf-8"), "--dialect", "none")
    made = client(plain, Server(page()))
    with pytest.raises(TypeError, match="ln_company"):
        made.orders.list_orders()
    with pytest.raises(TypeError, match="ln_company"):
        client(plain, Server(page()), ln_company=1000)
    assert not hasattr(plain, "LNError")


def test_a_client_of_another_product_has_nothing_of_ln(ln: ModuleType) -> None:
    """Modules of the runtime go where they are needed."""
    folder = Path(str(ln.__file__)).parent / "_runtime"
    names = {each.name for each in folder.glob("*.py")}
    assert {"ln_client.py", "ln_errors.py", "infor_client.py"} <= names
    assert not any(name.startswith(("ido_", "compass_")) for name in names)
