"""Passes a dog for a pet."""

from __future__ import annotations

from client import Client
from client.example import models


def feed(pet: models.Pet) -> None:
    str(pet.name)


def call(client: Client) -> None:
    feed(client.example.shop.get_dog())
