"""Reads the items of the second method as numbers."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    for item in client.example.shop.list_items_stream():
        item.bit_length()
