"""Enumerations are open: a new value is a text like the others."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    order.note.upper()
