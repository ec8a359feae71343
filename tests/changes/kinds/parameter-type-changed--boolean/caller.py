"""Sends a number where yes or no is expected now."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(filter=2)
