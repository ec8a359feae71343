"""Sends a date where any text is taken, as text now."""

from __future__ import annotations

import datetime as dt

from client import Client


def call(client: Client) -> None:
    client.example.shop.list_items(filter=dt.date(2026, 11, 24))
