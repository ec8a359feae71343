"""Names the record of a transaction that is another one now."""

from __future__ import annotations

from client import Client
from client.example import models

BASE_URL = "https://mingle-ionapi.inforcloudsuite.com/ACME_TST"


def call(client: Client) -> None:
    record: models.GetCreditLimit = client.example.shop.credit_limit().record
    record.crlm.upper()
