"""A list of one value is closed: another does not type-check."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    note: str = "b"
    client.example.shop.place_order(body=models.Order(id="1", note=note))
