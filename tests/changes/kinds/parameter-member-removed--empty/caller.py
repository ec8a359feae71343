"""Sends the parameter with nothing in it."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(page="")
