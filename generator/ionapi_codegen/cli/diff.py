"""`ionapi diff`: what a change of an API means for the code that calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ionapi_codegen.cli import findings
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.collector import resting
from ionapi_codegen.diagnostics import Diagnostics, Severity, Stopped
from ionapi_codegen.dialects.registry import AUTO, CHOICES

if TYPE_CHECKING:
    from ionapi_codegen.changes.model import Change, Described

_FORMATS = ("text", "json", "markdown", "html")


@click.command("diff")
@click.argument("old", type=spec)
@click.argument("new", type=spec)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How the changes are told; html is one page for a browser.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "any"]),
    help="Exit 1 where there is a breaking change, or any.  [default: exit 0 whatever has changed]",
)
@click.option("--dialect", type=click.Choice(CHOICES), default=AUTO, show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Show every finding, however many are alike.")
def command(old: str, new: str, form: str, fail_on: str | None, dialect: str, verbose: bool) -> None:
    """Say what changed between two descriptions of an API, and what that means for its callers.

    OLD and NEW are a file, a folder of documents, a URL, or a generated package, which knows what it was made
    from. Changes are told in the words of the generated client, the heaviest first: breaking (source: code
    written for the old client no longer type-checks against the new one; wire: the client in use fails
    against a server of the new document), compatible, documentation.

    \b
    Examples:
      ionapi diff output/orders specs/orders.yaml
      ionapi diff v1.yaml v2.yaml --fail-on breaking
      ionapi diff output/m3 specs/m3 --format html > changes.html
    """
    from ionapi_codegen.changes import places, sides
    from ionapi_codegen.changes.compare import compare

    diagnostics = Diagnostics()
    try:
        with resting():
            before, after = sides.both(old, new, dialect, diagnostics)
            found = compare(before.described, after.described)
    except Stopped:
        findings.show(diagnostics, "text", verbose)
        raise click.exceptions.Exit(1) from None
    findings.show(diagnostics, "text", verbose)
    if diagnostics.count(Severity.ERROR):
        raise click.exceptions.Exit(1)
    found = places.with_lines(found, {**before.contents, **after.contents})
    click.echo(_told(found, form, before.described, after.described), nl=False)
    if _fails(found, fail_on):
        raise click.exceptions.Exit(1)


def _told(changes: Sequence[Change], form: str, old: Described, new: Described) -> str:
    from ionapi_codegen.changes import markdown, text
    from ionapi_codegen.changes.json_form import as_json

    match form:
        case "json":
            return as_json(changes)
        case "markdown":
            return markdown.render(changes)
        case "html":
            from ionapi_codegen.report_page import render

            return render(old, new, changes)
        case _:
            return text.render(changes)


def _fails(changes: Sequence[Change], fail_on: str | None) -> bool:
    from ionapi_codegen.changes.model import Level

    if fail_on == "any":
        return bool(changes)
    return fail_on == "breaking" and any(change.level is Level.BREAKING for change in changes)
