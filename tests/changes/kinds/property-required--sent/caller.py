"""Leaves out what was optional."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.place_order(body=models.Order(id="1"))
