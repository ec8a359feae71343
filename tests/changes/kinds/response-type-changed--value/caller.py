"""Takes what says that it is a puppy for a dog."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    pet = client.example.shop.get_pet()
    if isinstance(pet, models.Dog):
        pet.breed.upper()
    else:
        pet.lives.bit_length()
