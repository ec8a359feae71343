"""Sends more characters than are taken now."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(filter="12345678")
