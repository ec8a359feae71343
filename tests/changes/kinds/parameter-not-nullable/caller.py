"""Passes what may be null."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    wanted: str | None = "a"
    client.example.shop.list_items(filter=wanted)
