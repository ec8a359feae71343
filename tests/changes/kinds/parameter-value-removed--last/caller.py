"""A list of one value is closed: another does not type-check."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    wanted: str = "b"
    client.example.shop.list_items(filter=wanted)
