"""What is read as a text is the text of the number, too."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.get_order().upper()
