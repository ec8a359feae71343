"""Reads further properties as texts."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    for text in order.extra.values():
        text.upper()
