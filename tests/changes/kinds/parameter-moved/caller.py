"""Sends it in the query, where the server does not look for it."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(tenant="a")
