"""`ionapi dump-ir`: what a document was understood to mean."""

from __future__ import annotations

import click

from ionapi_codegen.cli import findings
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.diagnostics import Diagnostics, Severity, Stopped
from ionapi_codegen.dialects.registry import AUTO, CHOICES


@click.command("dump-ir")
@click.argument("spec", type=spec)
@click.option("--dialect", type=click.Choice(CHOICES), default=AUTO, show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Show every finding, however many are alike.")
def command(spec: str, dialect: str, verbose: bool) -> None:
    """Print what a document was understood to mean, as JSON.

    The model is the one that clients are written from: references resolved, allOf merged, Swagger 2.0 brought
    into the shape of OpenAPI 3. It is for finding out why a client looks as it does, and may change with any
    version.
    """
    from ionapi_codegen.ir.dump import dump
    from ionapi_codegen.pipeline import understand

    diagnostics = Diagnostics()
    try:
        apis = understand(spec, dialect, diagnostics)
    except Stopped:
        apis = ()
    findings.show(diagnostics, "text", verbose)
    for api in apis:
        click.echo(dump(api))
    if diagnostics.count(Severity.ERROR):
        raise click.exceptions.Exit(1)
