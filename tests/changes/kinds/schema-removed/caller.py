"""Uses a model that no operation needs."""

from __future__ import annotations

from client import Client
from client.example import models


def call(client: Client) -> None:
    extra = models.Extra(id="1")
    str(extra.id)
