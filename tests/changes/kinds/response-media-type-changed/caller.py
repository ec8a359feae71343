"""Gets a text in place of a model."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    order.id.upper()
