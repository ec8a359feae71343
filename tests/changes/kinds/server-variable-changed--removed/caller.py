"""Gives what the address no longer has."""

from __future__ import annotations

from client import Client
from client.example_servers import test

BASE_URL = test(region="us")


def call(client: Client) -> None:
    client.example.shop.list_items()
