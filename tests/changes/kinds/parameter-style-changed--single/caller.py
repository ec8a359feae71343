"""Writes a single value as the server does not read it."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(1)
