"""Sends a date where any text is taken, as text now."""

from __future__ import annotations

import datetime as dt

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.place_order(body=models.Order(id="1", note=dt.date(2026, 11, 24)))
