"""Calls as before; what knows the product better than its document has been asked now."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    for item in client.example.shop.search_items(body={"colour": "red"}):
        item.upper()
