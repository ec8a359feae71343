"""Reads it under its old name, if it is there."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    if order.note:
        order.note.upper()
