"""Reads a number, and may get any text."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    answer = client.response(client.example.shop.list_items)
    str(int(answer.headers["X-Total"]))
