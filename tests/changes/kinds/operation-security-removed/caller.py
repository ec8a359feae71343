"""Brings credentials that nobody asks for."""

from __future__ import annotations

from client import ApiKey, Client

AUTH = {"key": ApiKey("secret", header="X-Key")}


def call(client: Client) -> None:
    client.example.shop.list_items()
