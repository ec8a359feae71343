"""Takes what is of no known kind for a pet."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    pet = client.example.shop.get_pet()
    pet.name.upper()
