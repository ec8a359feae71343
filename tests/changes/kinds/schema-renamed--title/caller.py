"""Names a member of a union by its old title."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.pay(body=models.PaymentCard(number="1"))
