"""Sends as many characters as before."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.place_order(body=models.Order(note="12345"))
