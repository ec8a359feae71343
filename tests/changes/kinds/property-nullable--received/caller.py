"""Gets null where there was always a text."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    order.note.upper()
