"""`ionapi validate`: everything that is wrong with a document, however long it takes."""

from __future__ import annotations

import click

from ionapi_codegen.cli import findings
from ionapi_codegen.cli.findings import counted
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.diagnostics import Diagnostics, Severity, Stopped


@click.command("validate")
@click.argument("specs", type=spec, metavar="SPEC...", nargs=-1, required=True)
@findings.options
def command(specs: tuple[str, ...], form: str, verbose: bool) -> None:
    """Say everything that is wrong with a document.

    SPEC is a file, a folder, or a URL. Checks the document against the OpenAPI specification to the end,
    which takes minutes for the largest (`pip install "ionapi-codegen[fast]"` makes it seconds), and whether
    every operation can be generated. Exits with 1 where there is an error or a warning.
    """
    from ionapi_codegen.pipeline import validate

    diagnostics = Diagnostics()
    documents = 0
    for one in specs:
        try:
            documents += validate(one, diagnostics)
        except Stopped:
            continue
    findings.show(diagnostics, form, verbose)
    errors, warnings = diagnostics.count(Severity.ERROR), diagnostics.count(Severity.WARNING)
    counts = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    click.echo(f"{counted(documents, 'document')} read; {counts}", err=form == "json")
    if errors or warnings:
        raise click.exceptions.Exit(1)
