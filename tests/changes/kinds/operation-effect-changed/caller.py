"""Calls the transaction that left data alone."""

from __future__ import annotations

from client import Client

BASE_URL = "https://mingle-ionapi.inforcloudsuite.com/ACME_TST"


def call(client: Client) -> None:
    result = client.example.shop.credit_limit(cuno="Y10001")
    result.transaction.upper()
