"""The name in Python is the same, the one on the wire is not."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    str(order.unit_price + 1)
