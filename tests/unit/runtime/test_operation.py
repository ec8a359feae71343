"""Declared methods: what they look like, and how arguments are bound."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from ionapi_runtime import Declared, Operation

from tests_support.shop import AsyncClient, Client, Items, Server


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def client(server: Server) -> Client:
    return Client(auth=None, transport=server.transport)


def test_methods_look_as_they_were_declared(client: Client) -> None:
    """Signature without `self`, docstring, names: for `help`, editors and debuggers."""
    method = client.items.get_item
    expected = "(item_id: 'str', *, language: 'str | None' = None, trace: 'str | None' = None) -> 'Item'"
    assert expected == str(inspect.signature(method))
    assert "GET /items/{itemId}" in (inspect.getdoc(method) or "")
    assert ("get_item", "Items.get_item") == (method.__name__, method.__qualname__)
    assert not inspect.iscoroutinefunction(method)


def test_async_methods_are_coroutine_functions() -> None:
    """`inspect` tells the two clients apart."""
    client = AsyncClient(auth=None)
    assert inspect.iscoroutinefunction(client.items.get_item)
    assert inspect.signature(Client(auth=None).items.get_item) == inspect.signature(client.items.get_item)


def test_the_class_holds_the_operation() -> None:
    """For tools: method, path, and whether it may be repeated."""
    operation = Items.get_item
    assert isinstance(operation, Operation)
    assert ("GET", "/items/{itemId}", True) == (operation.method, operation.path, operation.read)
    assert not Items.create_item.read
    assert Items.search.read
    assert "<operation GET /items/{itemId}>" == repr(operation)


def test_path_arguments_may_be_positional(client: Client, server: Server) -> None:
    """Everything else has a name."""
    for call in (
        lambda: client.items.delete_item("a b"),
        lambda: client.items.delete_item(item_id="a b"),
    ):
        call()
        assert "/v1/items/a%20b" == server.target


def test_arguments_that_are_left_out_are_not_sent(client: Client, server: Server) -> None:
    """None is "left out" in queries and headers."""
    client.items.get_item("1", language=None)
    assert "/v1/items/1" == server.target
    assert "x-trace" not in server.headers


def test_a_constant_default_is_sent(client: Client, server: Server) -> None:
    """What the document fixes need not be said."""
    client.items.versioned()
    assert "/v1/versioned?version=7" == server.target
    client.items.versioned(version="8")
    assert "/v1/versioned?version=8" == server.target


@pytest.mark.parametrize(
    ("arguments", "named", "message"),
    [
        ((), {}, r"Items\.get_item\(\) missing 1 required positional argument: 'item_id'"),
        (("1", "2"), {}, r"Items\.get_item\(\) takes 2 positional arguments but 3 were given"),
        (("1",), {"item_id": "2"}, r"got multiple values for argument 'item_id'"),
        (("1",), {"nonsense": 1}, r"got an unexpected keyword argument 'nonsense'"),
        (("1",), {"self": 1}, r"argument 'self'"),
    ],
)
def test_wrong_arguments_raise_python_s_own_error(
    client: Client, server: Server, arguments: tuple[str, ...], named: dict[str, object], message: str
) -> None:
    """Word for word, and nothing is sent; the declared body is never reached."""
    call: object = client.items.get_item
    assert callable(call)
    with pytest.raises(TypeError, match=message):
        call(*arguments, **named)
    assert [] == server.requests
    assert issubclass(Declared, NotImplementedError)


@pytest.mark.parametrize("method", [print, lambda: None, Client.close, None])
def test_only_methods_of_a_client_have_a_response(client: Client, method: Any) -> None:
    """Anything else is a TypeError that shows what is expected."""
    with pytest.raises(TypeError, match=r"such as client\.items\.get_item"):
        client.response(method)


def test_response_tells_the_clients_apart(client: Client) -> None:
    """A method of the other kind of client is refused."""
    with pytest.raises(TypeError, match="of a Client, not of an AsyncClient"):
        client.response(AsyncClient(auth=None).items.get_item, "1")
