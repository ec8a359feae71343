"""Reads the answer as a stream."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    events = list(client.example.shop.get_order_stream())
    str(events[0].data)
