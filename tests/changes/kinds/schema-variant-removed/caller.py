"""Sends a kind that is gone."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.add_pet(body=models.Cat(kind="cat", name="a"))
