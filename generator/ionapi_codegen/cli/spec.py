"""The argument SPEC of every command that reads documents."""

from __future__ import annotations

from pathlib import Path

import click

from ionapi_codegen.config import is_url


def spec(text: str) -> str:
    """The type of the argument: a file or folder that exists, or a URL."""
    if not is_url(text) and not Path(text).exists():
        raise click.BadParameter(f"{text!r} does not exist.")
    return text
