"""Lists are invariant to type checkers: one of texts is none of texts and nulls."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    note = ["a"]
    client.example.shop.place_order(body=models.Order(id="1", note=note))
