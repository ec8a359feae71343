"""Sends nothing where something is expected now."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.place_order()
