"""Gets it always."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    answer = client.response(client.example.shop.list_items)
    str(answer.headers.get("X-Total"))
