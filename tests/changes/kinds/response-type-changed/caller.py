"""Gets a text in place of a number."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    str(client.example.shop.get_order() + 1)
