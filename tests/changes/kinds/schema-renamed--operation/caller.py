"""Names what is written out in an answer after the operationId."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    pet: models.ShopGetPetResponse = client.example.shop.get_pet()
    pet.note.upper()
