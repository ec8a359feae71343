"""Calls with the old method."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.find_items()
