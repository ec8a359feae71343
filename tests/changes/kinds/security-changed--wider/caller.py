"""Brings what is taken as before."""

from __future__ import annotations

from client import ApiKey, Client

AUTH = {"key": ApiKey("secret", header="X-Key")}


def call(client: Client) -> None:
    client.example.shop.list_items()
