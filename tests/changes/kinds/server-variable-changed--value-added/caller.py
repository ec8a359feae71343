"""Calls an address that is still there."""

from __future__ import annotations

from client import Client
from client.example_servers import production

BASE_URL = production(region="us")


def call(client: Client) -> None:
    client.example.shop.list_items()
