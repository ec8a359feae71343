"""Deals with the types that there were."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    if isinstance(order.note, str):
        order.note.upper()
    else:
        str(order.note + 1)
