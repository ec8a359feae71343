"""The life of a token, against the sandbox over a real socket."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ionapi_codegen.sandbox.server import Sandbox

ORDERS = Path(__file__).parents[2] / "specs" / "orders.yaml"


@pytest.fixture(scope="module")
def orders(generate: Any) -> Any:
    return generate(ORDERS.read_text("utf-8"))


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox([ORDERS]) as running:
        yield running


def arguments(package: Any, box: Sandbox, text: str | None = None) -> dict[str, object]:
    ((_, base),) = box.mounted()
    credentials = package.Credentials.from_text(text or box.ionapi_text())
    return {"credentials": credentials, "base_url": box.url + base}


def test_a_token_is_obtained_once_and_revoked_at_the_end(orders: Any, box: Sandbox) -> None:
    """The first call asks for it, later ones share it, leaving the block revokes it."""
    with orders.Client(**arguments(orders, box)) as client:
        assert {} == dict(box.control.token_requests)
        client.get_status()
        client.customers.list_customers()
        token = client.auth.token()
        assert {"password": 1} == dict(box.control.token_requests)
    assert box.control.revocations > 0
    assert not box.book.is_good(token.authorization.partition(" ")[2])


def test_a_refused_token_is_replaced_and_the_call_repeated(orders: Any, box: Sandbox) -> None:
    """The caller sees the answer, not the 401."""
    with orders.Client(**arguments(orders, box)) as client:
        client.get_status()
        box.book.end_access_tokens()
        assert client.get_status().to_dict()
        assert {"password": 1, "refresh_token": 1} == dict(box.control.token_requests)


def test_a_refused_refresh_falls_back_to_the_service_account(orders: Any, box: Sandbox) -> None:
    """Once."""
    with orders.Client(**arguments(orders, box)) as client:
        client.get_status()
        box.book.end_refresh_tokens()
        box.book.end_access_tokens()
        assert client.get_status().to_dict()
        assert {"password": 2, "refresh_token": 1} == dict(box.control.token_requests)


def test_a_wrong_secret_is_tried_once_and_shown_nowhere(orders: Any, box: Sandbox) -> None:
    """Five hundred calls with it would lock the service account."""
    secret = box.credentials.account_secret
    text = box.ionapi_text().replace(secret, "wrong-secret-of-the-test")
    with orders.Client(**arguments(orders, box, text)) as client:
        for _ in range(50):
            with pytest.raises(orders.AuthenticationError) as caught:
                client.get_status()
        error = caught.value
        assert None is error.__cause__ is error.__context__
        assert error.__traceback__ is not None
        below = traceback.walk_tb(error.__traceback__.tb_next)  # this test's own frame knows the secret
        shown = traceback.StackSummary.extract(below, capture_locals=True).format()
        assert "wrong-secret-of-the-test" not in "".join(
            [*shown, repr(error), repr(client), repr(client.auth)]
        )
    assert {"password": 1} == dict(box.control.token_requests)


def test_without_a_service_account_the_client_s_own_credentials_are_used(orders: Any, box: Sandbox) -> None:
    """The grant follows from the file."""
    text = box.ionapi_text(service_account=False)
    with orders.Client(**arguments(orders, box, text)) as client:
        client.get_status()
    assert {"client_credentials": 1} == dict(box.control.token_requests)
