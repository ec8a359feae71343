"""How every command shows what was found."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import click

from ionapi_codegen import report
from ionapi_codegen.diagnostics import Diagnostics

_Command = TypeVar("_Command", bound=Callable[..., object])


def options(command: _Command) -> _Command:
    """`--diagnostics` and `-v`, which the commands that read documents have."""
    form = click.option(
        "--diagnostics",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Findings as text on standard error, or as one JSON array on standard output.",
    )
    verbose = click.option(
        "-v", "--verbose", is_flag=True, help="Show every finding, however many are alike."
    )
    return form(verbose(command))


def show(diagnostics: Diagnostics, form: str, verbose: bool) -> None:
    """Prints everything that was found, once."""
    found = diagnostics.sorted()
    if form == "json":
        click.echo(report.as_json(found))
    elif found:
        # None lets click decide: colours on a terminal only (https://no-color.org otherwise).
        click.echo(
            report.as_text(found, verbose), err=True, color=False if os.environ.get("NO_COLOR") else None
        )


def counted(number: int, noun: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
