"""Names a variable of the path, which has another name now."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    client.example.shop.get_item(id="a")
