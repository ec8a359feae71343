"""`ionapi update`: fetch, say what changed, and generate, in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_codegen.cli import findings, generate
from ionapi_codegen.cli.fetch import chosen, lines, package_names
from ionapi_codegen.diagnostics import Diagnostics, Stopped

if TYPE_CHECKING:
    from ionapi_codegen.fetching.bring import Brought

_OF_GENERATE_ALONE = {"specs", "package", "output", "dialect", "check", "dry_run"}


@click.command(
    "update",
    params=[one for one in generate.command.params if one.name not in _OF_GENERATE_ALONE],
)
@click.argument("package", required=False, shell_complete=package_names)
@click.pass_context
def command(ctx: click.Context, /, package: str | None, **options: object) -> None:
    """Fetch the documents of ionapi.toml, and generate the clients anew.

    As `ionapi fetch` and `ionapi generate` after it, for all packages or the named one, with the options of
    the latter, and what it says of changes. Where no client can be generated, or the changes are more than
    --fail-on allows, the documents are put back as they were: both are up to date afterwards, or neither has
    changed.
    """
    file, ionapi = options.get("config"), options.get("ionapi")
    names = [package] if package is not None else []
    diagnostics = Diagnostics()
    try:
        brought = _fetched(
            names,
            file if isinstance(file, Path) else None,
            ionapi if isinstance(ionapi, Path) else None,
            options.get("force") is True,
            diagnostics,
        )
    except Stopped:
        findings.show(diagnostics, "text", options.get("verbose") is True)
        raise click.exceptions.Exit(1) from None
    findings.show(diagnostics, "text", options.get("verbose") is True)
    for line in lines(brought):
        click.echo(line, err=options.get("form") == "json")
    _generate(ctx, {**options, "package": package}, brought)


def _fetched(
    names: Sequence[str], config: Path | None, ionapi: Path | None, force: bool, diagnostics: Diagnostics
) -> tuple[Brought, ...]:
    from ionapi_codegen.fetching.bring import bring
    from ionapi_codegen.fetching.wanted import wanted

    return bring(wanted(chosen(names, config, diagnostics), ionapi, diagnostics), force, diagnostics)


def _generate(ctx: click.Context, options: Mapping[str, object], brought: Sequence[Brought]) -> None:
    """Generates, and undoes the fetching where that fails for whatever reason."""
    from ionapi_codegen.fetching.bring import State, restore

    try:
        ctx.invoke(generate.command, **options)
    except BaseException:
        diagnostics = Diagnostics()
        with suppress(Stopped):
            restore(brought, diagnostics)
        findings.show(diagnostics, "text", verbose=False)
        changed = [str(one.wanted.file) for one in brought if one.state is not State.UNCHANGED]
        if changed and not diagnostics.sorted():
            click.echo(
                f"put back as before: {', '.join(changed)}; `ionapi fetch` brings what there is now", err=True
            )
        raise
