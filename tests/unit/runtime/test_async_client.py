"""The client that is awaited: the same calls, and what only tasks can do."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine, Generator
from typing import Any, TypeVar

import httpx2
import pytest
from ionapi_runtime import File, NotFoundError, Retry, Settings, TransportError, UnauthorizedError

from tests_support.gateway import Gateway, credentials
from tests_support.recorder import Recorder
from tests_support.shop import AsyncClient, Client, Item, Problem, Server, answer

T = TypeVar("T")


class Behind(AsyncClient):
    """The shop behind the gateway."""

    settings = Settings(title="Shop", user_agent="shop/1", gateway_path="shop/v1")


def run(call: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(call)


def test_calls() -> None:
    """Values, whole responses, typed errors."""

    async def session() -> None:
        server = Server(answer({"itemId": 1}), answer({"itemId": 2}, 201), answer({"title": "gone"}, 404))
        async with AsyncClient(auth=None, transport=server.transport, headers={"X-A": "1"}) as client:
            assert Item(item_id=1) == await client.items.get_item("1", language="en")
            assert ("/v1/items/1?language=en", "1") == (server.target, server.headers["x-a"])
            response = await client.response(client.items.create_item, body={"itemId": 2})
            assert (201, Item(item_id=2)) == (response.status, response.value)
            with pytest.raises(NotFoundError) as caught:
                await client.items.get_item("1")
            assert isinstance(caught.value.error, Problem)

    run(session())


def test_the_life_of_the_token() -> None:
    """One request for many tasks, one repetition after a refusal, revoked at the end."""

    async def session() -> Gateway:
        gateway = Gateway()
        async with Behind(credentials=credentials(), transport=gateway.transport) as client:
            await asyncio.gather(*[client.get_status() for _ in range(50)])
            assert 1 == gateway.tokens
            gateway.expire()
            await asyncio.gather(*[client.get_status() for _ in range(50)])
            assert 2 == gateway.tokens
            assert "Bearer secret-token-2" == (await client.auth.token()).authorization
            copy = client.with_options(timeout=1)
            await copy.aclose()
            await copy.get_status()
        return gateway

    gateway = run(session())
    assert (101, "https://gateway.example/ACME_TST/shop/v1/status") == (
        len(gateway.calls),
        str(gateway.calls[0].url),
    )
    assert gateway.revoked >= 1


def test_repetition() -> None:
    """Reads and what never arrived, as in the other client."""

    async def session() -> tuple[int, int]:
        server = Server(httpx2.ReadError("reset"), answer(status=503), answer({"itemId": 1}))
        client = AsyncClient(auth=None, transport=server.transport, retry=Retry(pause=0.0))
        await client.items.get_item("1")
        writing = Server(httpx2.ReadError("reset"))
        client = AsyncClient(auth=None, transport=writing.transport, retry=Retry(pause=0.0))
        with pytest.raises(TransportError, match="POST /items"):
            await client.items.create_item(body={"itemId": 1})
        return len(server.requests), len(writing.requests)

    assert (3, 1) == run(session())


def test_asynchronous_bodies() -> None:
    """Sent as they come; by the other client not at all."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    async def items() -> AsyncIterator[object]:
        yield Item(item_id=1)
        yield {"itemId": 2}

    async def broken() -> AsyncIterator[bytes]:
        yield b"a"
        raise LookupError("mine")

    async def session() -> Server:
        server = Server()
        client = AsyncClient(auth=None, transport=server.transport)
        await client.items.upload(body=pieces())
        await client.items.upload(body=File(pieces(), content_type="image/png"))
        await client.items.send_lines(body=items())
        await client.items.upload(body=iter([b"c"]))
        with pytest.raises(LookupError, match="mine") as caught:
            await client.items.upload(body=broken())
        assert not [entry for entry in caught.traceback if "httpx2" in str(entry.path)]
        return server

    server = run(session())
    assert [b"ab", b"ab", b'{"itemId":1}\n{"itemId":2}\n', b"c"] == server.bodies
    with pytest.raises(TypeError, match="AsyncClient only"):
        Client(auth=None, transport=Server().transport).items.upload(body=pieces())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_several_event_loops(recorder: Recorder) -> None:
    """One after the other: a connection belongs to the loop that made it."""

    async def call(client: AsyncClient) -> None:
        await client.items.delete_item("1")
        await client.items.delete_item("2")

    def calls() -> None:
        client = AsyncClient(auth=None, base_url=recorder.url)
        for _ in range(3):
            run(call(client))

    calls()
    assert 6 == len(recorder.requests)
    # Loops that end before the client is closed leave their sockets to the collector, which complains.
    gc.collect()


def test_a_cancelled_call_leaves_the_client_usable(recorder: Recorder) -> None:
    """The connection is not given back half used."""

    async def session() -> None:
        async with AsyncClient(auth=None, base_url=recorder.url) as client:
            call = asyncio.create_task(client.items.delete_item("1"))
            await asyncio.sleep(0)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await client.items.delete_item("2")
        with pytest.raises(RuntimeError, match="closed"):
            await client.items.delete_item("3")

    run(session())
    assert "/items/2" == recorder.last.target


def test_the_library_s_authentication() -> None:
    """Anything that the HTTP library knows, with its own repetition."""

    class Twice(httpx2.Auth):
        def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
            response = yield request
            if response.status_code == 401:
                request.headers["X-Second"] = "1"
                yield request

    async def session() -> Server:
        server = Server(httpx2.Response(401), answer({}))
        await AsyncClient(auth=Twice(), transport=server.transport).get_status()
        return server

    server = run(session())
    assert (2, "1") == (len(server.requests), server.headers["x-second"])
    again = Server(httpx2.Response(401), httpx2.Response(401))
    with pytest.raises(UnauthorizedError):
        Client(auth=Twice(), transport=again.transport).get_status()
    assert 2 == len(again.requests)


def test_wrong_arguments_raise_when_awaited() -> None:
    """Python's own error, as for any coroutine function; methods of the other client are refused."""

    async def session() -> None:
        client: Any = AsyncClient(auth=None)
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'item_id'"):
            await client.items.get_item()
        with pytest.raises(TypeError, match="of an AsyncClient, not of a Client"):
            await client.response(Client(auth=None).items.get_item, "1")
        with pytest.raises(RuntimeError, match="auth="):
            _ = client.auth

    run(session())
