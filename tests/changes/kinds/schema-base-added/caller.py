"""A dog was none before."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    str(client.example.shop.get_dog().name)
