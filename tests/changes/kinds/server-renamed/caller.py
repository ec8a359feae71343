"""Uses the old name."""

from __future__ import annotations

from client import Client
from client.example_servers import live

BASE_URL = live()


def call(client: Client) -> None:
    client.example.shop.list_items()
