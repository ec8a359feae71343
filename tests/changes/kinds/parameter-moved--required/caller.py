"""Sends it in the query, while the server insists on the header."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(tenant="a")
