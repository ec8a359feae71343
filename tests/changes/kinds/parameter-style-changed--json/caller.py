"""Writes a text as it is, where JSON is read."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(word="some")
