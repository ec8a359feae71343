"""Deals with every error."""

from __future__ import annotations

from client import Client, StatusError


def call(client: Client) -> None:
    missing = client.with_options(headers={"X-Answer": "404"})
    try:
        missing.example.shop.get_order()
    except StatusError as failure:
        str(failure.status)
