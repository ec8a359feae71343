"""Reads the first page."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    str(client.example.shop.list_items().items)
