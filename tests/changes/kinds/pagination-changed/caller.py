"""Goes through the pages."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    for item in client.example.shop.list_items.iterate():
        item.upper()
        break
