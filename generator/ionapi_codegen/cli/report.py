"""`ionapi report`: one page that shows what an API holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ionapi_codegen.cli import findings
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.diagnostics import Diagnostics, Severity, Stopped
from ionapi_codegen.dialects.registry import AUTO, CHOICES


@click.command("report")
@click.argument("of", type=spec, metavar="SPEC")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the page goes; a file that is there is replaced.  [default: standard output]",
)
@click.option("--dialect", type=click.Choice(CHOICES), default=AUTO, show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Show every finding, however many are alike.")
def command(of: str, output: Path | None, dialect: str, verbose: bool) -> None:
    """Show what an API holds, on one page for a browser.

    SPEC is a file, a folder of documents, a URL, or a generated package. The page has the operations in their
    groups, reads and writes, the models, and pictures of how they hang together. It loads nothing, so that it
    can be mailed or kept. `ionapi diff OLD NEW --format html` shows what has changed as well.

    \b
    Example:
      ionapi report specs/orders.yaml --output orders.html
    """
    if output is None and sys.stdout.isatty():
        raise click.UsageError("the page is for a browser: name a file with --output")
    from ionapi_codegen.changes import sides
    from ionapi_codegen.report_page import report

    diagnostics = Diagnostics()
    try:
        found = sides.side(of, dialect, diagnostics)
    except Stopped:
        findings.show(diagnostics, "text", verbose)
        raise click.exceptions.Exit(1) from None
    findings.show(diagnostics, "text", verbose)
    if diagnostics.count(Severity.ERROR):
        raise click.exceptions.Exit(1)
    page = report(found.described)
    if output is None:
        click.echo(page, nl=False)
        return
    try:
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as failure:
        reason = (failure.strerror or type(failure).__name__).lower()
        raise click.ClickException(f"{output} cannot be written: {reason}; name another file") from None
    click.echo(f"{output} written; open it in a browser")
