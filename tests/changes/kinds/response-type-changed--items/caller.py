"""Gets other items."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    for order in client.example.shop.get_order():
        order.id.upper()
