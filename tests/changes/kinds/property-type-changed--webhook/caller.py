"""Reads what the server sends of its own accord."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    models.OnOrderBody(note="a").note.upper()
