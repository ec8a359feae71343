"""`ionapi init`: the arguments of `ionapi generate`, written down once."""

from __future__ import annotations

from pathlib import Path

import click

from ionapi_codegen import config as configuration
from ionapi_codegen.cli import findings
from ionapi_codegen.cli.generate import package_name
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.config import Overrides
from ionapi_codegen.diagnostics import Diagnostics, Stopped


@click.command("init")
@click.argument("specs", type=spec, metavar="SPEC...", nargs=-1, required=True)
@click.option("--ionapi", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("-p", "--package", metavar="NAME", callback=package_name)
@click.option("--force", is_flag=True, help="Replace an ionapi.toml that is there.")
def command(
    specs: tuple[str, ...], ionapi: Path | None, output: Path | None, package: str | None, force: bool
) -> None:
    """Write ionapi.toml, so that `ionapi generate` needs no arguments.

    The arguments are those of `ionapi generate`. Without --package each document becomes a package of its
    own, named after its title.

    \b
    Example:
      ionapi init specs/CRS610MI.json --ionapi acme.ionapi
    """
    from ionapi_codegen.pipeline import named

    file = Path(configuration.FILE)
    diagnostics = Diagnostics()
    (given,) = configuration.merge(specs, Overrides(package, ionapi, output), None)
    try:
        packages = [given] if package else named(given, diagnostics)
    except Stopped:
        findings.show(diagnostics, "text", verbose=False)
        raise click.exceptions.Exit(1) from None
    text = "\n".join(map(configuration.to_toml, packages))
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} exists: edit it, or use --force to replace it") from None
    except OSError as failure:
        raise click.ClickException(
            f"{file} cannot be written: {failure.strerror}; run it where you may write"
        ) from None
    click.echo(f"{file} written; `ionapi generate` makes {', '.join(str(one.name) for one in packages)}")
