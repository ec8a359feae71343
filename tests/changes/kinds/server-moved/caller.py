"""Calls the old address of a server that is not the first."""

from __future__ import annotations

from client import Client
from client.example_servers import test

BASE_URL = test()


def call(client: Client) -> None:
    client.example.shop.list_items()
