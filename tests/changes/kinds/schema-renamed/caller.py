"""Names the model."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    order: models.Order = client.example.shop.get_order()
    order.id.upper()
