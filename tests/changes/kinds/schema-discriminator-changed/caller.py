"""Reads what every pet has."""

from __future__ import annotations

from client import Client


def call(client: Client) -> None:
    pet = client.example.shop.get_pet()
    str(pet.name)
