"""`ionapi generate`: the client for one or more documents."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_codegen import config as configuration
from ionapi_codegen import config_file, naming
from ionapi_codegen.cli import findings
from ionapi_codegen.cli.spec import spec
from ionapi_codegen.config import Overrides
from ionapi_codegen.diagnostics import Diagnostics, Stopped
from ionapi_codegen.dialects.registry import CHOICES

if TYPE_CHECKING:
    from ionapi_codegen.pipeline import Generated, Job, Progress


class _Silent:
    """Progress that nobody watches."""

    def plan(self, steps: int) -> None:
        """Not shown."""

    def step(self, what: str) -> None:
        """Not shown."""


def package_name(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The callback of `--package`: a name that cannot be imported is a usage error."""
    if value is not None and (objection := naming.objection(value)):
        raise click.BadParameter(f"{value!r} {objection}", ctx, parameter)
    return value


def suite_name(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The callback of `--suite`: what cannot stand between two slashes is a usage error."""
    if value is not None and not naming.is_segment(value):
        raise click.BadParameter(f"{value!r} is no part of an address, such as M3", ctx, parameter)
    return value


@click.command("generate")
@click.argument("specs", type=spec, metavar="[SPEC]...", nargs=-1)
@click.option(
    "--ionapi",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=False),
    metavar="FILE",
    help="An .ionapi file, for the addresses that the client has built in. Secrets are not copied.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the package's folder is made.  [default: output]",
)
@click.option(
    "-p",
    "--package",
    metavar="NAME",
    callback=package_name,
    help="The package's import name; all SPECs go into it.  [default: from each document's title]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=False),
    metavar="FILE",
    help="Instead of the ionapi.toml found from here upwards.",
)
@click.option(
    "--dialect",
    type=click.Choice(CHOICES),
    help="Which product's habits to assume; auto recognises them.  [default: auto]",
)
@click.option(
    "--suite",
    metavar="NAME",
    callback=suite_name,
    help="Where behind the tenant the APIs are, such as M3.  [default: what each document says]",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where the files are not up to date.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option(
    "--force", is_flag=True, help="Overwrite generated files that were edited, and files in the way."
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "any"]),
    help="Write nothing, and exit 1, where the API has changed since the package was last generated so that "
    "its callers break, or at all.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(("auto", "always")),
    default="auto",
    show_default=True,
    help="Whether black prints what our templates have laid out already, or only what yours have.",
)
@findings.options
def command(
    specs: tuple[str, ...],
    ionapi: Path | None,
    output: Path | None,
    package: str | None,
    config: Path | None,
    dialect: str | None,
    suite: str | None,
    check: bool,
    dry_run: bool,
    force: bool,
    strict: bool,
    fail_on: str | None,
    formats: str,
    form: str,
    verbose: bool,
) -> None:
    """Write the Python client for one or more documents.

    SPEC is a file, a folder (every document in it), or a URL: of a document or of a page that shows one, such
    as Swagger UI. Each becomes a package of its own, unless --package names one for all of them. Without SPEC
    the packages of ionapi.toml are made.

    Either all files are written or none. Files that would stay the same are not touched, files that are no
    longer generated are deleted, and files that were edited by hand are refused unless --force is given.

    What has changed for callers since the package was last generated is said, and written into the package's
    CHANGELOG.md; whatever else is in that file stays.

    \b
    Examples:
      ionapi generate specs/CRS610MI.json --ionapi acme.ionapi
      ionapi generate specs/m3 --package m3
      ionapi generate https://api.example.com/openapi.json --output clients
      ionapi generate --check
      ionapi generate --fail-on breaking
    """
    if check and dry_run:
        raise click.UsageError("--check and --dry-run exclude each other")
    from ionapi_codegen.cli import summary
    from ionapi_codegen.pipeline import Job, Mode
    from ionapi_codegen.regeneration import FailOn, is_too_much

    began = time.perf_counter()
    mode = Mode.CHECK if check else Mode.DRY_RUN if dry_run else Mode.WRITE
    limit = FailOn(fail_on) if fail_on is not None else None
    diagnostics = Diagnostics()
    given = Overrides(package, ionapi, output, dialect, suite)
    try:
        found = _config(specs, package, config, diagnostics)
        packages = configuration.merge(specs, given, found)
        if not packages:
            raise click.UsageError(_nothing_named(package, found))
        made = _generate(Job(packages, mode, force, strict, formats == "always", limit), diagnostics)
    except Stopped:
        findings.show(diagnostics, form, verbose)
        raise click.exceptions.Exit(1) from None
    findings.show(diagnostics, form, verbose)
    too_much = any(is_too_much(one.changes, limit) for one in made)
    shown = Mode.DRY_RUN if too_much and mode is Mode.WRITE else mode
    for line in summary.lines(made, shown, time.perf_counter() - began):
        # Standard output belongs to the findings where they are for a program.
        click.echo(line, err=form == "json")
    if too_much:
        raise click.ClickException(f"the API has changed (--fail-on {fail_on}); nothing was written")
    if mode is Mode.CHECK and any(one.outcome.changes for one in made):
        raise click.exceptions.Exit(1)


def _config(
    specs: Sequence[str], package: str | None, file: Path | None, diagnostics: Diagnostics
) -> configuration.Config | None:
    """The configuration, where the command line leaves anything to it."""
    if file is None and (not specs or package):
        file = configuration.locate(Path.cwd())
    return config_file.read(file, diagnostics) if file else None


def _nothing_named(package: str | None, config: configuration.Config | None) -> str:
    if config is None:
        return "no SPEC was given, and there is no ionapi.toml here or above (see `ionapi init`)"
    return f"{config.file.name} names no package {package!r}, and no SPEC was given"


def _generate(job: Job, diagnostics: Diagnostics) -> tuple[Generated, ...]:
    from ionapi_codegen.pipeline import generate
    from ionapi_codegen.targets import registry

    with _progress() as progress:
        return generate(job, registry.find("python"), diagnostics, progress)


def _progress() -> AbstractContextManager[Progress]:
    if not sys.stderr.isatty():
        return nullcontext(_Silent())
    from ionapi_codegen.cli.progress import Bar

    return Bar()
