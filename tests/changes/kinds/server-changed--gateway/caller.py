"""Calls the address before it went behind the gateway."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items()
