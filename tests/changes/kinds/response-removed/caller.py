"""Deals with both."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    order = client.example.shop.get_order()
    if isinstance(order, models.Order):
        order.id.upper()
