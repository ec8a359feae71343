"""One of the types comes no longer."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    if isinstance(order.note, list):
        order.note.sort()
