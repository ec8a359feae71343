"""Does not know what the server now insists on."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items()
