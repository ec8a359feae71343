"""The name in Python is the same, the one on the wire is not."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(page_size=2)
