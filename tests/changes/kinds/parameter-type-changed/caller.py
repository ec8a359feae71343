"""Sends one where several are expected now, which are written alike in a query."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(filter=2)
