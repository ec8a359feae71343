"""Looks at the model of an error, if there is one."""

from __future__ import annotations

from client import Client, StatusError
from client.example import models


def call(client: Client) -> None:
    missing = client.with_options(headers={"X-Answer": "404"})
    try:
        missing.example.shop.get_order()
    except StatusError as failure:
        if isinstance(failure.error, models.Problem):
            failure.error.title.upper()
