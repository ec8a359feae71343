"""Sends a dog of no known kind."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    client.example.shop.add_pet(body=models.Dog(kind="puppy", name="a", breed="b"))
