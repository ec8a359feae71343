"""What an API and its parts are called in sentences of our own."""

from __future__ import annotations

import re

from ionapi_codegen.ir.api import Api
from ionapi_codegen.targets.python.text import comment

_UNUSUAL = re.compile(r"[^\w .,&()'/+-]+")


def title(api: Api, otherwise: str) -> str:
    """The document's title in one line; of `CRS610MI - Customer interface` the part before the dash.

    Only letters, digits and usual punctuation are kept: it stands on the second line of modules, where Python
    looks for the encoding.
    """
    plain = _UNUSUAL.sub(" ", comment(api.title).partition(" - ")[0])
    return " ".join(plain.split()) or otherwise


def called(api: Api, otherwise: str) -> str:
    """`the Orders API`."""
    name = title(api, otherwise)
    return f"the {name}" if name.lower().endswith("api") else f"the {name} API"
