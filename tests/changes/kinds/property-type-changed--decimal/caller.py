"""The old client reads the text; the new one would make a Decimal of it."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    order.note.upper()
