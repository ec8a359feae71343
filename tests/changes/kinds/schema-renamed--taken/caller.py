"""Names what is written out in a property; a component has taken the name."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.add_pet(body=models.Order(line=models.OrderLine(note="a")))
