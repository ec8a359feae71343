"""The argument SPEC of every command that reads documents."""

from __future__ import annotations

from pathlib import Path

import click

from ionapi_codegen.config import is_url


def spec(text: str) -> str:
    """The type of the argument: a file or folder that exists, or a URL."""
    if not is_url(text) and not _is_there(text):
        raise click.BadParameter(f"{text[:200]!r} does not exist.")
    return text


def _is_there(path: str) -> bool:
    """Whether there is anything. What nobody may look at counts: reading it says what is wrong."""
    try:
        return bool(path) and Path(path).exists()
    except PermissionError:
        return True
    except OSError:
        return False
